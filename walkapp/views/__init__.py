"""The doors of the service. A view asks, hands on and answers; it holds no SQL and no rules."""

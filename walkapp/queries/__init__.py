"""SQL for pages. Each function takes an open session and a space, and returns plain values."""

"""Journeys in real browsers against a real server, with a link between them that can be cut."""

"""The engine: merges what devices did, and tells each what it lacks. See README.md."""

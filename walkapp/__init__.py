"""walkapp: learning-walk observations that work all day on a tablet with no network."""

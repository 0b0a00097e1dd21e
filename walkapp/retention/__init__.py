"""How long things are kept: the rule, what is held, what is announced, what is deleted."""

"""Values and rules: standard library and numpy only, no I/O, no Qt, no torch."""

"""What the user is doing, on QtCore alone."""

"""Which food is it: compare a mask's embedding with what the user has confirmed."""

"""Sites (divided) and black mass at given plants: least cost and dual prices."""

"""The plan as data, and what follows from its tables alone."""

"""What is asked of the engine: the arrays, and what follows from them alone."""

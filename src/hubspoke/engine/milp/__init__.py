"""The full strong mixed-integer model, handed to a solver."""

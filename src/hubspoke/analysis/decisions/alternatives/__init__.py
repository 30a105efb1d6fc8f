"""Other networks that cost nearly as little as a plan."""

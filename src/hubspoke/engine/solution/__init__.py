"""What the engine answers: exact cost, flows, and the other choices."""

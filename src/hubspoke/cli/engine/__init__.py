"""Commands on the engine alone."""

"""Public instances and invented networks, solved by the engine alone."""

"""Every cost term by name, as arrays: the one place where money is computed."""

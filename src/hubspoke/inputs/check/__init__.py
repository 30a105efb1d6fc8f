"""Rules that a table cannot check alone, since they hold between tables."""

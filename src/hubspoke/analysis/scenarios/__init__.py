"""What scenarios change."""

"""Read settings: scenarios by name, and faults in words."""

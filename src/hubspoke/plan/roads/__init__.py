"""What a plan moves over the road graph."""

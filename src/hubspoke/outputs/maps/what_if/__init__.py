"""What a map needs to plan again by itself: sums, prices, the command that does the same, and words."""

"""What the loss of a plant does to a plan, and plans that survive it."""

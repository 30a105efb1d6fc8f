"""Make a planner's folder of a list that the planner has: read it, complete it, and say line by line what was done."""

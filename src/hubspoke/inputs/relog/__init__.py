"""Read a case of RELOG, another program for reverse logistics, and make a planner's folder of it."""

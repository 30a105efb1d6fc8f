"""From a planner's folder to a checked `Network`, with every finding at once."""

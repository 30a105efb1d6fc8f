"""The recount of a plan, without the engine and without what made the plan."""

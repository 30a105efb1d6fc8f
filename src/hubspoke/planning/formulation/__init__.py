"""From names to arrays: a planning task as the numeric problem that the engine solves."""

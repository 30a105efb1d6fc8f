"""A smaller problem with the same optimum, and parts that share nothing."""

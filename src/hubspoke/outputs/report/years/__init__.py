"""The report of a plan over several years."""

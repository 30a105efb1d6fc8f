"""Scenarios beside each other: each alone, their mean, all at given plants, and what none may cost more than."""

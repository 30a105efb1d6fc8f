"""Reasons: why this hub, why this site goes there, what the runner-up costs, what closing it costs."""

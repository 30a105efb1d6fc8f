"""From `Network` to plan: the two places where names meet arrays."""

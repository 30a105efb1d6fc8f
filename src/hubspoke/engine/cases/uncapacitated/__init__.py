"""Branch and bound of its own where sites are only ever added, take all they are sent, and are opened once."""

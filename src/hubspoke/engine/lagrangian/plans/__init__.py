"""Plans for the tree to begin with: likely choices of hubs, dives, and hubs exchanged."""

"""Who pays whom: contracts, income statements, and metals against the cost of recycling."""

"""What knows nothing of plants, plans or yen: errors, states, stops, files written whole, JSON, spelling, arrays."""

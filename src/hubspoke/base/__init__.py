"""What knows nothing of plants, plans or yen: errors, states, stops, whole files, JSON, spelling, geodesy, arrays."""

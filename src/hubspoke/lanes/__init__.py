"""Distance, time, freight and CO2 of every pair of places."""

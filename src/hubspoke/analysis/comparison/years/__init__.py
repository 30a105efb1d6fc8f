"""Plans over several years side by side: over the horizon, year by year, and plant by plant."""

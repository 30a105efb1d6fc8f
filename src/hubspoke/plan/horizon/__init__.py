"""What follows from the tables of a plan over several years: steps, cash, a summary."""

"""What less of another measure costs: plans of which none is better in one without being worse in the other."""

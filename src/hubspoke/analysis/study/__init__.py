"""Several analyses of one network, and what a board can decide by them."""

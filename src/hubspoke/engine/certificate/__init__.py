"""A bound recomputed from dual prices, without the search that found them."""

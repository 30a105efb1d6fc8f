"""Plants that are decided before it is known which scenario comes."""

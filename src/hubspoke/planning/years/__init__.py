"""Plan several years together: when plants open, grow, stand idle and close."""

"""What companies or regions gain by working together, and how that divides among them."""

"""Plans side by side: what moved, what opened or closed, what it costs."""

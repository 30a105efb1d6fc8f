"""What the panel of a map states: figures, what is decided, plans side by side and what differs."""

"""The way in: what is made least, as arrays."""

"""Write run folders whole or not at all, read them again, and renew what is in them."""

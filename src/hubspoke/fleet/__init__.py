"""How many tonnes of packs come back: from cars sold to national tonnes, and what that changes at the sites."""

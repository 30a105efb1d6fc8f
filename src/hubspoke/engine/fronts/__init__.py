"""Plans that are best against two measures at once."""

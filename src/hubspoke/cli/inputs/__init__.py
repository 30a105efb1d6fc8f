"""Commands on what is planned: folders, distances, tonnes, scenarios."""

"""Why there is no plan: region or plant, tonnes, cure."""

"""Questions put to plans: how they differ, and why they are as they are."""

"""Reasons why no plan exists: the region or plant, the tonnes, and a cure."""

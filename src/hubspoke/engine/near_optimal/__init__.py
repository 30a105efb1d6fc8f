"""Choices of plants that cost nearly as little as the best one."""

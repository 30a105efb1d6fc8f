"""Whole sites out of divided ones."""

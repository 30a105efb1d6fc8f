"""Sentences made of the figures of a study, by rules."""

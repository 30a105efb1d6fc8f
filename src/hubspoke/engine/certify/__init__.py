"""Grow a tree that proves a plan, for `certificate/tree.py` to check."""

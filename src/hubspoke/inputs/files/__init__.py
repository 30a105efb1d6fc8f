"""Bytes of files: which file holds which table, and its rows as text."""

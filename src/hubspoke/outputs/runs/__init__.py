"""Run folders: written whole or not at all, read again, renewed."""

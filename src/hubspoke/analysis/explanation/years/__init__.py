"""Reasons for a plan over several years: when plants open, what acting otherwise costs, where sites deliver."""

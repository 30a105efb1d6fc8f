"""Which columns of a plan hold text."""

from __future__ import annotations

from hubspoke.plan.columns import COLUMNS

TEXTS = frozenset(column.name for columns in COLUMNS.values() for column in columns if column.kind == "text")
"""Names of the columns of text in the tables of a plan; in no table does one of them hold numbers."""

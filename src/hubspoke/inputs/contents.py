"""Fingerprints of what tables hold, whatever file or program they came from."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.settings.settings import Settings

GEOMETRY = "geometry"


def fingerprint_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the fingerprint of every table.

    Parameters
    ----------
    tables : mapping of str to DataFrame

    Returns
    -------
    dict of str to str
        SHA-256 by name of the table, see `fingerprint_table`.
    """
    return {name: fingerprint_table(table) for name, table in tables.items()}


def fingerprint_table(table: pd.DataFrame) -> str:
    """Return the SHA-256 of what a table holds: names of columns, numbers to the last bit, texts, shapes.

    Tables that a plan could tell apart have different fingerprints; the type of a column of numbers, and the index,
    make no difference.

    Parameters
    ----------
    table : DataFrame
        Columns of numbers or texts, and one of shapes if it is named `geometry`.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    digest = hashlib.sha256(json.dumps([list(map(str, table.columns)), len(table)]).encode())
    for name in table.columns:
        digest.update(_as_bytes(str(name), table[name]))
    return digest.hexdigest()


def fingerprint_settings(settings: Settings) -> str:
    """Return the SHA-256 of settings: every value, unit, source and range.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return hashlib.sha256(settings.model_dump_json().encode()).hexdigest()


def describe_own(table: str) -> str:
    """Return the name, among those of files, of a table that is not that of a file.

    Parameters
    ----------
    table : str
        Name of the table in a network.

    Returns
    -------
    str
    """
    return f"{table} (data frame)"


def _as_bytes(name: str, column: Any) -> bytes:
    if name == GEOMETRY:
        import shapely  # noqa: PLC0415 - heavy

        return b"".join(shapely.to_wkb(column.to_numpy()))
    if column.dtype.kind in "biuf":
        numbers = column.to_numpy(np.float64, copy=True)
        numbers[np.isnan(numbers)] = np.nan  # of the many bit patterns of NaN, one
        return bytes(numbers.tobytes())
    return json.dumps([str(value) for value in column.tolist()]).encode()

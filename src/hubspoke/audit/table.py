"""Tables as plain arrays: nearly all are so short that finding a column by pandas costs more than reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of a table, all of one length.

    Attributes
    ----------
    columns : mapping of str to array, shape (rows,)
        In the order of the table; texts are objects.
    """

    columns: Mapping[str, NDArray[Any]]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Table:
        """Return what a data frame holds."""
        return cls({str(name): column.to_numpy() for name, column in frame.items()})

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.key)

    def __contains__(self, name: object) -> bool:
        """Return whether there is a column of a name."""
        return name in self.columns

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column."""
        return self.columns[name]

    @property
    def key(self) -> NDArray[Any]:
        """The first column, by which rows are named."""
        return next(iter(self.columns.values()))

    def floats(self, name: str) -> NDArray[np.float64]:
        """Return a column of numbers."""
        return np.asarray(self.columns[name], np.float64)

    def take(self, rows: NDArray[Any]) -> Table:
        """Return the rows at some positions, or those for which an array of bool holds."""
        return Table({name: values[rows] for name, values in self.columns.items()})

    def records(self) -> list[dict[str, Any]]:
        """Return every row by column, as plain Python values."""
        rows = zip(*(values.tolist() for values in self.columns.values()), strict=True)
        return [dict(zip(self.columns, row, strict=True)) for row in rows]


def rows_where(table: Table, wrong: NDArray[np.bool_]) -> Iterable[dict[str, Any]]:
    """Return the rows where something is wrong; mostly there are none, and then this is cheap."""
    return table.take(wrong).records() if wrong.any() else ()


def is_among(values: NDArray[Any], known: Iterable[object]) -> NDArray[np.bool_]:
    """Return whether each value is one of those known."""
    names = set(known)
    return np.array([value in names for value in values.tolist()], bool)


def look_up(values: NDArray[Any], known: Mapping[Any, Any], missing: Any = np.nan) -> NDArray[Any]:
    """Return what is known of each value, as objects; for one that is not, what stands for it."""
    found = np.empty(len(values), object)
    found[:] = [known.get(value, missing) for value in values.tolist()]
    return found


def is_repeated(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Return whether each row holds in some columns what a row before it holds."""
    return np.array(list(_find_repeated(zip(*(column.tolist() for column in columns), strict=True))), bool)


def _find_repeated(rows: Iterable[tuple[Any, ...]]) -> Iterator[bool]:
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        yield row in seen
        seen.add(row)

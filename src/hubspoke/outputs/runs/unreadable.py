"""Say in words why files of a run folder cannot be read: missing, empty, a folder in its place, without the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import UsageError
from hubspoke.outputs.exports.csv_table import read_csv_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class BrokenRunError(UsageError):
    """Files of a run folder cannot be read; `broken` has a sentence for each of them."""

    def __init__(self, folder: str, broken: Iterable[str]) -> None:
        self.folder = folder
        self.broken: tuple[str, ...] = tuple(broken)
        super().__init__("\n".join(f"{folder}/{words}; solve again" for words in self.broken))

    def __reduce__(self) -> tuple[type[BrokenRunError], tuple[str, tuple[str, ...]]]:
        """Let the error pass between processes: it is made again of what it says."""
        return type(self), (self.folder, self.broken)


def read_tables(home: Path, tables: Iterable[str], folder: str) -> dict[str, Any]:
    """Read the tables of a run folder.

    Parameters
    ----------
    home : Path
        The run folder.
    tables : iterable of str
        Names of the tables.
    folder : str
        What messages call the run folder.

    Returns
    -------
    dict of str to DataFrame

    Raises
    ------
    BrokenRunError
        Some of them cannot be read; it names all of these.
    """
    read: dict[str, Any] = {}
    broken = []
    for table in tables:
        file = home / f"{table}.csv"
        try:
            read[table] = read_csv_table(file, table)
        except (OSError, ValueError) as error:
            broken.append(tell_unreadable(file, error))
    if broken:
        raise BrokenRunError(folder, broken)
    return read


def read_text(file: Path, folder: str) -> str:
    """Read a text of a run folder.

    Parameters
    ----------
    file : Path
    folder : str
        What messages call the run folder.

    Raises
    ------
    BrokenRunError
        It cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BrokenRunError(folder, [tell_unreadable(file, error)]) from error


def tell_unreadable(file: Path, error: Exception) -> str:  # noqa: PLR0911 - one for each
    """Return why a file cannot be read, with its name and without the words of the system.

    Parameters
    ----------
    file : Path
    error : Exception
        What was raised when it was read.
    """
    if file.is_dir():
        return f"{file.name} is a folder, where a file belongs"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{file.name} is missing"
    if isinstance(error, PermissionError):
        return f"{file.name} must not be read: the rights of the file forbid it"
    if isinstance(error, OSError):
        return f"{file.name} cannot be read ({error.strerror})"
    if not file.stat().st_size:
        return f"{file.name} is empty"
    if isinstance(error, UnicodeDecodeError):
        return f"{file.name} is no text in UTF-8"
    return f"{file.name} cannot be read ({str(error).removeprefix(f'{file.name}, ')})"

"""Keep every other program that fills a folder file by file out of it, as long as one is at work there."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"


@contextmanager
def alone_in(folder: Path, *, kind: str) -> Iterator[None]:
    """Keep others of the same kind out of a folder as long as the context lasts, however this program ends.

    Parameters
    ----------
    folder : Path
        That is there.
    kind : str
        What works in it, as messages call it.

    Raises
    ------
    UsageError
        Another one is at work there.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            told = f"another {kind} is at work in {folder}; wait for it, or name another folder with -o"
            raise UsageError(told) from error
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(handle)

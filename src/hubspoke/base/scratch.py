"""Folders in which something is made before it takes its place, and what a program that was killed left of them.

A scratch folder lies beside its target. As long as the program lives that made it, it holds a lock on the folder, which
the system takes away when the program ends, however it ends. So whoever comes later can tell a folder that is still
being filled from one that nobody will ever finish. Where a system has no such locks, folders of others are left alone.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = ".hubspoke-"
"""Part of the name of every scratch folder."""
OLD = "-old"
"""End of the name of what stood at the target, while the new folder takes its place in two steps."""
SCRATCH = re.compile(rf"\..+{re.escape(MARK)}[a-z0-9_]{{8}}({OLD})?")
"""Names of scratch folders, whatever their target."""


@contextmanager
def scratch_folder(target: Path) -> Iterator[Path]:
    """Yield a new folder beside the target; it is gone in the end, with whatever is then at its place.

    Parameters
    ----------
    target : Path
        What is going to be written. Its scratch folders of programs that were killed are swept away first, and it is
        put back if one of them was killed while replacing it.

    Yields
    ------
    Path
        Hidden, on the same file system as the target.
    """
    lock: int | None = None
    made: Path | None = None
    try:
        with locked(target.parent):
            sweep(target)
            made = Path(tempfile.mkdtemp(prefix=f".{target.name}{MARK}", dir=target.parent))
            lock = _take(made)
        made.chmod(0o755)
        yield made
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        if lock is not None:
            os.close(lock)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep every other program that asks for the same waiting, as long as the context lasts.

    Parameters
    ----------
    folder : Path
        The folder in which names change.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def sweep(target: Path) -> bool:
    """Remove what killed programs left beside a target, and put it back where one was killed while replacing it.

    Parameters
    ----------
    target : Path
        Its folder is locked by the caller.

    Returns
    -------
    bool
        Whether the target was put back.
    """
    own = re.compile(rf"\.{re.escape(target.name)}{re.escape(MARK)}[a-z0-9_]{{8}}({OLD})?")
    left = sorted(path for path in target.parent.iterdir() if own.fullmatch(path.name))
    put_back = False
    for path in reversed([path for path in left if path.name.endswith(OLD)]):
        if target.exists():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.rename(target)
            put_back = True
    for path in left:
        if not path.name.endswith(OLD) and (lock := _take(path)) is not None:
            shutil.rmtree(path, ignore_errors=True)
            os.close(lock)
    return put_back


def is_scratch(path: Path) -> bool:
    """Return whether a path is a scratch folder, of whatever target.

    Parameters
    ----------
    path : Path
    """
    return SCRATCH.fullmatch(path.name) is not None


def _take(folder: Path) -> int | None:
    """Return the handle of a folder locked for this program; None where another one lives that holds it."""
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle

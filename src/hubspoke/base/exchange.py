"""Let two files or folders change places in a single step, where the system can."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

AT_FDCWD = -100
"""Linux: paths that are not absolute count from the working directory."""
RENAME_EXCHANGE = 2
"""Linux: the flag of `renameat2` by which two names change places."""


def exchange(one: Path, other: Path) -> bool:
    """Let two paths on one file system change places: at no time is there nothing at either of them.

    Parameters
    ----------
    one, other : Path
        Both are there.

    Returns
    -------
    bool
        False where the system or the file system has no such step; then both are where they were.
    """
    rename = _find_rename()
    if rename is None:
        return False
    done = rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return bool(done == 0)


@cache
def _find_rename() -> Any:
    """Return `renameat2` of the C library; None on other systems than Linux and with old libraries."""
    if sys.platform != "linux":
        return None
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
    rename.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    return rename

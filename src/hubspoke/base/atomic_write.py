"""Folders written whole or not at all: filled beside their place, then put there in a single step."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@contextmanager
def replaced_folder(target: Path, *, own: Collection[str] = ()) -> Iterator[Path]:
    """Give a folder beside the target to fill; it takes the target's place when all went well.

    Parameters
    ----------
    target : Path
        A new folder, or one that may be replaced; the caller has made sure of that.
    own : names
        What may be lost of a folder that is there; everything else in it is kept.

    Raises
    ------
    UsageError
        A file cannot be written; the target is as it was.
    """
    made: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        made.chmod(0o755)
        yield made
        _swap(made, target, own)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def cannot_write(target: Path, error: OSError) -> UsageError:
    """Say that a file or folder cannot be written, why, and what to do."""
    reason = error.strerror or str(error)
    cure = "close its files in other programs, free space, or name another folder"
    return UsageError(f"cannot write {target}: {reason}; {cure}")


def _swap(made: Path, target: Path, own: Collection[str]) -> None:
    if not target.exists():
        made.rename(target)
        return
    for path in target.iterdir():
        if path.name not in own:
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, made / path.name)
    old = made.with_name(f"{made.name}-old")
    target.rename(old)
    try:
        made.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)

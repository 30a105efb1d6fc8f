"""Files and folders written whole or not at all: made beside their place, then put there in a single step."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.base.exchange import exchange
from hubspoke.base.scratch import OLD, is_scratch, locked, scratch_folder, sweep
from hubspoke.base.warn import warn_user

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

CURE = "close its files in other programs, free space, or name another folder"
"""What helps where a file or folder cannot be written."""


def check_replaceable(folder: str | Path, *, mark: str, kind: str, example: str) -> Path:
    """Return the absolute path of a folder that may be written, or replaced if it is there.

    Parameters
    ----------
    folder : str or Path
        The folder as the user named it.
    mark : str
        Name of the file by which a folder of this kind is known; one without it is not replaced.
    kind : str
        What such a folder is called in messages, such as "run folder".
    example : str
        A name for one, such as "plan".

    Returns
    -------
    Path
        Absolute, with symbolic links followed.

    Raises
    ------
    UsageError
        It is a file, the working directory or one above it, holds something else, or cannot be written.
    """
    target = Path(folder).absolute().resolve()
    put_back(target)
    try:
        if target.exists() and not target.is_dir():
            raise UsageError(f"{folder} is a file; name a folder with -o")
        if target in (Path.cwd(), *Path.cwd().parents):
            raise UsageError(f"{folder} is the folder you work in; name a folder inside it, such as -o {example}")
        if target.is_dir() and any(target.iterdir()) and not (target / mark).is_file():
            raise UsageError(f"{folder} holds other files and is no {kind} of hubspoke; name another with -o")
        above = next(parent for parent in target.parents if parent.exists())
        if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
            raise UsageError(f"{above} may not be written to; name another folder with -o")
    except OSError as error:
        raise cannot_write(target, error) from error
    return target


def mark_folder(folder: str | Path, *, mark: str, inner: str, kind: str) -> Path:
    """Make a folder that a long computation fills file by file, or find that of an earlier one, and return its path.

    Parameters
    ----------
    folder : str or Path
        New, empty, or one with the mark.
    mark : str
        Name of the file by which it is known; made empty, so that whoever is killed now finds the folder to be ours.
    inner : str
        Folder inside it for what is computed.
    kind : str
        What such a folder is called in messages.

    Returns
    -------
    Path
        Absolute, with symbolic links followed.

    Raises
    ------
    UsageError
        As `check_replaceable`.
    """
    home = check_replaceable(folder, mark=mark, kind=kind, example=kind)
    try:
        (home / inner).mkdir(parents=True, exist_ok=True)
        if not (home / mark).exists():
            (home / mark).touch()
    except OSError as error:
        raise cannot_write(home, error) from error
    return home


@contextmanager
def replaced_file(target: Path, *, cure: str = CURE) -> Iterator[Path]:
    """Yield the path of a file beside the target to write; it takes the target's place when all went well.

    Parameters
    ----------
    target : Path
        A new file, or one that may be replaced.
    cure : str
        What the user can do where it cannot be written.

    Yields
    ------
    Path
        A file in a hidden folder beside the target.

    Raises
    ------
    UsageError
        The file cannot be written; the target is as it was.
    """
    try:
        with scratch_folder(target) as made:
            part = made / target.name
            yield part
            part.replace(target)
    except OSError as error:
        raise cannot_write(target, error, cure=cure) from error


@contextmanager
def replaced_folder(target: Path, *, own: Collection[str] = ()) -> Iterator[Path]:
    """Yield an empty folder beside the target to fill; it takes the target's place when all went well.

    Parameters
    ----------
    target : Path
        A new folder, or one that may be replaced; the caller has made sure of that.
    own : collection of str
        Names of what may be lost of a folder that is there; everything else in it is kept.

    Yields
    ------
    Path
        A hidden folder beside the target.

    Raises
    ------
    UsageError
        A file cannot be written; the target is as it was.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(target) as made:
            yield made
            with locked(target.parent):
                _swap(made, target, own)
    except OSError as error:
        raise cannot_write(target, error) from error


def put_back(target: Path) -> None:
    """Put a folder back that a program was replacing when it was killed, and tell it by a warning.

    Parameters
    ----------
    target : Path
        Left as it is where it is there.
    """
    if os.path.lexists(target) or not target.parent.is_dir():
        return
    try:
        with locked(target.parent):
            found = sweep(target)
    except OSError:
        return
    if found:
        warn_user(f"{target} was being replaced when a program was killed: what stood there before was put back")


def cannot_write(target: Path, error: OSError, *, cure: str = CURE) -> UsageError:
    """Return the error for a file or folder that cannot be written: why, and what to do.

    Parameters
    ----------
    target : Path
        The file or folder.
    error : OSError
        What the system answered.
    cure : str
        What the user can do.

    Returns
    -------
    UsageError
        To be raised from `error`.
    """
    reason = error.strerror or str(error)
    return UsageError(f"cannot write {target}: {reason}; {cure}")


def _swap(made: Path, target: Path, own: Collection[str]) -> None:
    """Put a folder in the place of another, and what is not to be lost of that one into it.

    Where both can change places in one step, the target is whole at any time. Elsewhere there is none for a moment; who
    is killed then leaves the former target under a name by which `put_back` finds it.
    """
    if not target.exists():
        made.rename(target)
        return
    for path in target.iterdir():
        if path.name not in own and not is_scratch(path):
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, made / path.name)
    if exchange(made, target):
        return
    old = made.with_name(f"{made.name}{OLD}")
    target.rename(old)
    try:
        made.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)

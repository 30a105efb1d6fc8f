"""The folder of a front remembers what the solver answered, so that a search that was broken off goes on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hubspoke.base.atomic_write import mark_folder, replaced_file
from hubspoke.base.json_text import recall_json
from hubspoke.base.own_version import own_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hubspoke.analysis.decisions.fronts.state import Stated
    from hubspoke.engine.fronts.memory import Remember

MARK, ANSWERS = "front.json", "answers"
"""The file by which the folder of a front is known, and the folder of what was answered."""


class FrontMemory:
    """The folder of a front.

    Parameters
    ----------
    folder : str or Path
        New, empty, or that of a front.

    Raises
    ------
    UsageError
        It holds something else, or cannot be written.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder: Path = mark_folder(folder, mark=MARK, inner=ANSWERS, kind="front")

    def remember(self, stated: Stated) -> Remember:
        """Return what remembers answers on one problem.

        Parameters
        ----------
        stated : Stated
        """
        start = _digest_problem(stated)

        def ask(question: list[Any], answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
            name = hashlib.sha256(f"{start} {question!r}".encode()).hexdigest()
            file = self.folder / ANSWERS / f"{name}.json"
            kept = recall_json(file)
            if kept is not None:
                return kept
            told = answer()
            if told.get("keep", True):
                with replaced_file(file) as part:
                    part.write_text(json.dumps(told) + "\n", encoding="utf-8", newline="\n")
            return told

        return ask


def _digest_problem(stated: Stated) -> str:
    """Return the SHA-256 of all numbers of a problem, and of the version that solves it."""
    made = hashlib.sha256()
    made.update((own_version() or "-").encode())
    _feed(made, [stated.pair, stated.listed])
    return made.hexdigest()


def _feed(made: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        made.update(f"{value.dtype}{value.shape}".encode())
        made.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        made.update(type(value).__name__.encode())
        for field in fields(value):
            _feed(made, getattr(value, field.name))
    elif isinstance(value, list):
        for one in value:
            _feed(made, one)
    else:
        made.update(repr(value).encode())

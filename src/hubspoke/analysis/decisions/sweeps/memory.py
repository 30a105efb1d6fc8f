"""The folder of a sweep is its memory: one file for each case that is solved, written whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.sweeps.solve_case import FAILED, FORMAT
from hubspoke.base.alone import alone_in
from hubspoke.base.atomic_write import mark_folder, replaced_file
from hubspoke.base.errors import UsageError
from hubspoke.base.json_text import recall_json

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

MARK = "sweep.json"
"""The file by which the folder of a sweep is known: what was asked, and its cases."""
CASES = "cases"


class Memory:
    """The folder of a sweep.

    Parameters
    ----------
    folder : str or Path
        New, empty, or that of a sweep.

    Raises
    ------
    UsageError
        It holds something else, or cannot be written.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder: Path = mark_folder(folder, mark=MARK, inner=CASES, kind="sweep")
        self.cases: Path = self.folder / CASES
        if not os.access(self.cases, os.W_OK | os.X_OK):
            raise UsageError(f"{self.cases} may not be written to; name another folder with -o")

    def alone(self) -> AbstractContextManager[None]:
        """Keep every other sweep out of the folder as long as the context lasts, however this program ends.

        Raises
        ------
        UsageError
            Another one is at work there.
        """
        return alone_in(self.folder, kind="sweep")

    def read(self, digest: str) -> dict[str, Any] | None:
        """Return what is kept of a case; None where it is not solved yet, or its file is damaged.

        Parameters
        ----------
        digest : str
        """
        return recall_json(self.cases / f"{digest}.json", digest=digest, format=FORMAT)

    def holds(self, digest: str, *, retry: bool = False) -> bool:
        """Return whether a case need not be solved.

        Parameters
        ----------
        digest : str
        retry : bool
            Whether cases that failed are to be solved again.
        """
        kept = self.read(digest)
        return kept is not None and not (retry and kept["status"] == FAILED)

    def write(self, digest: str, text: str) -> None:
        """Keep a case.

        Parameters
        ----------
        digest : str
        text : str
            What `CaseSolver.solve` returned.
        """
        with replaced_file(self.cases / f"{digest}.json") as part:
            part.write_text(text, encoding="utf-8", newline="\n")

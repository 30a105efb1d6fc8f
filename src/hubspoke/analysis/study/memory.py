"""The folder of a study remembers each analysis that ended, by all that it depends on."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.sweeps.solve_case import NAMES
from hubspoke.analysis.study.stated import FUTURES, PLAN
from hubspoke.base.atomic_write import mark_folder, replaced_file
from hubspoke.base.json_text import recall_json, write_json
from hubspoke.base.own_version import own_version

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.study.parts.part import Facts, Part
    from hubspoke.analysis.study.study import Study

MARK, PARTS_FOLDER, KEPT = "study.json", "parts", "part.json"
"""The file by which the folder of a study is known, the folder of its analyses, and what is kept of each."""
FORMAT = 1
"""Of what is kept of an analysis."""


class StudyMemory:
    """The folder of a study.

    Parameters
    ----------
    folder : str or Path
        New, empty, or that of a study.

    Raises
    ------
    UsageError
        It holds something else, or cannot be written.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder: Path = mark_folder(folder, mark=MARK, inner=PARTS_FOLDER, kind="study")
        self.parts: Path = self.folder / PARTS_FOLDER

    def recall(self, name: str, digest: str) -> Facts | None:
        """Return the figures of an analysis; None where it has not ended, or was of something else.

        Parameters
        ----------
        name : str
        digest : str
        """
        kept = self._read(name)
        return kept["facts"] if kept is not None and kept["digest"] == digest else None

    def seconds(self, name: str) -> float | None:
        """Return how long an analysis took the last time, of whatever it was; None where it never ended.

        Parameters
        ----------
        name : str
        """
        kept = self._read(name)
        return None if kept is None else float(kept.get("seconds", 0.0))

    def forget(self, part: Part) -> None:
        """Forget an analysis before it is made anew, and all its files but those that it goes on from itself.

        Parameters
        ----------
        part : Part
        """
        home = self.parts / part.name
        (home / KEPT).unlink(missing_ok=True)
        if not part.remembers and home.exists():
            shutil.rmtree(home)

    def keep(self, name: str, digest: str, facts: Facts, began: float) -> Facts:
        """Keep the figures of an analysis that ended, and return them as they will be read again.

        Parameters
        ----------
        name : str
        digest : str
        facts : dict
        began : float
            By `time.perf_counter`.
        """
        seconds = round(time.perf_counter() - began, 1)
        text = write_json({"format": FORMAT, "digest": digest, "seconds": seconds, "facts": facts})
        (self.parts / name).mkdir(exist_ok=True)
        with replaced_file(self.parts / name / KEPT) as part:
            part.write_text(text, encoding="utf-8", newline="\n")
        made: Facts = json.loads(text)["facts"]
        return made

    def _read(self, name: str) -> dict[str, Any] | None:
        kept = recall_json(self.parts / name / KEPT, format=FORMAT)
        sound = kept is not None and isinstance(kept.get("facts"), dict) and isinstance(kept.get("digest"), str)
        return kept if sound else None


def digest_part(study: Study, part: Part) -> str:
    """Return the SHA-256 of all that an analysis depends on: version, tables, settings, and what is asked.

    Parameters
    ----------
    study : Study
    part : Part
    """
    settings = study.settings.model_dump(mode="json", exclude=set(NAMES))
    asked: dict[str, Any] = {**study.asked(), "options": study.options(part.name), "maps": study.options(PLAN)["maps"]}
    if part.is_of_futures:
        source = study.source
        futures = [
            [one.name, one.probability, source.settings(one.changes).model_dump(mode="json", exclude=set(NAMES))]
            for one in study.futures
        ]
        asked |= {FUTURES: futures, "are_weighted": study.are_weighted}
    if part.is_of_years:
        asked["years"] = list(study.years)
    if part.varies:
        asked["vary"] = dict(study.vary)
    whole = [FORMAT, own_version(), part.name, study.source.hashes(study.settings), settings, asked]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

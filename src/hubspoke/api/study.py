"""Several analyses and one report: the library's verb."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.findings.gather import gather_findings
from hubspoke.analysis.study.folder import describe_study, write_study
from hubspoke.analysis.study.memory import StudyMemory
from hubspoke.analysis.study.page import page_name
from hubspoke.analysis.study.prepare import prepare_study
from hubspoke.analysis.study.read import read_file, read_stated
from hubspoke.analysis.study.run import run_study
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.analysis.study.findings.gather import Found
    from hubspoke.analysis.study.run import Progress
    from hubspoke.analysis.study.study import Study

STATED = "study"
"""What findings call a study that is stated in a call alone."""


@dataclass(frozen=True, eq=False)
class StudyAnswers:
    """What a study came to.

    Attributes
    ----------
    folder : Path
        Where its files are.
    found : Found
        Findings, and the figures of the analyses.
    """

    folder: Path
    found: Found

    @property
    def exit_code(self) -> int:
        """That of the first analysis that failed; 0 where none did."""
        return self.found.done.exit_code

    @property
    def failures(self) -> dict[str, str]:
        """Why analyses failed, by their name."""
        return {name: one.message for name, one in self.found.done.failures.items()}

    def summary(self, lang: str = "en") -> str:
        """Return the findings in lines, section by section."""
        from hubspoke.analysis.study.told import tell_study  # noqa: PLC0415 - words load when wanted

        return tell_study(self.found, check_language(lang))

    def to_dict(self) -> dict[str, Any]:
        """Return the findings as `study.json` holds them."""
        return describe_study(self.found)

    def page(self, lang: str = "en") -> Path:
        """Return the report in a language."""
        return self.folder / page_name(check_language(lang))


def read_study(
    source: str | Path | None = None, file: str | Path | None = None, stated: Mapping[str, Any] | None = None
) -> Study:
    """Read what a study is asked, and hold it against the input.

    Parameters
    ----------
    source, file, stated
        As in `study`.

    Raises
    ------
    UsageError, InputError
        As in `study`.
    """
    said = {} if file is None else read_file(Path(file))
    said |= dict(stated or {})
    form, findings = read_stated(said, STATED if file is None else Path(file).name)
    return prepare_study(None if source is None else Path(source), form, findings)


def study(
    source: str | Path | None = None,
    file: str | Path | None = None,
    *,
    out: str | Path,
    lang: str = "en",
    progress: Progress | None = None,
    **stated: Any,
) -> StudyAnswers:
    """Run several analyses of one input, and write one report: what to decide now, what can wait, what would change it.

    Parameters
    ----------
    source : str or Path, optional
        The input, as in `read`: analyses read it under settings of their own, so that no network is taken here. None
        for the Japanese data that ship.
    file : str or Path, optional
        A TOML file that states the study; the usual one when left out.
    out : str or Path
        Folder of the study, to be made or to go on from.
    lang : {"en", "ja"}
        Of the pages of single analyses; the report is written in both languages.
    progress : callable, optional
        Called before each analysis with its name, how many ended and how many there are.
    **stated : any
        What goes before the file, by the keys of the file: `years=[2030, 2040]`, `front={"against": ["co2"]}`.

    Returns
    -------
    StudyAnswers
        An analysis that failed is among `failures`; the others stand.

    Raises
    ------
    UsageError
        There is no such file or folder, or the folder of the study holds something else.
    InputError
        What is asked, or the input, has faults: all of them at once.
    """
    spoken = check_language(lang)
    ready = read_study(source, file, stated)
    memory = StudyMemory(out)
    done = run_study(
        ready,
        memory,
        lang=spoken,
        progress=progress,
        after_each=lambda so_far: write_study(gather_findings(so_far), memory.folder),
    )
    found = gather_findings(done)
    write_study(found, memory.folder)
    return StudyAnswers(memory.folder, found)

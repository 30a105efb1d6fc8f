"""Every error of the package, under one root, each with the exit code of the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from hubspoke.base.printable import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable


CHANGES = "changes"
"""Where findings place a value that was changed for one call and stands in no file."""
KEYED = ("settings", CHANGES, "study")
"""Places of findings, beside files of TOML, whose values have keys and stand in no column."""


@dataclass(frozen=True, order=True)
class Finding:
    """One problem of the input: where it is, what is wrong and how to cure it.

    Attributes
    ----------
    file : str
        File (or workbook sheet, or settings key) as the user knows it, relative to the folder read.
    row : int
        Row as a spreadsheet shows it: the header is row 1. 0 when the whole file or column is meant.
    column : str
        Column name or settings key; empty when the whole row or file is meant.
    problem : str
        What is wrong, with the offending value.
    cure : str
        What to do about it.
    fatal : bool
        False for a warning: the input can be planned with.
    kind : str
        Short name of the rule, such as `duplicate-id`; findings of one kind, file and column are listed together.
    """

    file: str
    row: int
    column: str
    problem: str
    cure: str
    fatal: bool = True
    kind: str = ""

    @property
    def place(self) -> str:
        """Where it is, in words."""
        if self.column and self.has_key:
            return f"{self.file}, row {self.row}, key {self.column}" if self.row else f"{self.file}, key {self.column}"
        if self.row and self.column:
            return f"{self.file}, row {self.row}, column {self.column}"
        if self.row:
            return f"{self.file}, row {self.row}"
        return f"{self.file}, column {self.column}" if self.column else self.file

    @property
    def has_key(self) -> bool:
        """Whether what is wrong has a key, as in settings, and no column of a table."""
        return self.file in KEYED or self.file.endswith(".toml")

    def __str__(self) -> str:
        """Return place, problem and cure in one line."""
        return _printable(f"{self.place}: {self.problem} -> {self.cure}")


def _printable(text: str) -> str:
    """Return a text in one line, with control characters written as escapes."""
    return escape_controls(text).replace("\n", "\\n").replace("\t", "\\t")


def list_findings(findings: Iterable[Finding], *, per_kind: int = 20) -> list[str]:
    """Return the findings as lines of text, sorted, those of one kind together.

    Parameters
    ----------
    findings : iterable of Finding
    per_kind : int
        Most findings to list of one file, column and kind, and most columns of one file and kind.

    Returns
    -------
    list of str
        One line for each finding listed, and one that counts the others wherever some are left out.
    """
    groups: dict[tuple[str, str, bool], dict[str, list[Finding]]] = {}
    for finding in sorted(findings):
        columns = groups.setdefault((finding.file, finding.kind or finding.cure, finding.fatal), {})
        columns.setdefault(finding.column, []).append(finding)
    parts = [(columns, column) for columns in groups.values() for column in list(columns)[:per_kind]]
    lines = []
    for columns, column in sorted(parts, key=lambda part: part[0][part[1]][0]):
        members = columns[column]
        lines += [str(finding) for finding in members[:per_kind]]
        if (more := len(members) - per_kind) > 0:
            place = replace(members[0], row=0).place
            lines.append(f"{place}: and {more:,} more row{'s' if more > 1 else ''} like these")
        if column == list(columns)[:per_kind][-1] and (more := len(columns) - per_kind) > 0:
            file, many = members[0].file, "s" if more > 1 else ""
            if members[0].has_key:
                lines.append(f"{file}: and {more:,} more key{many} like these")
            else:
                lines.append(f"{file}: and {more:,} more column{many} like these")
    return lines


class HubspokeError(Exception):
    """Root of all errors of this package."""

    exit_code: ClassVar[int] = 1


class UsageError(HubspokeError):
    """The call itself is wrong: an unknown option value, policy, region or plant."""

    exit_code = 2


class InputError(HubspokeError):
    """The input has faults; `findings` holds all of them."""

    exit_code = 3

    def __init__(self, findings: list[Finding] | tuple[Finding, ...]) -> None:
        self.findings: tuple[Finding, ...] = tuple(sorted(findings))
        count = len(self.findings)
        lines = "\n".join(f"  {line}" for line in list_findings(self.findings))
        super().__init__(f"{count:,} problem{'s' if count != 1 else ''} in the input:\n{lines}")

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Finding, ...]]]:
        """Let the error pass between processes: it is made again of its findings."""
        return type(self), (self.findings,)


class BilingualError(HubspokeError):
    """An error that may be told in both languages by whoever raises it.

    `japanese` is the message in Japanese; where it is empty, it is that of the catalogue.
    """

    def __init__(self, message: str, japanese: str = "") -> None:
        super().__init__(message)
        self.japanese = japanese


class InfeasibleError(BilingualError):
    """No plan exists; the message says which region or plant, how many tonnes, and what would cure it."""

    exit_code = 4


class NoPlanFoundError(HubspokeError):
    """The solve stopped at a limit before any plan was found."""

    exit_code = 6


class SolverUnavailableError(HubspokeError):
    """The solver asked for is not installed here."""

    exit_code = 7


class WrongAnswerError(HubspokeError):
    """What a solver called proven does not hold: the solver is at fault, in the version that the message names."""


class AuditError(BilingualError):
    """A plan does not pass its audit: the program, not the user, is at fault."""

"""Every error of the package, under one root, each with the exit code of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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
    """

    file: str
    row: int
    column: str
    problem: str
    cure: str
    fatal: bool = True

    def __str__(self) -> str:
        place = self.file + (f", row {self.row}" if self.row else "")
        place += f", column {self.column}" if self.column else ""
        return f"{place}: {self.problem} -> {self.cure}"


class HubspokeError(Exception):
    """Root of all errors of this package."""

    exit_code: ClassVar[int] = 1


class UsageError(HubspokeError):
    """The call itself is wrong: an unknown option value, policy, region or plant."""

    exit_code = 2


class InputError(HubspokeError):
    """The input has faults; all of them are in `findings`."""

    exit_code = 3

    def __init__(self, findings: list[Finding] | tuple[Finding, ...]) -> None:
        self.findings = tuple(sorted(findings))
        count = len(self.findings)
        lines = "\n".join(f"  {finding}" for finding in self.findings)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the input:\n{lines}")


class InfeasibleError(HubspokeError):
    """No plan exists; the message says which region or plant, how many tonnes, and what would cure it."""

    exit_code = 4


class NoPlanFoundError(HubspokeError):
    """The solve stopped at a limit before any plan was found."""

    exit_code = 6


class SolverUnavailableError(HubspokeError):
    """The solver asked for is not installed here."""

    exit_code = 7


class AuditError(HubspokeError):
    """A plan does not pass its audit: the program, not the user, is at fault."""

"""What is raised where a file cannot be read, with the finding that says why."""

from __future__ import annotations

from hubspoke.base.errors import Finding


class UnreadableError(Exception):
    """A file cannot be read; `finding` has the reason."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def missing_extra(name: str, extra: str) -> UnreadableError:
    """Return the error for a file whose library is not installed.

    Parameters
    ----------
    name : str
        Name of the file in findings.
    extra : str
        Extra of this package that brings the library.

    Returns
    -------
    UnreadableError
    """
    problem = f"the library that reads this kind of file is not installed (extra {extra})"
    cure = f"pip install 'hubspoke[{extra}]', or save the table as CSV UTF-8"
    return UnreadableError(Finding(name, 0, "", problem, cure, kind="missing-extra"))

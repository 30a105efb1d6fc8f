"""Read public facility-location instances: texts of numbers, whose form shows in how many there are and what they say.

Capacitated with divided customers: `orlib-cap` (OR-Library), `tbed1` (Avella and Boccia). Single source: `holmberg`
(also Yang), `diaz`. Two stages, plants to depots to customers, which is our network read backwards: `two-stage`
(Fernandes et al.). `p-median`, `p-median-cap` (OR-Library). Several periods: `incremental` (Albareda-Sambola et al.).
Other readings of the same numbers, by name only: `orlib-cap-single` and `tbed1-single` (whole customers),
`orlib-uncap` (capacities ignored). The readers in `forms.py` and `period_forms.py` state the order of the fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding, InputError, UsageError
from hubspoke.engine.cases.cases import Cases
from hubspoke.instances.forms import FORMS, GUESSED

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.engine.problem.problem import Problem

ORLIB_CAPACITIES = {
    "capa": (8000.0, 10000.0, 12000.0, 14000.0),
    "capb": (5000.0, 6000.0, 7000.0, 8000.0),
    "capc": (5000.0, 5750.0, 6500.0, 7250.0),
}
"""Capacities for which OR-Library publishes optima of its three large files; the files hold a word in their place."""


@dataclass(frozen=True, eq=False)
class Instance:
    """A public instance: its name, form and problem, or the cases of one with several periods."""

    name: str
    form: str
    problem: Problem | Cases


def read_instances(path: Path, form: str | None = None) -> list[Instance]:
    """Read a file; OR-Library's large files hold four instances each, its capacitated medians twenty, all others one.

    Parameters
    ----------
    path : Path
    form : str, optional
        One of `form_names()`; recognised by the content when left out.

    Returns
    -------
    list of Instance

    Raises
    ------
    InputError
        The file cannot be read, does not hold numbers, or fits no form.
    UsageError
        Unknown form.
    """
    if form is not None and form not in FORMS:
        raise UsageError(f"unknown format {form!r}; choose one of {', '.join(FORMS)}")
    try:
        words = path.read_text(encoding="ascii", errors="replace").split()
    except OSError as error:
        raise _not_readable(path, error.strerror or str(error), "give a file with a public instance") from error
    if "capacity" not in words:
        return _read(path, path.stem, words, form)
    sizes = ORLIB_CAPACITIES.get(path.stem.lower(), ())
    if not sizes:
        raise _not_readable(path, "it holds the word 'capacity' in place of numbers", "name it capa, capb or capc")
    return [
        instance
        for size in sizes
        for instance in _read(
            path, f"{path.stem}_{size:g}", [f"{size}" if word == "capacity" else word for word in words], form
        )
    ]


def form_names() -> tuple[str, ...]:
    """Return the names of all forms."""
    return tuple(FORMS)


def _read(path: Path, name: str, words: list[str], form: str | None) -> list[Instance]:
    try:
        values = np.array(words, dtype=float)
    except ValueError as error:
        raise _not_readable(path, f"not a table of numbers ({error})", "give a public instance as published") from error
    if not np.isfinite(values).all():
        raise _not_readable(path, "it holds numbers that are not finite", "give a public instance as published")
    read = {candidate: FORMS[candidate](values) for candidate in ([form] if form is not None else GUESSED)}
    fitting = {candidate: problems for candidate, problems in read.items() if problems is not None}
    if fitting:
        # with as many customers as facilities the numbers fit several forms
        likely = min(fitting, key=lambda candidate: max(map(_spread, fitting[candidate].values())))
        return [Instance(name + suffix, likely, problem) for suffix, problem in fitting[likely].items()]
    tried = f"the format {form}" if form else "any known format"
    raise _not_readable(path, f"its {len(values)} numbers do not fit {tried}", "name the format with --format")


def _spread(problem: Problem | Cases) -> float:
    """Measure how unlike the capacities are, and the fixed costs: a wrong form mixes them with other numbers."""
    measured = (
        [problem.hubs.opening_cost[0]] if isinstance(problem, Cases) else [problem.hubs.capacity, problem.hubs.fixed]
    )
    blocks = [np.log(np.maximum(block[:, 0], 0) + 1) for block in measured]
    return float(sum(np.abs(block - np.median(block)).mean() for block in blocks))


def _not_readable(path: Path, problem: str, cure: str) -> InputError:
    return InputError([Finding(str(path), 0, "", problem, cure)])

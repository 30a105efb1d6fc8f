"""Read public facility-location instances: texts of numbers, whose form shows in how many there are and what they say.

Capacitated with divided customers: `orlib-cap` (OR-Library), `tbed1` (Avella and Boccia). Single source: `holmberg`
(also Yang; Gadegaard, Klose and Nielsen), `diaz`. Without capacities: `ufl-simple` and `orlib-uncap` (UflLib). Two
stages, plants to depots to customers, which is our network read backwards: `two-stage` (Fernandes et al.). `p-median`,
`p-median-cap` (OR-Library). Several periods: `incremental` (Albareda-Sambola et al.); `rice`, a folder of tables. A
mathematical program in MPS or LP form that states a problem of one echelon: `program` (`programs.py`). Other
readings of the same numbers, by name only: `orlib-cap-single` and `tbed1-single` (whole customers), `holmberg-split`
and `diaz-split` (divided ones), `orlib-uncap` (capacities ignored). `layouts.py`, `forms.py` and `period_forms.py`
state the order of the fields.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding, InputError, UsageError
from hubspoke.instances.forms import FORMS, GUESSED
from hubspoke.instances.layouts import CLEAR, scatter
from hubspoke.instances.programs import is_program, read_program
from hubspoke.instances.study_folder import is_study_folder, read_study_folder

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.cases import Cases
    from hubspoke.engine.problem.problem import Problem

ORLIB_CAPACITIES = {
    "capa": (8000.0, 10000.0, 12000.0, 14000.0),
    "capb": (5000.0, 6000.0, 7000.0, 8000.0),
    "capc": (5000.0, 5750.0, 6500.0, 7250.0),
}
"""Capacities for which OR-Library publishes optima of its three large files; the files hold a word in their place."""

NO_CAPACITY = "orlib-uncap"
"""The form in which that word stands for none."""

END_OF_FILE = "\x1a"
"""What editors of DOS leave behind the last line."""

STUDY_FOLDER = "rice"
"""The form of a folder of tables; all others are those of one text of numbers."""

PROGRAM = "program"
"""The form of a mathematical program, of which the rows say what it is."""

HEADLINE = re.compile(r"\A\s*FILE\s*:.*$", re.MULTILINE | re.IGNORECASE)
"""First line of UflLib's files, with a name that may hold digits."""


@dataclass(frozen=True, eq=False)
class Instance:
    """A public instance: its name, form and problem, or the cases of one with several periods.

    `why` says what the form takes the numbers for, and why it was taken.
    """

    name: str
    form: str
    problem: Problem | Cases
    why: str


def read_instances(path: Path, form: str | None = None) -> list[Instance]:
    """Read a file; OR-Library's large files hold four instances each, its capacitated medians twenty, all others one.

    Parameters
    ----------
    path : Path
        A file, or a folder where the form is one of tables.
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
    if form is not None and form not in form_names():
        raise UsageError(f"unknown format {form!r}; choose one of {', '.join(form_names())}")
    if form == STUDY_FOLDER or (form is None and is_study_folder(path)):
        return [_read_folder(path)]
    if form == PROGRAM or (form is None and is_program(path)):
        return [_read_as_program(path)]
    try:
        words = _as_text(path.read_bytes()).split()
    except OSError as error:
        raise _not_readable(path, error.strerror or str(error), "give a file with a public instance") from error
    if "capacity" not in words:
        return _read(path, path.stem, words, form)
    if form == NO_CAPACITY:
        return _read(path, path.stem, ["0" if word == "capacity" else word for word in words], form)
    sizes = ORLIB_CAPACITIES.get(path.stem.lower(), ())
    if not sizes:
        cure = f"name it capa, capb or capc, or read it with --format {NO_CAPACITY}"
        raise _not_readable(path, "it holds the word 'capacity' in place of numbers", cure)
    return [
        instance
        for size in sizes
        for instance in _read(
            path,
            f"{path.stem}_{size:g}",
            [f"{size}" if word == "capacity" else word for word in words],
            form or "orlib-cap",
        )
    ]


def form_names() -> tuple[str, ...]:
    """Return the names of all forms."""
    return (*FORMS, STUDY_FOLDER, PROGRAM)


def _read_folder(path: Path) -> Instance:
    try:
        cases = read_study_folder(path)
    except (OSError, ValueError) as error:
        problem = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _not_readable(path, problem, "give the folder with centres.csv, plants.csv and params.json") from error
    return Instance(path.name, STUDY_FOLDER, cases, "centres and plants over several periods: a folder of three tables")


def _read_as_program(path: Path) -> Instance:
    try:
        problem = read_program(path)
    except OSError as error:
        raise _not_readable(path, error.strerror or str(error), "give a file in MPS or LP form") from error
    except ValueError as error:
        cure = "give a whole file in MPS or LP form, of a facility-location problem with one echelon"
        raise _not_readable(path, str(error), cure) from error
    whole = "whole" if problem.single_sourcing else "divided"
    size = f"{problem.n_sites} {whole} customers, {problem.n_hubs} facilities"
    return Instance(path.name, PROGRAM, problem, f"{size}: its rows state so")


def _read(path: Path, name: str, words: list[str], form: str | None) -> list[Instance]:
    try:
        values = np.array(words, dtype=float)
    except ValueError as error:
        raise _not_readable(path, f"not a table of numbers ({error})", "give a public instance as published") from error
    if not np.isfinite(values).all():
        raise _not_readable(path, "it holds numbers that are not finite", "give a public instance as published")
    forms = {form: FORMS[form]} if form is not None else GUESSED
    read = {name: found for name, candidate in forms.items() if (found := candidate.read(values)) is not None}
    if not read:
        tried = f"the format {form}" if form else "any known format"
        raise _not_readable(path, f"its {len(values)} numbers do not fit {tried}", "name the format with --format")
    likely, why = (form, "its numbers fit it") if form is not None else _tell_form(path, list(read), values)
    about = f"{forms[likely].about}: {why}"
    return [Instance(name + suffix, likely, problem, about) for suffix, problem in read[likely].items()]


def _tell_form(path: Path, fitting: list[str], values: Floats) -> tuple[str, str]:
    """Return the form among those that fit in which the numbers of a kind stand together, and why it was taken."""
    alone = [name for name in fitting if GUESSED[name].layout is None]
    layouts = {name: form.layout(values) for name, form in GUESSED.items() if form.layout is not None}
    scores = sorted((scatter(laid_out), name) for name, laid_out in layouts.items() if laid_out is not None)
    if alone or len(scores) == 1:
        return (alone or fitting)[0], f"its {len(values)} numbers fit no other format"
    (best, likely), (next_best, _), *_ = scores
    others = ", ".join(name for _, name in scores if name != likely)
    clear = next_best - best >= CLEAR
    if clear and likely in fitting:
        return likely, f"as many numbers as {others}, but only so do numbers of a kind stand together"
    if clear or len(fitting) > 1:
        problem = f"its {len(values)} numbers fit several formats: {likely}, {others}"
        raise _not_readable(path, problem, "name the right one with --format")
    return fitting[0], "as other formats, it would have more demand than capacity"


def _as_text(content: bytes) -> str:
    """Return the text of a file, without its byte-order mark, padding, end-of-file mark and headline."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    text = text.partition(END_OF_FILE)[0].replace("\0", " ")
    return HEADLINE.sub("", text, count=1)


def _not_readable(path: Path, problem: str, cure: str) -> InputError:
    return InputError([Finding(str(path), 0, "", problem, cure)])

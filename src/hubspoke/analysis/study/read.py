"""Read what a study is asked, and tell all that is wrong with its form at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.stated import (
    ANALYSES,
    COMMON,
    KINDS,
    LISTS,
    NUMBER,
    NUMBERS,
    SECTIONS,
    SWITCH,
    TABLE,
    TEXT,
    TEXTS,
    WHOLE,
    WHOLES,
    Stated,
)
from hubspoke.base.errors import Finding, InputError, UsageError
from hubspoke.base.spelling import nearest_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELP = "see docs/study.md"
LEAST: Mapping[str, tuple[float, float]] = {
    "gap": (0.0, 1.0),
    "time_limit": (0.001, 1e7),
    "robust.alpha": (0.0, 0.999999),
    "sweep.samples": (1, 100_000),
    "front.points": (2, 1000),
    "alternatives.within": (1e-9, 0.999999),
    "alternatives.most": (1, 100_000),
    "deeper.plants": (0, 1000),
    "greenfield.places": (1, 1000),
    "rules.decide_share": (0.0, 1.0),
    "rules.wait_share": (0.0, 1.0),
    "rules.tossup_share": (0.0, 1.0),
}
"""Least and most of numbers, by their key."""
EXAMPLES: Mapping[str, str] = {
    TEXT: '"open"',
    WHOLE: "2035",
    NUMBER: "0.01",
    SWITCH: "true",
    TABLE: '{ "supply.factor" = 1.2 }',
    TEXTS: '["a", "b"]',
    WHOLES: "[2030, 2040]",
    NUMBERS: "[0.5, 0.3, 0.2]",
}
"""How a value of each kind is written."""


def read_file(file: Path) -> dict[str, Any]:
    """Read the TOML file of a study.

    Parameters
    ----------
    file : Path

    Raises
    ------
    UsageError
        There is no such file, or it cannot be read.
    InputError
        It is no TOML, or says nothing.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        cure = "save it as UTF-8"
        raise InputError([Finding(file.name, 0, "", "the text is not UTF-8", cure, kind="study-encoding")]) from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error}") from error
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        cure = f"mend this line: texts stand in quotation marks, lists in square brackets; {HELP}"
        row = int(line[1]) if line else 0
        raise InputError([Finding(file.name, row, "", f"it is no TOML: {error}", cure, kind="study-toml")]) from error
    if not stated:
        cure = f'write at least title = "...", or leave the file out for the usual study; {HELP}'
        raise InputError([Finding(file.name, 0, "", "the file says nothing", cure, kind="study-empty")])
    return stated


def read_stated(stated: Mapping[str, Any], file: str) -> tuple[Stated, list[Finding]]:
    """Return what is asked as far as its form is right, and a finding for whatever else is there.

    Parameters
    ----------
    stated : mapping of str to any
        As TOML says it.
    file : str
        What findings call it.
    """
    common: dict[str, Any] = {}
    sections: dict[str, dict[str, Any]] = {}
    findings: list[Finding] = []
    for key, value in stated.items():
        if key in SECTIONS and isinstance(value, Mapping):
            sections[key] = {}
            for name, inner in value.items():
                if faults := list(_check(file, f"{key}.{name}", inner, SECTIONS[key].get(name), SECTIONS[key])):
                    findings += faults
                else:
                    sections[key][name] = inner
        elif key in SECTIONS or (key in ANALYSES and key not in COMMON):
            findings.append(_not_a_section(file, key))
        elif faults := list(_check(file, key, value, COMMON.get(key), [*COMMON, *SECTIONS])):
            findings += faults
        else:
            common[key] = value
    return Stated(file, common, sections), findings


def _not_a_section(file: str, key: str) -> Finding:
    if key in SECTIONS:
        problem, cure = f"{key} is a section", f"write [{key}] and its keys below; {HELP}"
    else:
        problem, cure = f"{key} has no options of its own", f'name it in analyses = ["{key}"] to run it'
    return Finding(file, 0, key, problem, cure, kind="study-section")


def _check(file: str, key: str, value: Any, kind: str | None, known: Any) -> Iterator[Finding]:
    """Yield what is wrong with the form of a value."""
    if kind is None:
        name = key.rpartition(".")[2]
        problem = f"unknown key {name!r}{nearest_name(name, known, listed=20)}"
        yield Finding(file, 0, key, problem, f"take it out, or write one of the known keys; {HELP}", kind="study-key")
        return
    if not _is_of_kind(value, kind):
        yield Finding(
            file,
            0,
            key,
            f"{value!r} is of the wrong kind",
            f"write {kind}, such as {_example(key, kind)}",
            kind="study-kind",
        )
        return
    if kind in LISTS and not value:
        yield Finding(file, 0, key, "the list is empty", "name something, or leave the key out", kind="study-list")
    if kind in LISTS and len({repr(one) for one in value}) < len(value) and key != "weights":
        yield Finding(file, 0, key, "something stands there twice", "write each once", kind="study-twice")
    low, high = LEAST.get(key, (float("-inf"), float("inf")))
    if kind not in (TABLE, *LISTS) and not isinstance(value, str | bool) and not low <= value <= high:
        cure = f"write a number from {_plain(low)} to {_plain(high)}"
        yield Finding(file, 0, key, f"{value} is out of range", cure, kind="study-range")


def _example(key: str, kind: str) -> str:
    """Return how a value of a kind is written in TOML, by the name of its key."""
    name = key.rpartition(".")[2]
    return f"{name} = {EXAMPLES[kind]}"


def _plain(number: float) -> str:
    """Return a number without an exponent."""
    return f"{number:.6f}".rstrip("0").rstrip(".") if abs(number) >= 1e-6 else f"{number:.9f}".rstrip("0").rstrip(".")


def _is_of_kind(value: Any, kind: str) -> bool:
    taken = KINDS[kind]
    if kind in LISTS:
        return isinstance(value, list | tuple) and all(_is_one(inner, taken) for inner in value)
    return _is_one(value, taken)


def _is_one(value: Any, taken: type | tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return taken is bool
    return isinstance(value, taken) and not (isinstance(value, float) and value != value)  # noqa: PLR0124 - NaN

"""Turn the errors that pydantic finds in the settings into findings with line, key and cure."""

from __future__ import annotations

import reprlib
import tomllib
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from hubspoke.base.errors import CHANGES, Finding
from hubspoke.base.shipped import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.base.spelling import find_nearest
from hubspoke.settings.quantity import FIELDS, is_quantity_table
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

KEY_LIKENESS = 0.5
"""Low enough that a key cut down to its first word is recognised, such as `price` for `price_jpy_per_t`."""
CURES = {
    "dict_type": "write a section with keys of its own",
    "model_type": "write a section with keys of its own",
    "tuple_type": 'write a list, such as [1, 3] or ["a", "b"]',
    "missing": "write a list of two numbers, such as [1, 3]",
    "too_long": "write a list of two numbers, such as [1, 3]",
    "too_short": "write at least one entry",
    "string_type": "write a text in quotation marks",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "finite_number": "write a finite number",
    "float_type": "write a number",
    "float_parsing": "write a number",
}


def explain_all(details: list[ErrorDetails], file: str, text: str, changed: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for everything that is wrong in the settings.

    Parameters
    ----------
    details : list of ErrorDetails
        What pydantic found.
    file, text : str
        Name and text of the planner's settings.
    changed : mapping of str to any
        Changes over that file, as nested tables.
    """
    missing: dict[tuple[str, ...], list[str]] = {}
    for detail in details:
        if detail["type"] == "missing" and isinstance(detail["loc"][-1], str):
            *parents, key = map(str, detail["loc"])
            missing.setdefault(tuple(parents), []).append(key)
        else:
            yield _explain(detail, file, text, changed)
    for section in missing.pop((), []):  # nothing else takes a section of those that ship away
        place, row = _locate(("replaces",), file, text, changed)
        problem, cure = f"{section!r} is replaced, and has no entries", "state them, or take it out of replaces"
        yield Finding(place, row, section, problem, cure, kind="missing-key")
    for path, keys in missing.items():
        dotted = ".".join(path)
        place, row = _locate(path, file, text, changed)
        problem = f"{dotted!r} is no shipped entry, and a new one must state every key"
        cure = f"add {', '.join(keys)}; or {_nearest_key(path)}"
        yield Finding(place, row, dotted, problem, cure, kind="missing-key")


def _explain(detail: ErrorDetails, file: str, text: str, changed: Mapping[str, Any]) -> Finding:
    kind, value, told = detail["type"], detail["input"], detail.get("ctx", {})
    path = tuple(map(str, takewhile(lambda key: isinstance(key, str), detail["loc"])))
    path += _split_key(told["key"]) if kind == "rule" and told["key"] else ()
    place, row = _locate(path, file, text, changed)
    dotted = ".".join(path)
    if kind == "extra_forbidden":
        return Finding(place, row, dotted, f"unknown key {dotted!r}", _nearest_key(path), kind="unknown-key")
    if kind == "rule":
        return Finding(place, row, dotted, told["problem"], told["cure"], kind="bad-value")
    message = detail["msg"].removeprefix("Value error, ")
    problem = message if kind == "value_error" else f"got {reprlib.repr(value)}"
    cure = _range_cure(message) if kind == "value_error" else CURES.get(kind, message[0].lower() + message[1:])
    return Finding(place, row, dotted, problem, cure, kind="bad-value")


def _locate(path: tuple[str, ...], file: str, text: str, changed: Mapping[str, Any]) -> tuple[str, int]:
    return (CHANGES, 0) if _holds(changed, path) else (file, find_line(text, path))


def _range_cure(message: str) -> str:
    for words, cure in (
        ("negative", "write 0 or a positive number"),
        ("above zero", "write a number above 0"),
        ("between 0 and 1", "write a share between 0 and 1, such as 0.25 for 25 %"),
        ("expected", "write a number, or a table with value, unit and source"),
    ):
        if words in message:
            return cure
    return "correct the value"


def _nearest_key(path: tuple[str, ...]) -> str:
    siblings = _keys_beside(path)
    near = find_nearest(path[-1], siblings, likeness=KEY_LIKENESS)
    if near is not None:
        return f"write {'.'.join((*path[:-1], near))!r} if that is meant"
    return f"known keys there: {', '.join(siblings)}" if siblings else "remove it"


def _keys_beside(path: tuple[str, ...]) -> list[str]:
    model: Any = Settings
    shipped: Any = _load_shipped()
    for key in path[:-1]:
        shipped = shipped.get(key, {}) if isinstance(shipped, dict) else {}
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(key)
            model = field.annotation if field else None
        elif get_origin(model) is dict:
            model = get_args(model)[1]
    if isinstance(model, type) and issubclass(model, BaseModel):
        return list(model.model_fields)
    return sorted(FIELDS) if is_quantity_table(shipped) else list(shipped)


@lru_cache(maxsize=1)
def _load_shipped() -> dict[str, Any]:
    """Return the settings that ship, which nobody changes."""
    return tomllib.loads((shipped_data_folder() / SHIPPED_SETTINGS).read_text(encoding="utf-8"))


def _holds(changed: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    table: Any = changed
    for key in path:
        if not isinstance(table, dict):
            return True
        if key not in table:
            return False
        table = table[key]
    return bool(path)


def find_line(text: str, path: tuple[str, ...]) -> int:
    """Return the number of the line of a TOML text that sets a key, or of the nearest table above the key.

    Parameters
    ----------
    text : str
        The whole file.
    path : tuple of str
        Parts of the dotted key.

    Returns
    -------
    int
        Counted from 1; 0 where the text has neither the key nor a table above it.
    """
    lines = _list_lines(text)
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)


@lru_cache(maxsize=4)
def _list_lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the number of the first line of a TOML text that sets each key or opens each table."""
    header: tuple[str, ...] = ()
    lines: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            header = _split_key(stripped.strip("[] "))
            here = header
        elif "=" in stripped and not stripped.startswith("#"):
            here = header + _split_key(stripped.split("=", 1)[0])
        else:
            continue
        lines.setdefault(here, number)
    return lines


def _split_key(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))

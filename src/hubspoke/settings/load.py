"""Read the settings: the shipped defaults, a planner's TOML over them, and single changes over both."""

from __future__ import annotations

import re
import reprlib
import tomllib
from difflib import get_close_matches
from itertools import takewhile
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from hubspoke.base.errors import Finding, InputError
from hubspoke.inputs.files.folder import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.settings.quantity import FIELDS, is_quantity_table, override
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

CHANGES = "--set"
"""What findings call the place of a change that stands in no file."""

CURES = {
    "dict_type": "write a section with keys of its own",
    "model_type": "write a section with keys of its own",
    "tuple_type": "write a list, such as [1, 3]",
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


def load_settings(path: Path | None = None, changes: Mapping[str, Any] | None = None) -> Settings:
    """Read the settings.

    Parameters
    ----------
    path
        A planner's TOML that holds what differs from the shipped `japan.toml`; None for the defaults.
    changes
        Values by dotted key, such as `{"trucks.10t.distance_jpy_per_km": 300}`; texts are read as TOML values.

    Raises
    ------
    InputError
        With every finding at once.
    """
    settings, findings = try_settings(path, changes)
    if settings is None:
        raise InputError(findings)
    return settings


def try_settings(path: Path | None, changes: Mapping[str, Any] | None) -> tuple[Settings | None, list[Finding]]:
    """Read the settings as `load_settings` does, but give the findings instead of raising them."""
    shipped = tomllib.loads((shipped_data_folder() / SHIPPED_SETTINGS).read_text(encoding="utf-8"))
    text, findings = _read_text(path)
    own, more = _parse(text, path)
    findings += more
    changed, more = _nest(changes or {})
    findings += more
    shipped, more = _leave_out(shipped, own, path.name if path else "", text)
    findings += more
    findings += _find_other_units(shipped, own, path.name if path else "", text)
    findings += _find_other_units(shipped, changed, CHANGES, "")
    if any(finding.fatal for finding in findings):
        return None, findings
    if "title" in own:
        shipped.pop("title_ja", None)  # another title needs another translation
    try:
        return Settings.model_validate(override(override(shipped, own), changed)), findings
    except ValidationError as error:
        file = path.name if path else SHIPPED_SETTINGS
        return None, [*findings, *_explain_all(error.errors(), file, text, changed)]


def change_settings(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Give settings with some values changed, by dotted key as in `load_settings`.

    Raises
    ------
    InputError
        With every finding at once.
    """
    base = settings.model_dump(mode="json", exclude_none=True)
    changed, findings = _nest(changes)
    findings += _find_other_units(base, changed, CHANGES, "")
    if not any(finding.fatal for finding in findings):
        try:
            return Settings.model_validate(override(base, changed))
        except ValidationError as error:
            findings += _explain_all(error.errors(), SHIPPED_SETTINGS, "", changed)
    raise InputError(findings)


def _leave_out(
    shipped: Mapping[str, Any], own: Mapping[str, Any], file: str, text: str
) -> tuple[dict[str, Any], list[Finding]]:
    """Leave out the shipped sections that a planner's file replaces: those of named entries, and the reference."""
    replaced = own.get("replaces", [])
    known = [name for name, field in Settings.model_fields.items() if get_origin(field.annotation) is dict]
    known.append("reference")  # it names metals and price levels
    wrong = [name for name in replaced if name not in known] if isinstance(replaced, list) else []
    cure = f"write sections of {', '.join(known)}"
    row = find_line(text, ("replaces",))
    findings = [
        Finding(file, row, "replaces", f"{name!r} is no section that can be replaced", cure, kind="bad-value")
        for name in wrong
    ]
    gone = replaced if isinstance(replaced, list) else []
    return {name: section for name, section in shipped.items() if name not in gone}, findings


def _read_text(path: Path | None) -> tuple[str, list[Finding]]:
    if path is None:
        return "", []
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except UnicodeDecodeError:
        cure = "save it as UTF-8, as TOML demands"
        return "", [Finding(path.name, 0, "", "the text is not UTF-8", cure, kind="encoding")]
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        return "", [Finding(path.name, 0, "", problem, "check the name and the rights of the file", kind="damaged")]


def _parse(text: str, path: Path | None) -> tuple[dict[str, Any], list[Finding]]:
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)|\(at end of document\)", str(error))
        row = int(found[1]) if found and found[1] else text.count("\n") + 1
        problem = f"not valid TOML: {str(error).split(' (at ')[0]}"
        cure = 'write key = value lines below [section] headers, texts in "quotation marks"'
        return {}, [Finding(path.name if path else "", row, "", problem, cure, kind="toml")]


def parse_value(text: str) -> Any:
    """Read a value as TOML would, or take it as plain text.

    Examples
    --------
    >>> parse_value("300"), parse_value("[1, 3]"), parse_value("open")
    (300, [1, 3], 'open')
    """
    try:
        parsed = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return parsed["value"] if set(parsed) == {"value"} else text


def _nest(changes: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    nested: dict[str, Any] = {}
    findings = []
    for dotted, value in changes.items():
        *parents, last = dotted.split(".")
        table = nested
        for key in parents:
            table = table.setdefault(key, {}) if isinstance(table, dict) else {}
        if not all([*parents, last]) or not isinstance(table, dict):
            problem, cure = f"{dotted!r} is no dotted key", "write section.key=value, such as policy.name=open"
            findings.append(Finding(CHANGES, 0, dotted, problem, cure, kind="unknown-key"))
            continue
        table[last] = parse_value(value) if isinstance(value, str) else value
    return nested, findings


def _find_other_units(base: Mapping[str, Any], new: Mapping[str, Any], file: str, text: str) -> list[Finding]:
    findings = []
    for path, unit, stated in _walk_units(base, new, ()):
        if unit != stated:
            problem, cure = f"the unit is {stated!r}", f"state the value in {unit!r}"
            dotted = ".".join(path)
            findings.append(Finding(file, find_line(text, path), dotted, problem, cure, kind="unit"))
    return findings


def _walk_units(
    base: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    for key, value in new.items():
        old = base.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            if is_quantity_table(old):
                yield (*path, key), old.get("unit"), value.get("unit", old.get("unit"))
            else:
                yield from _walk_units(old, value, (*path, key))


def _explain_all(details: list[ErrorDetails], file: str, text: str, changed: Mapping[str, Any]) -> Iterator[Finding]:
    missing: dict[tuple[str, ...], list[str]] = {}
    for detail in details:
        if detail["type"] == "missing" and isinstance(detail["loc"][-1], str):
            *parents, key = map(str, detail["loc"])
            missing.setdefault(tuple(parents), []).append(key)
        else:
            yield _explain(detail, file, text, changed)
    for path, keys in missing.items():
        dotted = ".".join(path)
        place, row = _locate(path, file, text, changed)
        problem = f"{dotted!r} is no shipped entry, and a new one must state every key"
        cure = f"add {', '.join(keys)}; or {_nearest_key(path)}"
        yield Finding(place, row, dotted, problem, cure, kind="missing-key")


def _explain(detail: ErrorDetails, file: str, text: str, changed: Mapping[str, Any]) -> Finding:
    kind, value, told = detail["type"], detail["input"], detail.get("ctx", {})
    path = tuple(map(str, takewhile(lambda key: isinstance(key, str), detail["loc"])))
    path += _split_key(told["key"]) if kind == "rule" else ()
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
    near = get_close_matches(path[-1], siblings, 1, 0.5)
    if near:
        return f"write {'.'.join((*path[:-1], near[0]))!r} if that is meant"
    return f"known keys there: {', '.join(siblings)}" if siblings else "remove it"


def _keys_beside(path: tuple[str, ...]) -> list[str]:
    model: Any = Settings
    shipped: Any = tomllib.loads((shipped_data_folder() / SHIPPED_SETTINGS).read_text(encoding="utf-8"))
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
    """Give the line of a TOML text that sets the key, or the nearest table above it; 0 where there is none."""
    header: tuple[str, ...] = ()
    best, depth = 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            header = _split_key(stripped.strip("[] "))
            here = header
        elif "=" in stripped and not stripped.startswith("#"):
            here = header + _split_key(stripped.split("=", 1)[0])
        else:
            continue
        if len(here) > depth and here == path[: len(here)]:
            best, depth = number, len(here)
    return best


def _split_key(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))

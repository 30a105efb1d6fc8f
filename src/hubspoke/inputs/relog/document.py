"""Read objects of a JSON document by key, gather what is wrong by path, and know what was never read."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import Finding, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Series = tuple[float, ...]
"""A number for each year of the case."""
LONGEST = 40
"""Letters of a value that are told."""


@dataclass
class Document:
    """A file, the years of its case, and what was found wrong in it.

    Attributes
    ----------
    file : str
        Name of the file.
    years : int
        Length of every series; 1 until the document states it.
    findings : list of Finding
        `column` is the path in the document.
    """

    file: str
    years: int = 1
    findings: list[Finding] = field(default_factory=list)

    def find(self, path: str, problem: str, cure: str, kind: str = "relog") -> None:
        """Add a finding."""
        self.findings.append(Finding(self.file, 0, path, problem, cure, kind=kind))

    def refuse(self) -> None:
        """Raise where anything was found."""
        if self.findings:
            raise InputError(self.findings)


def read_document(path: Path) -> tuple[Document, Node]:
    """Return a JSON file as its outermost object.

    Parameters
    ----------
    path : Path

    Returns
    -------
    document : Document
    root : Node

    Raises
    ------
    UsageError
        The file cannot be read.
    InputError
        It is not JSON, states a key twice, or is not an object.
    """
    document = Document(path.name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as UTF-8 text: {error}") from error

    def pair_up(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        for key in made:
            if [name for name, _ in pairs].count(key) > 1:
                document.find(key, "the key stands twice in one object", "leave one of them", "repeated-key")
        return made

    try:
        value = json.loads(text, object_pairs_hook=pair_up, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        document.find("", f"the file is not JSON: {error}", "give a case as RELOG reads it", "no-json")
        raise InputError(document.findings) from error
    root = Node(document, "", value if isinstance(value, dict) else {})
    if not isinstance(value, dict):
        document.find("", "the document is not an object", "give a case as RELOG reads it", "no-json")
    document.refuse()
    return document, root


class Node:
    """An object of the document: every key that is asked for counts as read."""

    def __init__(self, document: Document, path: str, value: dict[str, Any]) -> None:
        self.document = document
        self.path = path
        self.value = value
        self._read: set[str] = set()
        self._inner: list[Node] = []

    def at(self, key: str) -> str:
        """Return the path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Return whether the key is stated, as anything but null."""
        self._read.add(key)
        return self.value.get(key) is not None

    def leave(self, key: str) -> bool:
        """Return whether the key states anything that would have an effect, which the caller tells."""
        return self.has(key) and _has_effect(self.value[key])

    def inner(self, key: str, *, needed: bool = False) -> Node:
        """Return the object under a key, an empty one where it is left out."""
        value = self._take(key, {}, needed=needed)
        if not isinstance(value, dict):
            self.document.find(self.at(key), "is not an object", "write { ... }")
            value = {}
        made = Node(self.document, self.at(key), value)
        self._inner.append(made)
        return made

    def members(self) -> Iterator[tuple[str, Node]]:
        """Yield name and object of each member of this object, which maps names to objects."""
        for name in self.value:
            yield name, self.inner(name)

    def objects(self, key: str) -> list[Node]:
        """Return the objects of the list under a key."""
        value = self._take(key, [], needed=True)
        if not (isinstance(value, list) and all(isinstance(entry, dict) for entry in value)):
            self.document.find(self.at(key), "is not a list of objects", "write [{ ... }]")
            return []
        made = [Node(self.document, f"{self.at(key)}[{place}]", entry) for place, entry in enumerate(value)]
        self._inner += made
        return made

    def text(self, key: str) -> str:
        """Return the text under a key, an empty one where it is left out."""
        value = self._take(key, "")
        if not isinstance(value, str):
            self.document.find(self.at(key), f"{value!r} is not a text", "write the name of a product")
            return ""
        return value

    def texts(self, key: str) -> list[str]:
        """Return the list of texts under a key, an empty one where it is left out."""
        value = self._take(key, [])
        if not (isinstance(value, list) and all(isinstance(entry, str) for entry in value)):
            self.document.find(self.at(key), "is not a list of texts", 'write ["a", "b"]')
            return []
        return value

    def number(self, key: str, default: float | None = None, *, least: float = -math.inf) -> float:
        """Return the number under a key; it is needed unless there is a default."""
        value = self._take(key, default, needed=default is None)
        return self._number(value, self.at(key), least)

    def numbers(self, key: str) -> list[float]:
        """Return the list of numbers under a key."""
        value = self._take(key, [])
        value = value if isinstance(value, list) else [value]
        return [self._number(entry, f"{self.at(key)}[{place}]", -math.inf) for place, entry in enumerate(value)]

    def series(self, key: str, default: float | None = None, *, least: float = -math.inf) -> Series:
        """Return a number for each year: a list of them, or one number that holds in all years."""
        value = self._take(key, default, needed=default is None)
        return self._series(value, key, least)

    def limits(self, key: str, default: float) -> Series:
        """Return a limit for each year, infinite where it is null; `default` where the key is left out."""
        self._read.add(key)
        value = self.value.get(key, default) if key in self.value else default
        if isinstance(value, list):
            value = [math.inf if entry is None else entry for entry in value]
        return self._series(math.inf if value is None else value, key, 0.0, endless=True)

    def unread(self) -> list[str]:
        """Return the paths of all that was never asked for, in this object and those inside it."""
        own = [self.at(key) for key in self.value if key not in self._read]
        return own + [path for inner in self._inner for path in inner.unread()]

    def _take(self, key: str, default: Any, *, needed: bool = False) -> Any:
        self._read.add(key)
        value = self.value.get(key)
        if value is None and needed:
            self.document.find(self.at(key), "is missing", "state it, as RELOG asks for it", "missing-key")
        return default if value is None else value

    def _series(self, value: Any, key: str, least: float, *, endless: bool = False) -> Series:
        years = self.document.years
        if not isinstance(value, list):
            return (self._number(value, self.at(key), least, endless=endless),) * years
        if len(value) != years:
            problem = f"{len(value)} numbers for {years} years"
            self.document.find(self.at(key), problem, "write one number, or one for each year", "wrong-length")
            return (0.0,) * years
        told = [(f"{self.at(key)}[{place}]", entry) for place, entry in enumerate(value)]
        return tuple(self._number("" if entry is None else entry, path, least, endless=endless) for path, entry in told)

    def _number(self, value: Any, path: str, least: float, *, endless: bool = False) -> float:
        if value is None:  # missing, which is told already
            return 0.0
        known = isinstance(value, int | float) and not isinstance(value, bool)
        if not known or not (math.isfinite(value) or (endless and value > 0)):
            told = repr(value) if len(repr(value)) <= LONGEST else f"{repr(value)[:LONGEST]} ..."
            self.document.find(path, f"{told} is not a number", "write a number", "no-number")
            return 0.0
        number = float(value)
        if number < least:
            self.document.find(path, f"{number:g} is below {least:g}", f"write {least:g} or more", "no-number")
            return 0.0
        return number


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _has_effect(value: Any) -> bool:
    """Return whether any number but 0 stands in a value."""
    if isinstance(value, dict):
        return any(_has_effect(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_has_effect(inner) for inner in value)
    return value is not None and value != 0

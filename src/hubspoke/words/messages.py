"""Say in Japanese what errors and findings say in English, by the templates that their English is made of.

Whoever raises an error writes its English, with values in place; a catalogue has the Japanese of every such text, with
holes where the values stand. The values are read back from the English and put into the Japanese. Values that are texts
of the catalogue in turn, such as a hint behind a cure, are said in Japanese, too; anything else stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from hubspoke.base.errors import BilingualError
from hubspoke.words.counted import say_one
from hubspoke.words.japanese.catalogue import CATALOGUE, FRAMES, NOUNS, PLACES, WORD_HOLES
from hubspoke.words.japanese.system import SYSTEM
from hubspoke.words.templates import NAMED, Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.base.errors import HubspokeError
    from hubspoke.words.language import Lang

BETWEEN, STOP = "; ", "。"
"""What stands between two sentences of a text and begins a hint behind it, in English and in Japanese."""
HINTS = ("; did you mean ", "; known: ")
"""How a hint begins that stands behind a whole text, and not in the hole that ends it."""
LISTED, EITHER = re.compile(r", or |, | or "), "、または"
"""What stands between cures of which one will do."""
ENDS = ("; ", ", ", " (", " or ", " and ", " each")
"""How a text begins that stands at the end of another."""
PARTS = ("sheet", "layer")
"""Parts of files that stand behind their name, with a comma between."""
START = 4
"""Letters by which templates are looked up."""
DEEPEST = 5
"""Values inside values that are looked at."""


@lru_cache(maxsize=1)
def load_templates() -> tuple[Template, ...]:
    """Return all templates, those first that say most themselves."""
    made = [Template.build(english, japanese) for english, japanese in CATALOGUE.items()]
    return tuple(sorted(made, key=lambda template: -template.length))


@lru_cache(maxsize=1)
def load_ends() -> tuple[Template, ...]:
    """Return the templates of what stands at the end of texts, those first that say most."""
    return tuple(template for template in load_templates() if template.parts[0].startswith(ENDS))


@lru_cache(maxsize=4096)
def find_likely(start: str) -> tuple[Template, ...]:
    """Return the templates that a text may be of which begins with some letters, those first that say most.

    Parameters
    ----------
    start : str
        Its first letters, `START` of them.
    """
    return tuple(template for template in load_templates() if start.startswith(template.parts[0][:START]))


@lru_cache(maxsize=1)
def load_frames() -> tuple[Template, ...]:
    """Return the templates that findings are listed by, in the order in which they are tried."""
    return tuple(Template.build(english, japanese) for english, japanese in FRAMES.items())


@lru_cache(maxsize=1)
def load_places() -> tuple[Template, ...]:
    """Return the templates that their places are told by, in the order in which they are tried."""
    return tuple(Template.build(english, japanese) for english, japanese in PLACES.items())


def translate(text: str, lang: Lang) -> str:
    """Return what an error, a finding or a warning says in a language.

    Parameters
    ----------
    text : str
        The English, of one line or several.
    lang : {"en", "ja"}

    Returns
    -------
    str
        The English, which speaks of one thing as one; also where the catalogue has no such text.

    Examples
    --------
    >>> translate("sites.csv, row 3, column lat: '3x' is not a number -> write a number", "ja")
    "sites.csv 3行目（lat）：'3x' は数値でない → 数値を書く"
    >>> translate("my own words", "ja")
    'my own words'
    """
    return say_one(text) if lang == "en" else "\n".join(map(_say_line, text.split("\n")))


def say_error(error: HubspokeError, lang: Lang) -> str:
    """Return what an error says in a language.

    Parameters
    ----------
    error : HubspokeError
    lang : {"en", "ja"}
    """
    own = error.japanese if lang == "ja" and isinstance(error, BilingualError) else ""
    return own or translate(str(error), lang)


def _say_line(line: str) -> str:
    """Return a line in Japanese: a finding by its frame, since what it says may be like anything, else as it is."""
    text = line.lstrip(" ")
    told = _find(line, DEEPEST) if _find_frame(text) is None else None
    return line[: len(line) - len(text)] + (_find_frame(text) or _say(text, DEEPEST)) if told is None else told


def _find_frame(text: str) -> str | None:
    """Return a finding in Japanese; None where the text is none."""
    for template in load_frames():
        values = template.match(text)
        if values is not None:
            told = {
                name: _say_place(value) if name == "place" else _say(value, DEEPEST) for name, value in values.items()
            }
            return template.japanese.format(**told)
    return None


def _say_place(text: str) -> str:
    """Return the place of a finding in Japanese."""
    for template in load_places():
        values = template.match(text)
        if values is not None:
            return template.japanese.format(**values | {"file": _say_file(values["file"])})
    return _say_file(text)


def _say_file(text: str) -> str:
    """Return the name of a file with that of its sheet or layer, if any, in Japanese."""
    for noun in PARTS:
        text = text.replace(f", {noun} ", f" {NOUNS[noun]} ")
    return text


def _say(text: str, depth: int) -> str:
    """Return a text in Japanese: as a whole, else by its sentences, else as it is."""
    whole = _find(text, depth)
    if whole is not None:
        return whole
    name, colon, rest = text.partition(NAMED)
    said = _find(rest, depth) if colon else None
    if said is not None:
        return f"{_find(name, depth) or name}：{said}"
    for at in _breaks(text):
        first, second = _find(text[:at], depth), _find(text[at:], depth)
        if first is not None or second is not None:
            rest = STOP + _say(text[at + len(BETWEEN) :], depth - 1) if second is None else second
            return (text[:at] if first is None else first) + rest
    return _say_list(text, depth)


def _say_list(text: str, depth: int) -> str:
    """Return a list of cures in Japanese where each of them is known, else the text as it is."""
    said = [_find(part, depth) for part in re.split(LISTED, text)]
    return EITHER.join(map(str, said)) if len(said) > 1 and None not in said else _say_end(text, depth)


def _say_end(text: str, depth: int) -> str:
    """Return a text whose end alone is of the catalogue, such as a hint behind a value, with that in Japanese."""
    for template in load_ends():
        at = text.find(template.parts[0])
        if at > 0 and depth > 0 and (values := template.match(text[at:])) is not None:
            return _say(text[:at], depth - 1) + template.japanese.format(**_say_values(values, depth - 1))
    return text


def _breaks(text: str) -> Iterator[int]:
    """Yield where one sentence of a text ends and another begins, the last first."""
    at = text.rfind(BETWEEN)
    while at > 0:
        yield at
        at = text.rfind(BETWEEN, 0, at)


def _say_values(values: Mapping[str, str], depth: int) -> dict[str, str]:
    """Return the values of a template in Japanese."""
    return {
        name: NOUNS.get(value, value) if name in WORD_HOLES else _say(value, depth) for name, value in values.items()
    }


def _take_hint(template: Template, values: dict[str, str]) -> str:
    """Take a hint such as a name that is nearest off the last value of a text, and return it: it ends the text."""
    name = next(reversed(values), "")
    starts = (
        [values[name].find(hint) for hint in HINTS if hint in values[name]] if name and not template.parts[-1] else []
    )
    if not starts:
        return ""
    hint = values[name][min(starts) :]
    values[name] = values[name][: min(starts)]
    return hint


def _find(text: str, depth: int) -> str | None:
    """Return the Japanese of a text that was made of a template, or of the end of one; None where it was not."""
    if not text or depth == 0:
        return None
    if text in SYSTEM:
        return SYSTEM[text]
    for template in find_likely(text[:START]):
        values = template.match(text)
        if values is not None:
            behind = _take_hint(template, values)
            told = template.japanese.format(**_say_values(values, depth - 1))
            return told + ((_find(behind, depth - 1) or behind) if behind else "")
    hint = None if text.startswith(BETWEEN) else _find(BETWEEN + text, depth)
    return None if hint is None else hint.removeprefix(STOP)

"""The findings of a study in lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.analysis.study.findings.sentence import SECTIONS
from hubspoke.analysis.study.words import page_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.study.findings.gather import Found
    from hubspoke.words.language import Lang

SHOWN = 6
"""Most findings of a section."""


def tell_study(found: Found, lang: Lang = "en") -> str:
    """Return the findings of a study in lines for a terminal.

    Parameters
    ----------
    found : Found
    lang : {"en", "ja"}
    """
    return "\n".join(_lines(found, lang)).strip("\n")


def _lines(found: Found, lang: Lang) -> Iterator[str]:
    speaker, words = found.speaker(lang), page_words(found.done.study.settings, lang)
    for name in SECTIONS:
        yield words[name]
        rows = found.of(name)
        yield from (f"  - {speaker.say(one)}" for one in rows[:SHOWN])
        if not rows:
            yield f"  {words['nothing']}"
        if len(rows) > SHOWN:
            yield f"  {words['more'].format(n=len(rows) - SHOWN)}"
        yield ""
    if failed := [words[f"name_{name}"] for name in found.done.failures]:
        yield words["failed"].format(names=", ".join(failed))

"""English texts with holes for numbers, in which one thing is spoken of as one: "1 hub is", not "1 hubs are"."""

from __future__ import annotations

import re

NOUNS = (
    "sites|hubs|refineries|plants|plans|years|cases|regions|sets|candidates|cities|places|rows|companies|members|names|"
    "scenarios|points|furnaces|ports|borders|analyses|cells|centres|choices|coalitions|columns|deliveries|distances|"
    "fields|flows|futures|keys|lanes|numbers|options|pairs|problems|products|samples|settings|sizes|sources|steps|"
    "times|toss-ups|trips|warnings"
)
"""Things that are counted in texts."""
VERBS = {
    "are": "is", "have": "has", "stay": "stays", "deliver": "delivers", "stand": "stands", "change": "changes",
    "do": "does", "make": "makes", "need": "needs", "remain": "remains",
}  # fmt: skip
"""What they do, by what one of them does."""
_HAS_COUNT = re.compile(rf"\}} (?:of )?(?:the )?(?:\{{|(?:[a-z]+ )?(?:{NOUNS})\b|(?:{'|'.join(VERBS)})\b)")
_DO = rf"(?P<do> (?:{'|'.join(VERBS)})\b)?"
_ONLY = re.compile(rf"(?<![\w.,])(?:(?P<all>All) 1|1 of (?:the )?1) (?P<kind>(?:[a-z]+ )?)(?P<many>{NOUNS})\b{_DO}")
_ONE_OF = re.compile(
    rf"(?<![\w.,])(?P<of>1 of (?:the )?[\d,]+ (?:[a-z]+ )?(?:{NOUNS}))(?P<do> (?:{'|'.join(VERBS)})\b)"
)
_ONE = re.compile(rf"(?<![\w.,])1 (?P<kind>(?:[a-z]+ )?)(?P<many>{NOUNS})\b{_DO}")


class Counted(str):
    """A text that speaks of one thing as one when its holes are filled."""

    __slots__ = ()

    def format(self, *args: object, **named: object) -> str:
        """Return the text with its holes filled."""
        return say_one(super().format(*args, **named))


def count_well(text: str) -> str:
    """Return an English text such that one thing is spoken of as one, if it counts any in its holes.

    Parameters
    ----------
    text : str
        As `str.format` takes it.

    Examples
    --------
    >>> count_well("{} of {} hubs are full").format(1, 3)
    '1 of 3 hubs is full'
    """
    return Counted(text) if _HAS_COUNT.search(text) else text


def say_one(text: str) -> str:
    """Return an English text in which one thing is spoken of as one.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> say_one("1 hubs are open, 1 of 1 refineries is full, 21 sites stay")
    '1 hub is open, the only refinery is full, 21 sites stay'
    """
    if "1 " not in text:
        return text
    text = _ONLY.sub(_say_only, text)
    text = _ONE_OF.sub(lambda found: f"{found['of']} {VERBS[found['do'].strip()]}", text)
    return _ONE.sub(lambda found: f"1 {found['kind']}{_singular(found['many'])}{_verb(found['do'])}", text)


def _say_only(found: re.Match[str]) -> str:
    the = "The" if found["all"] else "the"
    return f"{the} only {found['kind']}{_singular(found['many'])}{_verb(found['do'])}"


def _singular(many: str) -> str:
    if many == "analyses":
        return "analysis"
    return f"{many[:-3]}y" if many.endswith("ies") else many[:-1]


def _verb(do: str | None) -> str:
    return f" {VERBS[do.strip()]}" if do else ""

"""What policies are called in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.words.language import Lang

JAPANESE = {
    "regional": "地域完結（regional）",
    "shared-refinery": "製錬所共用（shared-refinery）",
    "open": "制約なし（open）",
}
"""With the name that settings and commands take behind it; in English that name is the word."""


def say_policy(name: str, lang: Lang) -> str:
    """Return what a policy is called.

    Parameters
    ----------
    name : str
        As in `policy.name`; anything else is called as it is.
    lang : {"en", "ja"}

    Examples
    --------
    >>> say_policy("open", "en"), say_policy("open", "ja")
    ('open', '制約なし（open）')
    """
    return JAPANESE.get(name, name) if lang == "ja" else name

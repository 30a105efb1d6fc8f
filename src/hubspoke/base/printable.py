"""Keep texts of files from steering the terminal that they are written to."""

from __future__ import annotations

import unicodedata

KEPT = "\n\t"
"""Control characters that text is set with."""
CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories of what is not seen: control and format characters, such as ESC and those that turn the direction
of writing, halves of characters, private ones, and separators of lines. Blanks of any width are seen."""


def escape_controls(text: str) -> str:
    r"""Return a text with every character that is not seen written as an escape; line ends and tabs stay.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> print(escape_controls("red \x1b[31m, turned \u202e, wide\u3000blank"))
    red \x1b[31m, turned \u202e, wide　blank
    """
    if text.isprintable():
        return text
    return "".join(
        sign if sign in KEPT or unicodedata.category(sign) not in CONTROLS else sign.encode("unicode_escape").decode()
        for sign in text
    )

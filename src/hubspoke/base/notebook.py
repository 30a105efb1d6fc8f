"""Show an object in a notebook, or at the prompt, by its main figures."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def in_one_line(name: str, figures: Mapping[str, object]) -> str:
    """Return an object as `Name(figure=..., ...)`.

    Parameters
    ----------
    name : str
        Name of its class.
    figures : mapping of str to any

    Returns
    -------
    str

    Examples
    --------
    >>> in_one_line("Network", {"sites": 3, "title": "A"})
    "Network(sites=3, title='A')"
    """
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in figures.items())})"


def as_html(name: str, figures: Mapping[str, object], text: str = "") -> str:
    """Return an object as a small table of HTML.

    Parameters
    ----------
    name : str
        Name of its class.
    figures : mapping of str to any
        Shown as text, escaped.
    text : str
        Set below the table with its blanks and line ends, escaped.

    Returns
    -------
    str
    """
    rows = "".join(f"<tr><th>{escape(key)}</th><td>{escape(str(value))}</td></tr>" for key, value in figures.items())
    below = f"<pre>{escape(text)}</pre>" if text else ""
    return f"<div><strong>{escape(name)}</strong><table>{rows}</table>{below}</div>"

"""Let the colours of hubs in a picture follow the reader into the night."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hubspoke.outputs.maps.colours import draw_line_in

if TYPE_CHECKING:
    from collections.abc import Iterable


def follow_night(svg: str, colours: Iterable[str]) -> str:
    """Return SVG in which colours are those of lines on a map by night, while a screen is dark; paper keeps them.

    Parameters
    ----------
    svg : str
    colours : iterable of str
        Such as #332288; what is drawn in others stays.
    """
    known = sorted(set(colours))
    told = "".join(f"--hue-{colour[1:]}:{draw_line_in(colour, dark=True)};" for colour in known)
    style = f"<style>@media screen and (prefers-color-scheme: dark){{:root{{{told}}}}}</style>" if known else ""
    drawn = re.sub(
        r'(fill|stroke)="(#[0-9a-fA-F]{6})"',
        lambda found: f'{found[1]}="var(--hue-{found[2][1:]}, {found[2]})"' if found[2] in known else found[0],
        svg,
    )
    return style + drawn

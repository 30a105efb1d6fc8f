"""The folium elements of a map: page, data, panel and legend.

branca compiles what a macro returns once more as a template, so that `{{` in a name would be run. Whatever holds
names therefore goes into the page as `Raw`, never through a macro.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from hubspoke.outputs.maps.offline import inline_scripts, inline_styles, read_asset, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping


class Raw(Element):
    """Text that goes into the page as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_kwargs: Any) -> str:
        """Return the text."""
        return self._text


class Page(Figure):
    """A page with language and title, and everything inline."""

    _template = Template(read_asset("page.html"))

    def __init__(self, lang: str, title: str) -> None:
        super().__init__()
        self.lang = lang
        self.title = title
        self.header.add_child(Raw(inline_styles()), name="hubspoke_styles")
        self.header.add_child(Raw(inline_scripts()), name="hubspoke_scripts")

    def render(self, **kwargs: Any) -> str:
        """Render; what the map's elements add to the page on the way is taken back, so that once more is the same."""
        parts = (self.header, self.html, self.script)
        before = [part._children.copy() for part in parts]  # noqa: SLF001 - branca has no other way
        text = str(super().render(**kwargs))
        for part, children in zip(parts, before, strict=True):
            part._children = children  # noqa: SLF001
        return text


class PlanMap(folium.Map):
    """A folium map in one file that opens with the network off.

    More folium layers can be added before `save`; those that load something need the network again.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - as folium declares it
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - as folium declares it
    _template = Template(read_asset("map.html"))

    def __init__(self, lang: str, title: str, label: str) -> None:
        super().__init__(location=[37.0, 137.0], tiles=None)
        self._id = "plan"
        self.label = label
        self.page = Page(lang, title)
        self.page.add_child(self, name="map")

    def add_page_text(self, name: str, text: str) -> None:
        """Put finished HTML into the page, outside the map."""
        self.page.html.add_child(Raw(text), name=name)

    def add_data(self, payload: Mapping[str, Any]) -> None:
        """Put the data for the browser into the page."""
        text = write_json(payload)
        self.add_page_text("data", f'<script type="application/json" id="hubspoke-data">{text}</script>')


class Finish(MacroElement):
    """The last call of the page's script: what needs all layers to be there."""

    _template = Template(
        "{% macro script(this, kwargs) %}hubspoke.finish({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Finish"
        self._id = "plan"


def fill_template(name: str, **values: Any) -> str:
    """Fill one of the page's templates; every value is escaped."""
    return str(_compile(name).render(**values))


@cache
def _compile(name: str) -> Template:
    made: Template = Template(read_asset(name))
    return made

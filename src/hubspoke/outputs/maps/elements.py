"""Build the page of a map from folium elements: data, panel, legend, and the map itself.

What a macro returns is compiled by branca as a template once more, so that `{{` in a name would be run. Therefore
whatever holds names goes into the page as `Raw`, never through a macro.
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
    """An HTML page with a language and a title, which loads nothing."""

    _template = Template(read_asset("page.html"))

    def __init__(self, lang: str, title: str) -> None:
        super().__init__()
        self.lang = lang
        self.title = title
        self.header.add_child(Raw(inline_styles()), name="hubspoke_styles")
        self.header.add_child(Raw(inline_scripts()), name="hubspoke_scripts")

    def render(self, **kwargs: Any) -> str:
        """Return the page as HTML; rendering it again gives the same.

        The elements of the map add to the page while they are rendered; what they added is removed afterwards.
        """
        parts = (self.header, self.html, self.script)
        before = [part._children.copy() for part in parts]  # noqa: SLF001 - branca has no other way
        text = str(super().render(**kwargs))
        for part, children in zip(parts, before, strict=True):
            part._children = children  # noqa: SLF001
        return text


class PlanMap(folium.Map):
    """A folium map in one file that opens without the network.

    More folium layers can be added before `save`; those that load something need the network again.

    Parameters
    ----------
    lang : str
        Language of the page.
    title : str
        Title of the page.
    label : str
        What the map shows, for those who cannot see it.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - as folium declares it
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - as folium declares it
    _template = Template(read_asset("map.html"))

    def __init__(self, lang: str, title: str, label: str) -> None:
        super().__init__(location=[37.0, 137.0], tiles=None)
        self._id = "plan"
        self.label = label
        self.page: Page = Page(lang, title)
        self.page.add_child(self, name="map")

    def add_page_text(self, name: str, text: str) -> None:
        """Put finished HTML into the page, outside the map.

        Parameters
        ----------
        name : str
            A name for the element; the same name replaces it.
        text : str
            HTML.
        """
        self.page.html.add_child(Raw(text), name=name)

    def add_data(self, payload: Mapping[str, Any]) -> None:
        """Put the data for the browser into the page, as JSON that cannot run.

        Parameters
        ----------
        payload : mapping
            What `build_payload` returns.
        """
        text = write_json(payload)
        self.add_page_text("data", f'<script type="application/json" id="hubspoke-data">{text}</script>')


class Finish(MacroElement):
    """The last call of the page's script, which needs all layers to be there."""

    _template = Template(
        "{% macro script(this, kwargs) %}hubspoke.finish({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Finish"
        self._id = "plan"


def fill_template(name: str, **values: Any) -> str:
    """Fill one of the page's templates.

    Parameters
    ----------
    name : str
        File among the assets.
    **values
        Values by name in the template; their texts are escaped.

    Returns
    -------
    str
        HTML.
    """
    return str(_compile(name).render(**values))


@cache
def _compile(name: str) -> Template:
    made: Template = Template(read_asset(name))
    return made

"""Draw a plan as a map: one HTML file that opens with the network off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
from folium.utilities import JsCode

from hubspoke.errors import UsageError
from hubspoke.maps.elements import CanvasLayer, Finish, PlanMap, fill_template
from hubspoke.maps.figures import state_figures
from hubspoke.maps.legend import choose_samples
from hubspoke.maps.outlines import outline_layers
from hubspoke.maps.payload import build_payload
from hubspoke.maps.words import get_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.maps.drawable import Drawable, Lang

_LANGUAGES: dict[str, Lang] = {"en": "en", "ja": "ja"}
_LAYERS = ("hubs", "refineries", "candidates", "sites", "packs", "black_mass_flows")


def draw_map(
    plan: Drawable, *, region: str | None = None, lang: str = "en", links: Mapping[str, str] | None = None
) -> PlanMap:
    """Draw the map of a plan.

    Parameters
    ----------
    plan : Plan
        What the optimiser answered.
    region : str, optional
        Draw this region; all of Japan when None.
    lang : {"en", "ja"}
        Language of labels, names and numbers.
    links : mapping of str to str, optional
        Relative addresses of other maps by region; the key "" leads back to the national map.

    Returns
    -------
    PlanMap
        A folium map; `save` writes it as one self-contained HTML file.

    Raises
    ------
    UsageError
        The region or language is unknown, or a link is not relative.
    """
    language = _check(plan, region, lang)
    words = get_words(language)
    figures = state_figures(plan, words, region=region, lang=language, links=links or {})
    payload = build_payload(plan, words, region=region, lang=language)
    drawn = PlanMap(lang, f"{figures.heading} – {figures.area} {plan.year}", words["map"])
    drawn.add_data(payload)
    texts: dict[str, Any] = {"words": words, "plan": plan, "hubs": _rank_hubs(payload["plants"])}
    drawn.add_page_text("panel", fill_template("panel.html", figures=figures, **texts))
    drawn.add_page_text("legend", fill_template("legend.html", **choose_samples(payload), **texts))
    for outline in outline_layers(plan.outlines, region):
        outline.add_to(drawn)
    for kind in _LAYERS:
        CanvasLayer(kind, words[kind], show=kind != "candidates" or region is not None).add_to(drawn)
    collapsed: Any = JsCode("hubspoke.isSmall()")
    control = folium.LayerControl(collapsed=collapsed)
    control._id = "plan"  # noqa: SLF001 - a fixed name, so that the same plan gives the same bytes
    control.add_to(drawn)
    Finish().add_to(drawn)
    return drawn


def _rank_hubs(plants: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """List the hubs in use with their place in the data, the largest first."""
    used = [pair for pair in enumerate(plants) if pair[1]["kind"] == "hub" and pair[1]["state"] == "open"]
    return sorted(used, key=lambda pair: -(pair[1]["load"] or 0))


def _check(plan: Drawable, region: str | None, lang: str) -> Lang:
    known = plan.regions["region"].astype(str).tolist()
    if region is not None and region not in known:
        raise UsageError(f"the plan has no region {region!r}; it has {', '.join(known)}")
    if lang not in _LANGUAGES:
        raise UsageError(f"maps speak {' and '.join(_LANGUAGES)}, not {lang!r}")
    return _LANGUAGES[lang]

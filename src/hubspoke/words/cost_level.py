"""Name the level of costs that a plan rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang


def describe_costs(settings: Settings, lang: Lang = "en") -> str:
    """Return key and name of the level of costs.

    Parameters
    ----------
    settings : Settings
    lang : {"en", "ja"}

    Returns
    -------
    str
        Empty where it is the first one, which is the usual.
    """
    costs = settings.costs
    if costs.level == next(iter(costs.levels)):
        return ""
    name = costs.chosen.name_ja if lang == "ja" else costs.chosen.name_en
    return f"{costs.level}（{name}）" if lang == "ja" else f"{costs.level} ({name})"

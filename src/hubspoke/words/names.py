"""Names of plans, regions, plants and technologies in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang


def name_title(title: str, settings: Settings, lang: str) -> str:
    """Return the title of a plan in one language; a title that is not that of its settings stays as it is.

    Parameters
    ----------
    title : str
        Title of the plan.
    settings : Settings
        Those of the plan, whose title may be given in Japanese too.
    lang : {"en", "ja"}
    """
    own = lang == "ja" and title == settings.title
    return str((own and settings.title_ja) or title)


def name_regions(regions: pd.DataFrame, lang: Lang) -> dict[str, str]:
    """Return the name of every region in one language, by identifier.

    Parameters
    ----------
    regions : DataFrame
        Table of regions of a plan.
    lang : {"en", "ja"}
    """
    return {
        str(row.region): str(row.name_ja if lang == "ja" and row.name_ja else row.name_en or row.region)
        for row in regions.itertuples()
    }


def name_plant(plant: Mapping[Any, Any], lang: Lang) -> str:
    """Return the name of a plant in one language, or whatever name it has.

    Parameters
    ----------
    plant : mapping
        A row of hubs or refineries: `id`, `name`, `name_ja`.
    lang : {"en", "ja"}
    """
    return str((plant["name_ja"] if lang == "ja" else "") or plant["name"] or plant["name_ja"] or plant["id"])


def name_technology(settings: Settings, technology: str, lang: Lang) -> str:
    """Return the name of a technology of hubs or refineries; an unknown one is its own name.

    Parameters
    ----------
    settings : Settings
    technology : str
        Key of a technology or of an electric furnace.
    lang : {"en", "ja"}
    """
    known = {**settings.hub_technologies, **settings.refinery_technologies, **settings.furnaces}.get(technology)
    return technology if known is None else str(getattr(known, f"name_{lang}"))

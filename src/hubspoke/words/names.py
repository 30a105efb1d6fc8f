"""Names of plans, regions, plants and technologies in one language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from hubspoke.settings.technologies import split_technologies
from hubspoke.words.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang

FEW_REGIONS = 3
"""So many regions are named one by one, where the whole is to be named."""


class Planned(Protocol):
    """What a plan is named after."""

    @property
    def policy(self) -> str:
        """Name of the rules it keeps."""
        ...

    @property
    def year(self) -> int:
        """Year whose packs are planned."""
        ...


def name_plans(plans: Sequence[Planned]) -> tuple[str, ...]:
    """Return a name for each of several plans: policy and year, numbered where alike.

    Parameters
    ----------
    plans : sequence of PlanData
        In the order in which they are shown.

    Returns
    -------
    tuple of str
        One name for each plan, no two alike.
    """
    return number_alike([f"{plan.policy} {plan.year}" for plan in plans])


def number_alike(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names with a number behind every one that has been used before.

    Parameters
    ----------
    names : sequence of str

    Returns
    -------
    tuple of str
        In the same order, no two alike.

    Examples
    --------
    >>> number_alike(["open 2040", "regional 2040", "open 2040"])
    ('open 2040', 'regional 2040', 'open 2040 (2)')
    """
    numbered: list[str] = []
    for name in names:
        told, number = name, 1
        while told in numbered:
            number += 1
            told = f"{name} ({number})"
        numbered.append(told)
    return tuple(numbered)


def name_title(title: str, settings: Settings, lang: str) -> str:
    """Return the title of a plan in one language; a title that is not that of its settings stays as it is.

    Parameters
    ----------
    title : str
        Title of the plan.
    settings : Settings
        Those of the plan, whose title may be given in Japanese too.
    lang : {"en", "ja"}

    Returns
    -------
    str
    """
    own = lang == "ja" and title == settings.title
    return str((own and settings.title_ja) or title)


def name_regions(regions: pd.DataFrame, lang: Lang) -> dict[str, str]:
    """Return the name of every region in one language, by identifier.

    Parameters
    ----------
    regions : DataFrame
        Table of regions of a plan: `region`, `name_en`, `name_ja`.
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
        The identifier itself for a region without a name.
    """
    rows = zip(*(regions[name].tolist() for name in ("region", "name_en", "name_ja")), strict=True)
    return {str(region): str(ja if lang == "ja" and ja else en or region) for region, en, ja in rows}


def name_region(regions: pd.DataFrame, region: str) -> dict[str, str]:
    """Return the name of one region by language.

    Parameters
    ----------
    regions : DataFrame
        As for `name_regions`.
    region : str
        The identifier, which is the name where there is none.

    Returns
    -------
    dict of str to str
    """
    return {lang: name_regions(regions, lang).get(region, region) for lang in LANGUAGES}


def name_plant(plant: Mapping[Any, Any], lang: Lang) -> str:
    """Return the name of a plant in one language, or whatever name it has.

    Parameters
    ----------
    plant : mapping
        A row of hubs or refineries: `id`, `name`, `name_ja`.
    lang : {"en", "ja"}

    Returns
    -------
    str
        The identifier of a plant without a name.
    """
    return str((plant["name_ja"] if lang == "ja" else "") or plant["name"] or plant["name_ja"] or plant["id"])


def name_technology(settings: Settings, technology: str, lang: Lang) -> str:
    """Return the name of a technology of hubs or refineries, or of each of several; an unknown one is its own name.

    Parameters
    ----------
    settings : Settings
    technology : str
        Key of a technology or of an electric furnace; keys separated by `;` where a plant may have several.
    lang : {"en", "ja"}

    Returns
    -------
    str
    """
    every = {**settings.hub_technologies, **settings.refinery_technologies, **settings.furnaces}
    names = split_technologies(technology)
    told = [str(getattr(every[name], f"name_{lang}")) if name in every else name for name in names]
    return ("または" if lang == "ja" else " or ").join(told)


_KINDS = {
    "en": re.compile(
        r" (?:(?:LiB |lithium )?recycling plant|smelting works|plant|works|"
        r"(?:smelter and )?refinery|smelter|factory|coast)$",
        re.IGNORECASE,
    ),
    "ja": re.compile("(?:(?:リサイクル)?工場|事業所|製錬所|製作所|製造所)$"),
}
"""What kind of plant it is, at the end of a name: symbols and columns say that already."""
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
_PLACE = re.compile(r"[A-Z][a-z]+(?: district)?(?: \d+)?")
"""What may be the place of a part of a works."""
_SIDES = ("North", "South", "East", "West", "New", "Port")
_LEAST = 2


def shorten_plant(plant: Mapping[Any, Any], lang: Lang) -> str:
    """Return a short name of a plant for labels and narrow tables: its place, without operator, kind and brackets.

    Parameters
    ----------
    plant : mapping
        A row of hubs or refineries: `id`, `name`, `name_ja`, and `operator` where there is one.
    lang : {"en", "ja"}

    Returns
    -------
    str
        The whole name where nothing would be left of it.

    Examples
    --------
    >>> row = {"id": "a", "name": "Taiheiyo Cement Kamiiso plant", "name_ja": "", "operator": "Taiheiyo Cement"}
    >>> shorten_plant(row, "en")
    'Kamiiso'
    >>> shorten_plant({"id": "b", "name": "Sendai-Shiogama port, Sendai district", "name_ja": ""}, "en")
    'Sendai-Shiogama port'
    >>> shorten_plant({"id": "c", "name": "Saganoseki smelter and refinery", "name_ja": ""}, "en")
    'Saganoseki'
    >>> shorten_plant({"id": "d", "name": "Ube Cement Kyushu plant, Kurosaki", "name_ja": ""}, "en")
    'Kurosaki'
    >>> shorten_plant({"id": "f", "name": "SMM Toyo and Niihama recycling plant", "name_ja": ""}, "en")
    'Toyo and Niihama'
    >>> shorten_plant({"id": "e", "name": "", "name_ja": "デイ・シイ 川崎工場"}, "ja")
    '川崎'
    """
    whole = name_plant(plant, lang)
    bare = _BRACKETS.sub("", whole)
    if lang == "ja" and " " in bare and _is_works(bare):
        bare = bare.split()[-1]  # the operator stands before it
    name, *parts = (part.strip() for part in re.split(r", | / |・", bare))
    if lang == "en" and parts and _KINDS["en"].search(name) and _PLACE.fullmatch(parts[0]):
        name = parts[0]  # the part of a works, which has a place of its own
    operator = _BRACKETS.sub("", str(plant.get("operator", ""))).strip()
    if lang == "en" and operator and name.startswith(f"{operator} "):
        name = name[len(operator) :].strip()
    short = _KINDS[lang].sub("", name).strip()
    words = short.split()
    if lang == "en" and short != name and len(words) > _LEAST and words[-1] not in _SIDES:
        at = words.index("and") - 1 if "and" in words[1:-1] else -1  # a works at two places is called by both
        short = " ".join(words[at:])  # works are named operator first
    return next(one for one in (short, name, whole) if len(one) >= min(_LEAST, len(whole)))


def shorten_plants(plants: Sequence[Mapping[Any, Any]], lang: Lang) -> dict[str, str]:
    """Return the short name of each plant by its id; the whole one without brackets where another plant's is as short.

    Parameters
    ----------
    plants : sequence of mapping
        As for `shorten_plant`.
    lang : {"en", "ja"}

    Returns
    -------
    dict of str to str
        Plants of one name, such as a hub and a refinery on one ground, keep one short name.
    """
    shorts = [shorten_plant(one, lang) for one in plants]
    wholes: dict[str, set[str]] = {}
    for one, short in zip(plants, shorts, strict=True):
        wholes.setdefault(short, set()).add(name_plant(one, lang))
    return {
        str(one["id"]): short if len(wholes[short]) == 1 else _BRACKETS.sub("", name_plant(one, lang)).strip()
        for one, short in zip(plants, shorts, strict=True)
    }


def _is_works(name: str) -> bool:
    """Return whether a Japanese name ends with a kind of works: then its operator stands before it."""
    return bool(_KINDS["ja"].search(name))


def name_area(regions: pd.DataFrame, settings: Settings, lang: Lang) -> str:
    """Return the name of what a plan covers in one language: its regions where they are few, else the country.

    Parameters
    ----------
    regions : DataFrame
        Table of regions of a plan: `region`, `name_en`, `name_ja`.
    settings : Settings
        Those of the plan, which name its country.
    lang : {"en", "ja"}

    Returns
    -------
    str
    """
    if len(regions) <= FEW_REGIONS:
        return {"en": ", ", "ja": "・"}[lang].join(name_regions(regions, lang).values())
    return str(getattr(settings.locale, f"area_{lang}"))

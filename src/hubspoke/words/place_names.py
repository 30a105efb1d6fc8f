"""Names of regions and plants by their ids, as answers tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.words.language import LANGUAGES
from hubspoke.words.names import shorten_plants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hubspoke.words.language import Lang

JOINT: Mapping[Lang, str] = {"en": ", ", "ja": "、"}
"""What stands between names."""


class PlaceNames:
    """Names of the regions and plants of a network by id; an id without a name is its own.

    A plant is told by its short name, which reads well, and the id, by which tables and commands know it.

    Parameters
    ----------
    plants : sequence of mapping
        Rows with `id`, `name`, `name_ja` and `operator`.
    regions : mapping of str to mapping
        Names of regions by language.
    """

    def __init__(self, plants: Sequence[Mapping[Any, Any]], regions: Mapping[str, Mapping[str, str]]) -> None:
        self._regions = regions
        self._shorts = {lang: shorten_plants(plants, lang) for lang in LANGUAGES}

    def region(self, name: str, lang: Lang) -> str:
        """Return the name of a region.

        Parameters
        ----------
        name : str
            Its id.
        lang : {"en", "ja"}
        """
        return self._regions.get(name, {}).get(lang) or name

    def short(self, name: str, lang: Lang) -> str:
        """Return the short name of a plant, which no plant of another name has.

        Parameters
        ----------
        name : str
            Its id.
        lang : {"en", "ja"}
        """
        return self._shorts[lang].get(name, name)

    def plant(self, name: str, lang: Lang) -> str:
        """Return the short name of a plant and its id, or the id alone where that is its name.

        Parameters
        ----------
        name : str
            Its id.
        lang : {"en", "ja"}
        """
        short = self.short(name, lang)
        return name if short == name else f"{short} ({name})"

    def plants(self, names: Iterable[str], lang: Lang) -> str:
        """Return plants in one line; a dash for none.

        Parameters
        ----------
        names : iterable of str
            Their ids.
        lang : {"en", "ja"}
        """
        return JOINT[lang].join(self.plant(one, lang) for one in names) or "-"

"""Look up places by name, without a network: prefectures and municipalities in the spellings in use."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hubspoke.base.shipped import shipped_data_folder

FILE = "gazetteer.csv"
MUNICIPALITY, PREFECTURE = "municipality", "prefecture"
ENDING = re.compile(r"[\s\-]+(?:prefecture|pref\.?|ken|fu|to|do|city|town|village|shi|machi|cho|son|mura)$")
POSTAL_CODE = re.compile(r"(?:〒\s*\d{3}[-‐‑–−ー]?\d{4}|\d{3}[-‐‑–−ー]\d{4})\s*")
"""What may stand before an address."""
OF_MUNICIPALITIES = re.compile(r"\D{1,10}?[市区町村]")
KINDS = "都道府県"
LARGE, SMALL = "ヶヵ", "ケカ"
SEVERAL = ("府中市", "伊達市")
"""Cities of which there are two in Japan; the others can be told without their prefecture."""


@dataclass(frozen=True)
class Place:
    """A prefecture or a municipality.

    Attributes
    ----------
    precision : {"municipality", "prefecture"}
        What the position stands for: the centre of a municipality, or the office of a prefecture.
    region : str
        Id of the region that ships.
    prefecture, prefecture_ja : str
    name_ja : str
    lat, lon : float
        Degrees, WGS84.
    """

    precision: str
    region: str
    prefecture: str
    prefecture_ja: str
    name_ja: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Gazetteer:
    """Places by name: prefectures, municipalities by prefecture and name, and cities whose name is told alone."""

    prefectures: dict[str, Place]
    municipalities: dict[tuple[str, str], Place]
    alone: dict[str, Place]

    def find_prefecture(self, prefecture: str, city: str = "", address: str = "") -> Place | None:
        """Return the prefecture that names mean, or None where they mean none for sure.

        Parameters
        ----------
        prefecture : str
            In Japanese or English, with or without the word for prefecture.
        city, address : str, optional
            Asked where the prefecture is empty: what stands before the municipality, or a city of which there is one.

        Returns
        -------
        Place or None
        """
        if prefecture.strip():
            return self.prefectures.get(spell(prefecture))
        for text in (address, city):
            found = self._split(text)[0]
            if found is not None:
                return found
        municipality = self._find_alone(city) or self._find_alone(address)
        return None if municipality is None else self.prefectures[spell(municipality.prefecture)]

    def find(self, prefecture: str, city: str = "", address: str = "") -> Place | None:
        """Return the most precise place that names mean, or None where they mean none for sure.

        Parameters
        ----------
        prefecture, city, address : str
            As in `find_prefecture`.

        Returns
        -------
        Place or None
            A municipality where it is known, else the prefecture.
        """
        home = self.find_prefecture(prefecture, city, address)
        if home is None:
            return None
        for text in (city, address):
            municipality = self._find_within(home, self._split(text)[1])
            if municipality is not None:
                return municipality
        return home

    def find_other_prefecture(self, prefecture: str, city: str, address: str) -> Place | None:
        """Return the prefecture of a city or address, where it is another one than that which stands beside it.

        Parameters
        ----------
        prefecture, city, address : str

        Returns
        -------
        Place or None
        """
        stated = self.prefectures.get(spell(prefecture)) if prefecture.strip() else None
        others = [self.find_prefecture("", city, ""), self.find_prefecture("", "", address)]
        return next((place for place in others if place is not None and stated not in (None, place)), None)

    def misses_municipality(self, prefecture: str, city: str, address: str) -> bool:
        """Return whether names state a municipality, of which only the prefecture is known.

        Parameters
        ----------
        prefecture, city, address : str

        Returns
        -------
        bool
        """
        place = self.find(prefecture, city, address)
        if place is None or place.precision != PREFECTURE:
            return False
        alone, rest = self._split(city)[1].strip(), self._split(address)[1]
        return (bool(alone) and spell(alone) not in self.prefectures) or OF_MUNICIPALITIES.match(rest) is not None

    def _split(self, text: str) -> tuple[Place | None, str]:
        """Return the prefecture that a text begins or ends with in full, and the rest of it."""
        key = unicodedata.normalize("NFKC", text).strip()
        if (code := POSTAL_CODE.match(key)) is not None:
            key = key[code.end() :]
        for length in (3, 4):  # 東京都, 神奈川県
            place = self.prefectures.get(spell(key[:length])) if key[length - 1 : length] in tuple(KINDS) else None
            if place is not None:
                return place, key[length:]
        before, comma, last = key.rpartition(",")
        place = self.prefectures.get(spell(last)) if comma else None
        return (place, before) if place is not None else (None, key)

    def _find_within(self, home: Place, text: str) -> Place | None:
        key = _plain(text)
        if not key:
            return None
        for name in (spell(key), spell(f"{key}市")):  # 四日市 is the city 四日市市
            if (found := self.municipalities.get((home.prefecture, name))) is not None:
                return found
        beginnings = (key, key.partition("郡")[2])  # a district before a town: 京都郡苅田町
        here = [place for (prefecture, _), place in self.municipalities.items() if prefecture == home.prefecture]
        named = [place for place in here if any(start.startswith(_plain(place.name_ja)) for start in beginnings)]
        return max(named, key=lambda place: len(place.name_ja), default=None)

    def _find_alone(self, text: str) -> Place | None:
        key = _plain(self._split(text)[1])
        cities = (key[: place + 1] for place, sign in enumerate(key) if sign == "市")
        return next((self.alone[name] for name in cities if name in self.alone), None)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that ships.

    Returns
    -------
    Gazetteer
    """
    prefectures: dict[str, Place] = {}
    municipalities: dict[tuple[str, str], Place] = {}
    alone: dict[str, Place] = {}
    with (shipped_data_folder() / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = (row["prefecture"], row["prefecture_ja"], row["name_ja"])
            place = Place(row["kind"], row["region"], *names, float(row["lat"]), float(row["lon"]))
            keys = {spell(row["name_en"]), spell(row["name_ja"])}
            if place.precision == PREFECTURE:
                prefectures |= dict.fromkeys(keys, place)
                continue
            municipalities |= {(place.prefecture, key): place for key in keys}
            if place.name_ja.endswith("市") and place.name_ja not in SEVERAL:
                alone[_plain(place.name_ja)] = place
    return Gazetteer(prefectures, municipalities, alone)


def spell(name: str) -> str:
    """Return a name of a prefecture or municipality in one form, whatever the spelling.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        Without the word for prefecture or city, long vowels short, in lower case.

    Examples
    --------
    >>> spell("Tōkyō-to"), spell("Hyougo Prefecture"), spell("Gumma"), spell("福岡県"), spell("鎌ヶ谷市")
    ('tokyo', 'hyogo', 'gunma', '福岡', '鎌ケ谷')
    """
    text = _plain(name)
    if text.isascii():
        text = ENDING.sub("", text).replace("-", "").replace(" ", "").replace("'", "")
        return re.sub("m(?=[bmp])", "n", text.replace("ou", "o").replace("oo", "o").replace("uu", "u"))
    return text[:-1] if len(text) > 2 and text[-1] in f"{KINDS}市町村" and text != "北海道" else text


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).strip().lower().translate(str.maketrans(LARGE, SMALL))
    latin = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return latin if latin.isascii() else text

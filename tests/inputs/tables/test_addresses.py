"""Full addresses are looked up where a dictionary is installed, and what is missing is said where it is not."""

from __future__ import annotations

import importlib
import types
from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from builders import tiny_tables, write_folder
from hubspoke.inputs.check.check import check
from hubspoke.inputs.tables.addresses import Addresses, Found, load_addresses
from hubspoke.words.messages import translate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST = str(tiny_tables()["kanto/sites"][0]["id"])
TOWN = "神奈川県川崎市川崎区扇町12-6"


def candidate(lat: float, lon: float, level: int, *names: str) -> dict[str, Any]:
    """Return a candidate in the form that jageocoder documents of `search`."""
    return {"id": 1, "name": names[-1], "x": lon, "y": lat, "level": level, "note": None, "fullname": list(names)}


PLACES = {
    TOWN: [candidate(35.5, 139.72, 8, "神奈川県", "川崎市", "川崎区", "扇町", "12番", "6号")],
    "神奈川県横浜市鶴見区大黒町": [candidate(35.48, 139.69, 5, "神奈川県", "横浜市", "鶴見区", "大黒町")],
    "神奈川県横浜市": [candidate(35.45, 139.63, 3, "神奈川県", "横浜市")],
    "神奈川県本町1": [
        candidate(35.44, 139.63, 7, "神奈川県", "横浜市", "本町", "1番"),
        candidate(35.25, 139.15, 7, "神奈川県", "小田原市", "本町", "1番"),
    ],
}


def search(text: str) -> dict[str, Any]:
    return {"matched": text, "candidates": PLACES.get(text, [])}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    load_addresses.cache_clear()
    yield
    load_addresses.cache_clear()


def install(monkeypatch: pytest.MonkeyPatch, *, dictionary: bool) -> None:
    """Put a library in place that answers as jageocoder does, with its dictionary or without."""

    def init() -> None:
        if not dictionary:
            raise RuntimeError("no dictionary is installed")

    library = types.SimpleNamespace(init=init, search=search)
    real = importlib.import_module
    monkeypatch.setattr(importlib, "import_module", lambda name: library if name == "jageocoder" else real(name))


def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def load(name: str) -> Any:
        if name == "jageocoder":
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(importlib, "import_module", load)


def folder_of(tmp_path: Path, address: str, prefecture: str = "", city: str = "") -> Path:
    tables = tiny_tables()
    row = tables["kanto/sites"][0]
    row.update(lat="", lon="", address=address, prefecture=prefecture, city=city)
    return write_folder(tmp_path / "n", tables)


@pytest.mark.parametrize(
    ("prefecture", "city", "address", "found"),
    [
        ("", "", TOWN, Found(35.5, 139.72, "address")),
        ("神奈川県", "川崎市", "川崎区扇町12-6", Found(35.5, 139.72, "address")),
        ("神奈川県", "横浜市", "鶴見区大黒町", Found(35.48, 139.69, "district")),
        ("神奈川県", "横浜市", "", None),
        ("神奈川県", "", "横浜市", None),
        ("神奈川県", "", "本町1", None),
        ("東京都", "", TOWN, None),
        ("", "", "nowhere", None),
    ],
)
def test_an_address_is_found_where_it_is_sure(prefecture: str, city: str, address: str, found: Found | None) -> None:
    assert Addresses("ready", search).find(prefecture, city, address) == found


def test_a_site_stands_at_its_address_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, dictionary=True)
    sites = hs.read(folder_of(tmp_path, TOWN)).sites
    assert sites.set_index("id").loc[FIRST, "place_precision"] == "address"
    assert sites.loc[sites["id"] == FIRST, ["lat", "lon"]].to_numpy().tolist() == [[35.5, 139.72]]


def test_what_is_no_full_address_stands_at_its_municipality(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, dictionary=True)
    sites = hs.read(folder_of(tmp_path, "神奈川県横浜市")).sites
    assert sites.set_index("id").loc[FIRST, "place_precision"] == "municipality"


def test_a_missing_dictionary_is_named_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, dictionary=False)
    told = next(finding for finding in check(folder_of(tmp_path, TOWN)) if finding.kind == "imprecise")
    assert not told.fatal
    assert "jageocoder install-dictionary FILE" in told.cure
    assert "辞書を入れる" in translate(told.cure, "ja")


def test_a_missing_library_is_named_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_library(monkeypatch)
    told = next(finding for finding in check(folder_of(tmp_path, TOWN)) if finding.kind == "imprecise")
    assert "pip install 'hubspoke[addresses]'" in told.cure
    assert "番地までの住所" in translate(told.cure, "ja")


def test_without_an_address_nothing_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_library(monkeypatch)
    told = next(f for f in check(folder_of(tmp_path, "", "神奈川県", "横浜市")) if f.kind == "imprecise")
    assert told.cure == "write lat and lon where distances matter"

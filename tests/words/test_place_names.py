"""Names of regions and plants: short and with the id, in both languages; what is not known keeps its id."""

from __future__ import annotations

from hubspoke.words.place_names import PlaceNames

PLANTS = [
    {"id": "kamiiso", "name": "Taiheiyo Cement Kamiiso plant", "name_ja": "太平洋セメント 上磯工場", "operator": ""},
    {"id": "bare", "name": "", "name_ja": "", "operator": ""},
]
NAMES = PlaceNames(PLANTS, {"north": {"en": "North", "ja": "北"}})


def test_a_plant_has_its_short_name_and_its_id() -> None:
    """A plant without a name, and one that is not known, is told by its id alone."""
    assert [NAMES.plant(name, "en") for name in ("kamiiso", "bare", "gone")] == ["Kamiiso (kamiiso)", "bare", "gone"]
    assert NAMES.plant("kamiiso", "ja") == "上磯 (kamiiso)"
    assert NAMES.short("kamiiso", "en") == "Kamiiso"


def test_plants_stand_in_one_line() -> None:
    """None of them is a dash."""
    assert NAMES.plants(["kamiiso", "bare"], "en") == "Kamiiso (kamiiso), bare"
    assert NAMES.plants(["bare", "gone"], "ja") == "bare、gone"
    assert NAMES.plants([], "en") == "-"


def test_regions_are_named_in_the_language() -> None:
    """A region that is not drawn keeps its id."""
    assert [NAMES.region(name, lang) for name in ("north", "south") for lang in ("en", "ja")] == [
        *("North", "北"),
        *("south", "south"),
    ]

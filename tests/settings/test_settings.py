"""Settings: shipped defaults, a planner's TOML over them, single changes over both."""

from __future__ import annotations

import tomllib
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import pytest

from hubspoke.base.errors import InputError
from hubspoke.base.shipped import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.settings.load import load_settings, parse_value, try_settings
from hubspoke.settings.quantity import USER_SOURCE, Quantity, is_quantity_table, override
from hubspoke.settings.reading.faults import find_line
from hubspoke.settings.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hubspoke.base.errors import Finding


def findings_of(path: Path | None, changes: Mapping[str, object] | None = None) -> tuple[Finding, ...]:
    """Load settings that must be refused."""
    with pytest.raises(InputError) as caught:
        load_settings(path, changes)
    return caught.value.findings


def test_every_shipped_number_has_unit_source_and_confidence() -> None:
    def walk(value: object, path: str) -> None:
        if isinstance(value, Quantity):
            assert value.unit, path
            assert value.source not in ("", USER_SOURCE), path
            assert value.confidence in ("high", "medium", "low"), path
            assert value.low is None or value.low <= value, path
            assert value.high is None or value.high >= value, path
        elif isinstance(value, dict):
            for key, below in value.items():
                walk(below, f"{path}.{key}")
        elif hasattr(value, "model_fields_set"):
            walk(dict(value), path)  # type: ignore[call-overload]

    walk(load_settings(), "settings")


def quantities(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Walk the parameters of a TOML by dotted key."""
    for key, value in table.items():
        if isinstance(value, dict) and not is_quantity_table(value):
            yield from quantities(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def shipped_parameters() -> list[tuple[str, Any]]:
    return list(quantities(tomllib.loads((shipped_data_folder() / SHIPPED_SETTINGS).read_text(encoding="utf-8"))))


def other_value(key: str, value: Any) -> object:
    """Give a valid value that is not the shipped one, as text the way `--set` brings it."""
    if is_quantity_table(value):
        return repr(value["value"] * 0.75 if value["value"] else 0.125 if not key.endswith("life_shape") else 3)
    if isinstance(value, bool):
        return str(not value).lower()
    others = {
        "horizon.years": "[2030, 2040]",
        "horizon.year": "2030",
        "market.price_level": "peak",
        "materials.yields": "physical",
        "materials.contents": "mizuho",
        "supply.scenario": "late",
        "supply.base": "trend",
        "materials.refining_basis": "physical",
        "supply.split": "default_share",
        "demand.published.mizuho.year": "2035",
    }
    by_end = {
        "grade": "lfp" if value == "nmc" else "nmc",
        "follows": "''",
        "first_year": "2033",
        "sales": "slow" if value != "slow" else "fast",
    }
    if "." in key and (end := key.rpartition(".")[2]) in by_end:
        others[key] = by_end[end]
    if key in others:
        return others[key]
    if isinstance(value, int | float):  # one year of a number by year
        return repr(value * 0.75 if value else 0.125)
    if isinstance(value, list):
        return str([*value[:-1], value[-1] + 1] if isinstance(value[-1], int) else [*value, "steel_works"])
    assert isinstance(value, str), key
    return f"{value} changed"


def allowed_words(key: str) -> tuple[str, ...]:
    """Give the words that a setting chooses among, none if it may hold any text."""
    model: Any = Settings
    for part in key.partition(".settings.")[0].split("."):  # what a level changes may be anything
        if get_origin(model) is UnionType:  # a section that may be left out
            model = get_args(model)[0]
        model = get_args(model)[1] if get_origin(model) is dict else model.model_fields[part].annotation
    return get_args(model) if get_origin(model) is Literal else ()


@pytest.mark.heavy
def test_every_shipped_parameter_is_reached_by_set() -> None:
    """Setting any parameter of japan.toml changes that one and no other."""
    shipped = load_settings().model_dump()
    parameters = shipped_parameters()
    assert len(parameters) > 150
    shares = [key for key, _ in parameters if key.endswith("default_share")]  # they sum to 1
    words = {key: [word for word in allowed_words(key) if word != value] for key, value in parameters}
    apart = {*shares, "costs.level", "currency.code"}  # these change others: test_cost_levels, test_abroad
    single = [(key, other_value(key, value)) for key, value in parameters if key not in apart and not words[key]]
    batches = [dict(single[start::12]) for start in range(12)]
    batches.append(dict.fromkeys(shares, repr(1 / len(shares))))
    for changes in batches:
        assert different(shipped, load_settings(None, changes).model_dump()) == set(changes)
    for key in filter(words.get, words):
        made, faults = try_settings(None, {key: words[key][0]})
        reached = different(shipped, made.model_dump()) == {key} if made else False
        section = key.rpartition(".")[0]
        refused = [fault for fault in faults if fault.kind == "bad-value" and fault.column.startswith(section)]
        assert reached or refused, key  # a rule between the section's own keys may refuse the word


def different(one: Mapping[str, Any], other: Mapping[str, Any], above: str = "") -> set[str]:
    found = set()
    for key in one.keys() | other.keys():
        both = [table.get(key) for table in (one, other)]
        if all(isinstance(value, dict) and not is_quantity_table(value) for value in both):
            found |= different(one[key], other[key], f"{above}{key}.")
        elif one.get(key) != other.get(key):
            found.add(f"{above}{key}")
    return found


@pytest.mark.parametrize("key", [key for key, _ in shipped_parameters()][::23])
def test_misspelt_parameter_is_refused_with_its_name(key: str) -> None:
    (found,) = findings_of(None, {f"{key}x": 1})
    assert key.rpartition(".")[2] in found.cure


def test_metals_of_furnaces_are_checked_also_where_none_is_planned() -> None:
    (found,) = findings_of(None, {"furnaces.ferronickel_furnace.alloyed_t_per_t.nikel": 0.5})
    assert "nickel" in found.cure


def test_planners_file_changes_only_what_it_names(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text("[trucks.10t]\ndistance_jpy_per_km = 300\n[policy]\nname = 'open'\n", encoding="utf-8")
    changed, shipped = load_settings(own), load_settings()
    assert changed.policy.name == "open"
    assert float(changed.trucks["10t"].distance_jpy_per_km) == 300
    assert changed.trucks["10t"].fixed_jpy_per_trip == shipped.trucks["10t"].fixed_jpy_per_trip
    assert changed.trucks["2t"] == shipped.trucks["2t"]


@pytest.mark.parametrize("value", [300, {"value": 300}])
def test_new_value_keeps_the_unit_and_drops_the_old_source_and_range(value: object) -> None:
    old = {"value": 294, "unit": "JPY/km", "low": 235, "high": 294, "source": "MLIT", "confidence": "high"}
    merged = Quantity.parse(override({"rate": old}, {"rate": value})["rate"])
    assert (float(merged), merged.unit, merged.source, merged.low) == (300, "JPY/km", USER_SOURCE, None)


def test_changes_stand_over_the_file(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text("[policy]\nname = 'open'\nsourcing = 'split'\n", encoding="utf-8")
    settings = load_settings(own, {"policy.name": "shared-refinery", "trucks.10t.toll_jpy_per_km": "45.5"})
    assert (settings.policy.name, settings.policy.sourcing) == ("shared-refinery", "split")
    assert float(settings.trucks["10t"].toll_jpy_per_km) == 45.5
    assert settings.trucks["10t"].toll_jpy_per_km.unit == "JPY/km"


def test_change_may_be_a_list_or_a_new_entry() -> None:
    whole = load_settings().trucks["10t"].model_dump()
    settings = load_settings(None, {"policy.hubs_in_total": "[1, 3]", "trucks.12t": whole})
    assert settings.policy.hubs_in_total == (1, 3)
    assert list(settings.trucks)[-1] == "12t"


@pytest.mark.parametrize(
    ("text", "value"),
    [("300", 300), ("1e3", 1000.0), ("true", True), ("[1, 2]", [1, 2]), ("'x'", "x"), ("open", "open"), ("", ""),
     ("3\nother = 4", "3\nother = 4"), ("{value = 1}", {"value": 1})],
)  # fmt: skip
def test_text_is_read_as_a_toml_value_or_as_it_stands(text: str, value: object) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize(
    ("key", "value", "cure"),
    [
        ("policy.sourcin", "split", "'policy.sourcing'"),
        ("trucks.10t.distance_jpy_per_k", 1, "'trucks.10t.distance_jpy_per_km'"),
        ("polcy.name", "open", "'policy'"),
        ("finance.life_yr", "long", "write a number"),
        ("finance.life_yr", "inf", "write a number"),
        ("finance.life_yr", True, "write a number"),
        ("finance.life_yr", "0", "above 0"),
        ("carbon.load_share_min", 10, "share between 0 and 1"),
        ("policy.hubs_per_region", [3, 1], "[fewest, most]"),
        ("sizes.hub_t_per_yr", [3000, 1000], "ascending"),
        ("sizes.availability", 0, "write a share above 0"),
        ("sizes.availability", 1.2, "write"),
        ("existing.sunk_share", -0.1, "write"),
        ("sizes.hub_t_per_yr", "[1000, nan]", "finite"),
        ("horizon.years", [2040, 2030], "ascending"),
        ("horizon.year", 2031, "2030, 2035, 2040"),
        ("finance.life_yr", {"value": 10, "uint": "yr"}, "table with value"),
        ("finance.life_yr", {"value": 10, "source": 3}, "table with value"),
        ("trucks", 3, "section with keys"),
        ("title", 3, "text in quotation marks"),
        ("horizon.year", "next", "whole number"),
        ("policy.hubs_per_region", [1], "list of two"),
        ("policy.hubs_per_region", 1, "list"),
        ("classes.Big", {"grade": "nmc"}, "add name_en, name_ja, default_share, yields_t_per_t"),
        ("classes.nmc.metal_t_per_t.nikel", 0.1, "'nickel'"),
        ("classes.nmc.metal_t_per_t.nickel", 0.6, "lower the contents"),
        ("price_levels.peak.usd_per_t.nikel", 1, "'nickel'"),
        ("price_levels.peek.usd_per_t.nickel", 1, "'price_levels.peak'"),
        ("metals.nickel.recovery", 1, "'metals.nickel.recovery_t_per_t'"),
        ("market.price_level", "peek", "'peak'"),
        ("commodity.feed_en", 3, "text in quotation marks"),
        ("materials.yields", "fysical", "write one of convention, physical"),
        ("materials.contents", "fysical", "write one of physical, mizuho"),
        ("classes.nmc.other_metal_t_per_t.mizuho.nikel", 0.1, "'nickel'"),
        ("classes.nmc.yields_t_per_t.convention.black_mass", 0.9, "what is left of 1 is lost"),
        ("classes.nmc.yields_t_per_t.convention.coper", 0.1, "write one of black_mass, copper"),
        ("byproducts.copper.price", 1, "'byproducts.copper.price_jpy_per_t'"),
    ],
)
def test_change_is_refused_with_its_dotted_key_and_a_cure(key: str, value: object, cure: str) -> None:
    (found,) = findings_of(None, {key: value})
    assert (found.file, found.row) == ("changes", 0)
    assert key.startswith(found.column)
    assert cure in found.cure


@pytest.mark.parametrize("key", ["", ".", "policy.", ".name"])
def test_key_that_is_no_dotted_key_is_refused(key: str) -> None:
    with pytest.raises(InputError, match=r"section\.key=value"):
        load_settings(None, {key: 1})


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text("title = 3\n\n[policy]\nname = 'free'\n\n[roads]\ntoll_legs = -1\nextra = 1\n", encoding="utf-8")
    places = [(found.row, found.column) for found in findings_of(own)]
    assert places == [(1, "title"), (4, "policy.name"), (7, "roads.toll_legs"), (8, "roads.extra")]


def test_file_that_is_not_utf8_is_a_finding(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_bytes("title = '計画'\n".encode("cp932"))
    (found,) = findings_of(own)
    assert (found.file, found.kind) == ("mine.toml", "encoding")


def test_file_that_is_missing_is_a_finding(tmp_path: Path) -> None:
    (found,) = findings_of(tmp_path / "none.toml")
    assert "No such file" in found.problem


def test_line_of_a_key_is_found_in_tables_and_dotted_keys() -> None:
    text = "title = 'x'\n[trucks.10t]\n# toll\nlength_m = 12\n[policy]\nname = 'open'\n"
    assert find_line(text, ("trucks", "10t", "length_m")) == 4
    assert find_line(text, ("trucks", "10t", "payload")) == 2
    assert find_line(text, ("policy", "name")) == 6
    assert find_line(text, ("finance", "life_yr")) == 0


def test_a_section_can_be_replaced_as_a_whole(tmp_path: Path) -> None:
    """What is replaced holds the planner's entries alone; other sections stay those that ship."""
    own = tmp_path / "own.toml"
    names = {"nmc": "x", "lfp": "y", "nimh": "z"}
    grade = "".join(f"[grades.{key}]\nname_en = '{name}'\nname_ja = '{name}'\n" for key, name in names.items())
    own.write_text(f"replaces = ['grades']\n{grade}", encoding="utf-8")
    assert {key: grade.name_en for key, grade in load_settings(own).grades.items()} == names
    assert load_settings(own).trucks == load_settings().trucks


@pytest.mark.parametrize("name", ["trucs", "finance"])
def test_only_sections_of_entries_can_be_replaced(tmp_path: Path, name: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f"title = 'x'\nreplaces = ['{name}']\n", encoding="utf-8")
    (found,) = findings_of(own)
    assert (found.row, found.column) == (2, "replaces")
    assert "trucks" in found.cure

"""Write the settings of a case, as the file of settings in a planner's folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.inputs.relog.words import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

REPLACES = (
    "classes", "grades", "metals", "price_levels", "reference", "duties", "byproducts", "hub_technologies",
    "refinery_technologies",
)  # fmt: skip
"""Sections of batteries, of which a case of anything keeps nothing."""
SIZED = "none: what its plants cost stands in sizes.csv"
CASE = "stated by the case"
YIELDS = "case"


NO_COLLECTION = (
    ("pickups_min_per_yr", 1, "trips/yr"),
    ("stock_max_t", 0, "t"),
    ("surcharge_factor", 1, "factor"),
    ("packaging_jpy_per_t", 0, "USD/t"),
    ("removal_jpy_per_t", 0, "USD/t"),
)
"""What collecting costs beside freight and the prices of centres."""


class SettingsText:
    """Lines of TOML, section by section."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, *lines: str) -> None:
        """Add lines as they are."""
        self.lines += lines

    def section(self, *names: str) -> None:
        """Begin a section."""
        self.add("", f"[{'.'.join(quote(name) if not name.isidentifier() else name for name in names)}]")

    def text(self, key: str, value: str) -> None:
        """Add a text."""
        self.add(f"{key} = {quote(value)}")

    def words(self, name: str) -> None:
        """Add a name in both languages."""
        self.text("name_en", name)
        self.text("name_ja", name)

    def amount(self, key: str, value: float, unit: str, source: str = CASE, confidence: str = "user") -> None:
        """Add a number with its unit, source and confidence."""
        told = f"value = {value:.12g}, unit = {quote(unit)}, source = {quote(source)}, confidence = {quote(confidence)}"
        self.add(f"{key} = {{ {told} }}")


def quote(text: str) -> str:
    """Return a text as TOML writes it, which takes the strings of JSON.

    Parameters
    ----------
    text : str
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass(frozen=True)
class Feed:
    """A product that sites hand over: key of its class, name, what hubs send on of it, yields, dollars per tonne."""

    key: str
    name: str
    sent_on: str
    yields: Mapping[str, float]
    removal: float


def write_settings(
    *,
    title: str,
    jpy_per_usd: float,
    years: Sequence[int],
    year: int,
    feeds: Sequence[Feed],
    byproducts: Mapping[str, tuple[str, float]],
    hubs: Mapping[str, tuple[str, float]],
    refineries: Mapping[str, tuple[str, float]],
    factor: float,
    standing: Sequence[str],
    shortfall: float | None,
) -> str:
    """Return the settings of a case.

    Parameters
    ----------
    title : str
    jpy_per_usd : float
        Yen per dollar, for the amounts of the settings that ship.
    years : sequence of int
        Calendar years of the case.
    year : int
        The one that is planned.
    feeds : sequence of Feed
    byproducts : mapping of str to (str, float)
        Name and price by key.
    hubs, refineries : mapping of str to (str, float)
        Name, and kg of CO2 per tonne that enters, by key of technology.
    factor : float
        Road km per straight km.
    standing : sequence of str
        Ids of plants that must be open.
    shortfall : float or None
        Dollars per tonne that may be left at its site.
    """
    made = SettingsText()
    _write_head(made, title, jpy_per_usd, feeds)
    made.section("horizon")
    made.add(f"years = {list(years)}", f"year = {year}")
    made.section("policy")
    made.add('name = "open"', 'sourcing = "split" # RELOG divides what a centre has among plants')
    if shortfall is not None:
        made.amount("shortfall_jpy_per_t", shortfall, "USD/t")
    if standing:
        made.section("orders")
        made.add(f"open = [{', '.join(map(quote, standing))}]")
    _write_materials(made, feeds, byproducts)
    made.section("collection")
    for key, value, unit in NO_COLLECTION:
        made.amount(key, value, unit, "none in RELOG", "high")
    made.section("roads")
    made.add('distances = "straight"')
    made.amount("straight_detour_factor", factor, "factor")
    for section, technologies, further in (
        ("hub_technologies", hubs, ("hf_treatment_jpy_per_t", "other_jpy_per_t")),
        ("refinery_technologies", refineries, ("reagents_jpy_per_t", "effluent_jpy_per_t")),
    ):
        for key, (name, co2) in technologies.items():
            _write_technology(made, (section, key), name, co2, further)
    return "\n".join([*made.lines, ""])


def _write_head(made: SettingsText, title: str, jpy_per_usd: float, feeds: Sequence[Feed]) -> None:
    made.add(
        "# A case of RELOG. What is not stated here ships with hubspoke, for Japan, and has no effect on this plan:"
    )
    made.add(
        "# sizes.csv and lanes.csv state what plants and freight cost. Amounts are dollars, whatever keys call them."
    )
    made.text("title", title)
    made.add(f"replaces = [{', '.join(map(quote, REPLACES))}]")
    made.section("currency")
    made.text("code", "USD")
    made.add('name_en = "dollars"', 'name_ja = "ドル"')
    made.amount("jpy_per_unit", jpy_per_usd, "yen per unit", "market.jpy_per_usd of the settings that ship", "medium")
    made.section("locale")
    made.add('area_en = "All regions"', 'area_ja = "全域"')
    made.section("commodity")
    words = join((feed.name for feed in feeds), 3), join((feed.sent_on for feed in feeds), 3)
    for key, word in zip(("feed", "intermediate"), words, strict=True):
        made.text(f"{key}_en", word)
        made.text(f"{key}_ja", word)


def _write_materials(made: SettingsText, feeds: Sequence[Feed], byproducts: Mapping[str, tuple[str, float]]) -> None:
    made.section("materials")
    made.add(f'yields = "{YIELDS}"', f'refining_basis = "{YIELDS}"')
    for place, feed in enumerate(feeds):
        made.section("classes", feed.key)
        made.words(feed.name)
        made.text("grade", f"{feed.key}_product")
        made.amount("default_share", float(place == 0), "t/t", "the tables state every class")
        made.amount("removal_jpy_per_t", feed.removal, "USD/t")
        made.section("classes", feed.key, "yields_t_per_t", YIELDS)
        for product, amount in feed.yields.items():
            made.amount(product, amount, "t/t")
        made.section("grades", f"{feed.key}_product")
        made.words(feed.sent_on)
    made.add("", "[metals]", "", "[duties]")
    made.section("price_levels", "current")
    made.words("none")
    made.add("usd_per_t = {}")
    made.section("reference")
    made.words("none published")
    made.amount("packs_t", 0, "t/yr", "none published", "high")
    made.amount("refining_jpy_per_t", 0, "USD/t", "none published", "high")
    made.add("recovered_t = {}", "market_jpy = {}", "cost_jpy = {}", "", "[byproducts]")
    for key, (name, price) in byproducts.items():
        made.section("byproducts", key)
        made.words(name)
        made.amount("price_jpy_per_t", price, "USD/t")


def _write_technology(
    made: SettingsText, section: tuple[str, str], name: str, co2: float, further: Iterable[str]
) -> None:
    made.section(*section)
    made.words(name)
    made.amount("reference_t_per_yr", 1, "t/yr", SIZED, "high")
    made.amount("capital_jpy", 0, "USD", SIZED, "high")
    made.amount("capital_exponent", 1, "-", SIZED, "high")
    made.amount("maintenance_share_per_yr", 0, "1/yr", SIZED, "high")
    made.amount("labour_persons", 0, "persons", SIZED, "high")
    made.amount("labour_exponent", 1, "-", SIZED, "high")
    made.amount("heat_mwh_per_t", 0, "MWh/t", "not carried over", "low")
    made.amount("power_mwh_per_t", 0, "MWh/t", "not carried over", "low")
    for key in further:
        made.amount(key, 0, "USD/t", SIZED, "high")
    made.amount("direct_co2_kg_per_t", co2, "kg/t")

"""The columns of every table, each with its kind, default and rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "text", "number"]
Rule = Literal["", "not_negative", "positive", "share", "latitude", "longitude"]

STATUSES = ("open", "candidate", "closed")
DISMANTLER, CELL_WORKS = "dismantler", "cell-works"
SITE_KINDS = (DISMANTLER, CELL_WORKS)
ALLOWED, FORBIDDEN = "allowed", "forbidden"
"""States of a lane."""
PRECISION = "place_precision"
GIVEN = "given"
PRECISIONS = (GIVEN, "municipality", "prefecture", "district", "address")
"""What a position stands for: the place itself, the centre of its municipality, its prefectural office, the middle of
its district, or its full address."""
ROAD_KINDS = ("expressway", "road", "bridge", "ferry")
NO_NUMBER = float("nan")
UNLIMITED = float("inf")


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name : str
        Name in the header.
    kind : {"id", "text", "number"}
        An id is a text that must be filled.
    required : bool
        The column must exist and, if a number, be filled in every row.
    default : float or str
        What an empty cell means.
    rule : {"", "not_negative", "positive", "latitude", "longitude"}
        Bound that numbers must keep.
    choices : tuple of str
        Values allowed in a text, lower case.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    default: float | str = ""
    rule: Rule = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """The columns of a table; those `dropped` may stand in a file but are not read."""

    table: str
    columns: tuple[Column, ...]
    dropped: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns kept."""
        return tuple(column.name for column in self.columns)


def _id(name: str) -> Column:
    return Column(name, "id", required=True)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _number(name: str, rule: Rule = "", *, required: bool = True, default: float = NO_NUMBER) -> Column:
    return Column(name, "number", required=required, rule=rule, default=default)


_POSITION = (_number("lat", "latitude"), _number("lon", "longitude"))
_PRECISION = Column(PRECISION, default=GIVEN, choices=PRECISIONS)
_PLANT = (
    _id("id"),
    *_texts("name", "name_ja", "operator", "region", "prefecture", "city"),
    *_POSITION,
    _PRECISION,
    Column("technology"),
    _number("max_t", "positive", required=False, default=UNLIMITED),
    Column("status", default="candidate", choices=STATUSES),
    _number("existing_t", "not_negative", required=False, default=0.0),
    Column("existing_technology"),
    _number("sunk_share", "share", required=False),
    _number("subsidy_share", "share", required=False),
    _number("subsidy_cap_jpy", "not_negative", required=False),
    _number("opens_from", "positive", required=False),
    _number("retires", "positive", required=False),
    Column("ramp_up"),
    *_texts("ground", "kind", "source", "confidence", "note"),
)

SITES = Schema(
    "sites",
    (
        _id("id"),
        *_texts("name", "name_ja", "operator", "region", "prefecture", "city"),
        *_POSITION,
        _PRECISION,
        Column("kind", default=DISMANTLER, choices=SITE_KINDS),
        _number("stock_max_t", "positive", required=False),
        *_texts("origin", "source", "confidence"),
    ),
    dropped=("address", "note"),
)
PORTS = Schema(
    "ports",
    (
        _id("id"),
        *_texts("name", "name_ja", "region", "prefecture", "city"),
        *_POSITION,
        *_texts("country", "source", "confidence"),
    ),
    dropped=("address", "note"),
)
OVERSEAS = Schema(
    "overseas",
    (
        _id("id"),
        *_texts("name", "name_ja", "country"),
        Column("class", required=True),
        *_POSITION,
        _number("black_mass_t", "not_negative"),
        _number("price_jpy_per_t", "not_negative", required=False),
        *_texts("source", "confidence"),
    ),
    dropped=("note",),
)
HUBS = Schema("hubs", _PLANT, dropped=("address",))
REFINERIES = Schema("refineries", (*_PLANT, *_texts("grades", "country")), dropped=("address",))
ROADS = Schema(
    "roads",
    (
        _id("from_code"),
        _id("to_code"),
        _number("km", "positive"),
        Column("kind", required=True, choices=ROAD_KINDS),
        *_texts("route"),
    ),
    dropped=("from", "to", "great_circle_km", "confidence", "source", "note"),
)
CITIES = Schema(
    "cities",
    (_id("city_code"), *_texts("name_en", "name_ja"), *_POSITION),
    dropped=("prefecture", "region", "population_2020", "source", "confidence", "note"),
)
LANES = Schema(
    "lanes",
    (
        _id("from_id"),
        _id("to_id"),
        _number("distance_km", "not_negative", required=False),
        _number("cost_jpy_per_t", "not_negative", required=False),
        _number("co2_kg_per_t", "not_negative", required=False),
        Column("status", default=ALLOWED, choices=(ALLOWED, FORBIDDEN)),
    ),
    dropped=("source", "confidence", "note"),
)
SIZES = Schema(
    "sizes",
    (
        _id("plant_id"),
        _number("capacity_t", "positive"),
        _number("fixed_jpy_per_yr", "not_negative"),
        _number("variable_jpy_per_t", "not_negative"),
        Column("technology"),
    ),
    dropped=("source", "note"),
)
EXISTING = Schema(
    "existing",
    (_id("plant_id"), Column("status", required=True, choices=STATUSES)),
    dropped=("source", "note", "name"),
)

SCHEMAS = {
    schema.table: schema for schema in (SITES, HUBS, REFINERIES, PORTS, ROADS, CITIES, LANES, OVERSEAS, SIZES, EXISTING)
}

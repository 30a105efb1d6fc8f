"""Read a case of RELOG in the forms of its versions 0.5 to 0.8."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.inputs.relog.case import Case, Disposal, Market, Plant, Product, Size, Source
from hubspoke.inputs.relog.document import Document, Node, Series, read_document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Left = list[tuple[str, str]]

FREIGHT = "transportation cost ($/km/tonne)"
ENERGY = "transportation energy (J/km/tonne)"
GASES = "transportation emissions (tonne/km/tonne)"
LAT, LON = "latitude (deg)", "longitude (deg)"
OPENING, FIXED, VARIABLE = "opening cost ($)", "fixed operating cost ($)", "variable operating cost ($/tonne)"
CO2 = "CO2"
UNLIMITED = float("inf")


def read_case(path: Path) -> Case:
    """Read a case; collection centres stand in `products` up to form 0.7, in `centers` from 0.8 on.

    Parameters
    ----------
    path : Path
        A JSON file.

    Returns
    -------
    Case

    Raises
    ------
    UsageError
        The file cannot be read.
    InputError
        With all that is wrong in it, by path in the document.
    """
    document, root = read_document(path)
    left: Left = []
    parameters = root.inner("parameters", needed=True)
    document.years = _read_years(parameters, document)
    building = tuple(int(year) for year in parameters.numbers("building period (years)"))
    metric = parameters.text("distance metric")
    if metric.lower() not in ("", "euclidean", "driving"):
        problem = f"{metric!r} is no metric that is known"
        document.find(parameters.at("distance metric"), problem, "write Euclidean or driving")
    named = dict(root.inner("products", needed=True).members())
    products = {name: _read_product(name, node, left) for name, node in named.items()}
    if root.has("centers"):
        sources, markets = _read_centers(root.inner("centers"), left)
        own = [_read_plant(name, node, left) for name, node in root.inner("plants", needed=True).members()]
        plants = _name_kinds(own)
    else:
        sources, markets = [source for name, node in named.items() for source in _read_amounts(name, node)], []
        kinds = root.inner("plants", needed=True).members()
        plants = [plant for name, node in kinds for plant in _read_locations(name, node, left)]
    _check_products(document, plants, sources, markets, products)
    left += [("unread", path) for path in root.unread()]
    document.refuse()
    given = (tuple(sources), tuple(markets), tuple(plants), tuple(left))
    return Case(document.years, building or (1,), metric.lower() == "driving", products, *given)


def _read_years(parameters: Node, document: Document) -> int:
    years = parameters.number("time horizon (years)")
    if not (years >= 1 and years % 1 == 0):
        document.find(parameters.at("time horizon (years)"), f"{years:g} is no number of years", "write 1 or more")
        document.refuse()
    return int(years)


def _read_product(name: str, node: Node, left: Left) -> Product:
    if node.leave(ENERGY):
        left.append(("energy", node.at(ENERGY)))
    return Product(name, node.series(FREIGHT, least=0.0), _read_co2(node.inner(GASES), left))


def _read_co2(gases: Node, left: Left) -> Series:
    """Return tonnes of CO2; other gases are left."""
    left += [("gas", gases.at(name)) for name in gases.value if name != CO2 and gases.leave(name)]
    return gases.series(CO2, 0.0, least=0.0)


def _read_amounts(name: str, node: Node) -> list[Source]:
    """Return what centres have of a product, in the form up to 0.7."""
    price = node.series("acquisition cost ($/tonne)", 0.0)
    may_stay, stays_price = node.limits("disposal limit (tonne)", 0.0), node.series("disposal cost ($/tonne)", 0.0)
    made = []
    for centre, place in node.inner("initial amounts").members():
        tonnes = place.series("amount (tonne)", least=0.0)
        made.append(Source(centre, name, *_read_place(place), tonnes, price, may_stay, stays_price))
    return made


def _read_centers(centers: Node, left: Left) -> tuple[list[Source], list[Market]]:
    """Return what centres give and take, in the form from 0.8 on."""
    sources: list[Source] = []
    markets: list[Market] = []
    for centre, node in centers.members():
        lat, lon = _read_place(node)
        if node.leave("operating cost ($)"):
            left.append(("operating", node.at("operating cost ($)")))
        node.leave("constant output (tonne)")
        given, price = node.inner("fixed output (tonne)"), node.inner("collection cost ($/tonne)")
        may_stay, stays_price = node.inner("disposal limit (tonne)"), node.inner("disposal cost ($/tonne)")
        later = node.inner("variable output (tonne/tonne)")
        for product in dict.fromkeys([*node.texts("outputs"), *given.value]):
            if later.leave(product):
                left.append(("later_output", later.at(product)))
            told = price.series(product, 0.0), may_stay.limits(product, 0.0), stays_price.series(product, 0.0)
            tonnes = given.series(product, 0.0, least=0.0)
            if any(tonnes):
                sources.append(Source(centre, product, lat, lon, tonnes, *told))
        if product := node.text("input"):
            markets.append(Market(centre, product, lat, lon, node.series("revenue ($/tonne)", 0.0)))
        node.has("revenue ($/tonne)")
    return sources, markets


def _read_locations(kind: str, node: Node, left: Left) -> list[Plant]:
    """Return the plants of a type, in the form up to 0.7."""
    takes = {node.text("input"): 1.0}
    outputs = node.inner("outputs (tonne/tonne)")
    makes = {name: amount for name in outputs.value if (amount := outputs.number(name, least=0.0)) > 0}
    co2 = _read_co2(node.inner("emissions (tonne/tonne)"), left)
    if node.leave("energy (GJ/tonne)"):
        left.append(("energy", node.at("energy (GJ/tonne)")))
    plants = []
    for name, place in node.inner("locations", needed=True).members():
        disposal = {}
        for product, told in place.inner("disposal").members():
            cost = told.series("cost ($/tonne)", 0.0)
            disposal[product] = Disposal(cost, told.limits("limit (tonne)", UNLIMITED))
        if place.leave("storage"):
            left.append(("storage", place.at("storage")))
        sizes = []
        for capacity, size in place.inner("capacities (tonne)", needed=True).members():
            sizes.append(_read_size(size, _read_capacity(capacity, size)))
        standing = place.number("initial capacity (tonne)", 0.0, least=0.0)
        lat, lon = _read_place(place)
        known = _sort(sizes)
        plants.append(Plant(place.path, kind, name, lat, lon, takes, makes, disposal, known, standing, co2))
    return plants


def _read_plant(name: str, node: Node, left: Left) -> Plant:
    """Return a plant, in the form from 0.8 on."""
    mix, outputs = node.inner("input mix (%)", needed=True), node.inner("output (tonne)")
    parts = {product: mix.number(product, least=0.0) for product in mix.value}
    total = sum(parts.values())
    if not total > 0:
        node.document.find(mix.path, "no product enters", "name one, such as 100 %")
        parts, total = dict.fromkeys(parts or [""], 1.0), float(len(parts) or 1)
    makes = {product: amount for product in outputs.value if (amount := outputs.number(product, least=0.0)) > 0}
    costs, limits = node.inner("disposal cost ($/tonne)"), node.inner("disposal limit (tonne)")
    named = dict.fromkeys([*costs.value, *limits.value])
    disposal = {name: Disposal(costs.series(name, 0.0), limits.limits(name, 0.0)) for name in named}
    stored = [node.leave(key) for key in ("storage cost ($/tonne)", "storage limit (tonne)")]
    if node.has("storage limit (tonne)") and any(stored):
        left.append(("storage", node.at("storage limit (tonne)")))
    if node.leave("processing energy (GJ/tonne)"):
        left.append(("energy", node.at("processing energy (GJ/tonne)")))
    co2 = _read_co2(node.inner("processing emissions (tonne)"), left)
    sizes = []
    for size in node.objects("capacities"):
        key = "size" if size.has("size") else "size (tonne)"
        size.has("size (tonne)")
        sizes.append(_read_size(size, size.number(key, least=0.0)))
    takes = {product: part / total for product, part in parts.items()}
    standing = node.number("initial capacity (tonne)", 0.0, least=0.0)
    return Plant(node.path, name, name, *_read_place(node), takes, makes, disposal, _sort(sizes), standing, co2)


def _name_kinds(plants: Iterable[Plant]) -> list[Plant]:
    """Return plants whose kind is what they take, numbered where some emit other amounts."""
    kinds: dict[str, dict[Series, str]] = {}
    made = []
    for plant in plants:
        known = kinds.setdefault(plant.feed, {})
        share = tuple(part / plant.takes[plant.feed] for part in plant.co2)
        number = f" {len(known) + 1}" if known else ""
        made.append(replace(plant, kind=known.setdefault(share, f"{plant.feed} plants{number}")))
    return made


def _read_capacity(capacity: str, size: Node) -> float:
    """Return the capacity that a key states."""
    try:
        tonnes = float(capacity)
    except ValueError:
        tonnes = -1.0
    if not 0 <= tonnes < UNLIMITED:
        size.document.find(size.path, f"{capacity!r} is no capacity in tonnes", "write a number, such as 250.0")
        return 0.0
    return tonnes


def _read_size(size: Node, capacity_t: float) -> Size:
    return Size(capacity_t, size.series(OPENING), size.series(FIXED), size.series(VARIABLE))


def _sort(sizes: Iterable[Size]) -> tuple[Size, ...]:
    return tuple(sorted(sizes, key=lambda size: size.capacity_t))


def _read_place(node: Node) -> tuple[float, float]:
    if node.has("location") and not (node.has(LAT) and node.has(LON)):
        cure = f"state {LAT} and {LON}: RELOG looks such names up in a geographic database of its own"
        node.document.find(node.at("location"), f"{node.value['location']!r} is no position", cure)
        return 0.0, 0.0
    return node.number(LAT), node.number(LON)


def _check_products(
    document: Document,
    plants: Iterable[Plant],
    sources: Iterable[Source],
    markets: Iterable[Market],
    products: Iterable[str],
) -> None:
    """Add a finding for each product that is named and not described, and each plant that could never be built."""
    known = set(products)
    named = [(plant.path, name) for plant in plants for name in (*plant.takes, *plant.makes, *plant.disposal)]
    named += [(f"centers.{source.centre}", source.product) for source in sources]
    named += [(f"centers.{market.centre}", market.product) for market in markets]
    for path, name in dict.fromkeys(named):
        if name not in known:
            document.find(path, f"there is no product {name!r}", "describe it under products", "unknown-product")
    for plant in plants:
        if not any(size.capacity_t > 0 for size in plant.sizes) and not plant.standing_t > 0:
            document.find(plant.path, "no capacity is above 0 t", "state one", "no-capacity")

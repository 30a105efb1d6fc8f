"""The settings of the currency and of the country, and how amounts that ship are brought into another currency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.settings.quantity import Quantity, is_quantity_table
from hubspoke.settings.section import Positive, Section

if TYPE_CHECKING:
    from collections.abc import Mapping

YEN = "JPY"
NOTHING_PUBLISHED: dict[str, Any] = {
    "name_en": "nothing published",
    "name_ja": "公表値なし",
    "packs_t": 0,
    "refining_jpy_per_t": 0,
    "recovered_t": {},
    "market_jpy": {},
    "cost_jpy": {},
}
"""The reference of a plan in another currency, since the totals that ship are those of Japan."""


class Currency(Section):
    """The currency of all amounts: of the settings, of the tables read, and of the plan.

    Settings and columns whose names say `jpy` hold amounts of this currency, whichever it is.
    """

    code: str = YEN
    """Code in units and heads of columns, such as EUR."""
    name_en: str = "yen"
    """Name in sentences, such as euro; as in `12 million euro`."""
    name_ja: str = "円"
    jpy_per_unit: Positive = Quantity(1.0)
    """Yen that one unit is worth: by it the amounts that ship are brought into the currency. A planner's own stand."""


class Locale(Section):
    """How the country of a plan is called."""

    area_en: str = "Japan"
    """What the map of the whole plan is called."""
    area_ja: str = "全国"


def in_currency(shipped: Mapping[str, Any], currency: Any) -> dict[str, Any]:
    """Return settings that ship with every amount of yen in another currency.

    Parameters
    ----------
    shipped : mapping
        Settings as TOML tables.
    currency : any
        The planner's section `currency`, not yet checked.

    Returns
    -------
    dict
        With units of the other currency, and the rate behind each source; the totals published for Japan and its demand
        left out. The same amounts where the currency is yen, or its rate is no number above zero.
    """
    stated = currency if isinstance(currency, dict) else {}
    code, rate = stated.get("code", YEN), stated.get("jpy_per_unit", 1.0)
    rate = rate.get("value") if isinstance(rate, dict) else rate
    if not isinstance(code, str) or code == YEN:
        return dict(shipped)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate < float("inf"):
        return dict(shipped)
    made = _convert(shipped, code, float(rate))
    made.pop("demand", None)
    return {**made, "reference": NOTHING_PUBLISHED} if "reference" in made else made


def _convert(table: Mapping[str, Any], code: str, rate: float) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, entry in table.items():
        if is_quantity_table(entry) and YEN in str(entry.get("unit", "")):
            numbers = {name: entry[name] / rate for name in ("value", "low", "high") if name in entry}
            source = f"{entry.get('source', '')}; brought from yen at {rate:g} JPY/{code}".removeprefix("; ")
            made[key] = {**entry, **numbers, "unit": str(entry["unit"]).replace(YEN, code), "source": source}
        else:
            made[key] = _convert(entry, code, rate) if isinstance(entry, dict) else entry
    return made

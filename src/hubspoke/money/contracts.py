"""Contracts: who pays whom, and how much, when a plan is run under a scheme.

Every payment has a payer and a receiver, so that what one actor pays another receives. Inside are sites, carriers,
hubs, refineries, makers and users; outside are those who buy metals and scrap, and the suppliers of everything that
the plan's cost terms pay for. Electric furnaces are outside too: the hub pays their fee and the way there, and is paid
for the metal in the alloy, under every contract. So the insiders together keep the system's result: sales of metals,
alloy and scrap, less cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.costs.rates import FURNACE_RATES
from hubspoke.costs.terms import TERMS

if TYPE_CHECKING:
    from hubspoke.settings.money import Contract
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True)
class Label:
    """A kind of actor or payment, with its label in both languages."""

    name: str
    label_en: str
    label_ja: str


INSIDE: tuple[Label, ...] = (
    Label("site", "Dismantling sites", "解体拠点"),
    Label("carrier", "Carriers", "運送会社"),
    Label("hub", "Hubs", "ハブ"),
    Label("importer", "Importers of black mass", "ブラックマス輸入者"),
    Label("refinery", "Refineries", "製錬所"),
    Label("company", "Hub and refinery companies", "ハブ・製錬一体事業者"),
    Label("maker", "Makers", "メーカー"),
    Label("user", "Metal users", "金属の利用企業"),
)
"""Kinds of actor whose results make up that of the system."""
OUTSIDE: tuple[Label, ...] = (
    Label("metal_buyer", "Buyers of metals", "金属の買い手"),
    Label("scrap_buyer", "Buyers of scrap", "スクラップの買い手"),
    Label("supplier", "Suppliers", "供給者"),
)
"""Kinds of actor outside the system."""
ITEMS: tuple[Label, ...] = (
    Label("gate_fee", "Gate fee", "処理費（受入料金）"),
    Label("collector_fee", "Collector fee", "回収費"),
    Label("pack_freight", "Freight of packs", "電池輸送費"),
    Label("scrap_sales", "Sales of scrap", "スクラップ売却"),
    Label("black_mass", "Black mass", "ブラックマス代金"),
    Label("black_mass_freight", "Freight of black mass", "ブラックマス輸送費"),
    Label("tolling_fee", "Tolling fee", "委託製錬費"),
    Label("metal_sales", "Sales of metals", "金属売却"),
    Label("alloy_sales", "Metal paid by electric furnaces", "電気炉の合金分代金"),
)
"""Payments other than those to suppliers, which are named after the cost term they pay for."""
PRICED = ("black_mass", "metal_sales", "alloy_sales")
"""Payments in proportion to metal prices."""
PACKS, BLACK_MASS = "packs", "black mass"
"""The two carriers."""
BORNE_BY_SITES = ("packaging", "removal", "shortfall")
"""Cost terms that dismantling sites pay for."""
IMPORT_TERMS = frozenset(term.name for term in TERMS if term.echelon == "import")
"""Cost terms that the importer at a port pays for, who sells black mass as a hub does."""
MAKERS, USERS = "makers", "users"
"""Makers together are one actor, and so are users."""


def choose_contract(settings: Settings, scheme: str) -> Contract:
    """Return the contract of a scheme.

    Raises
    ------
    UsageError
        The settings have no such scheme.
    """
    if scheme not in settings.contracts:
        raise UsageError(f"unknown scheme {scheme!r}{nearest_name(scheme, settings.contracts)}")
    return settings.contracts[scheme]


def bearer_of(term: str) -> str:
    """Return the kind of actor that pays suppliers for a cost term.

    Sites and plants pay for their own terms, hubs also for the fee of electric furnaces, and carriers for the rest.
    Importers count as hubs here.
    """
    if term in BORNE_BY_SITES:
        return "site"
    if term in IMPORT_TERMS:
        return "hub"
    if term in FURNACE_RATES:
        return "hub"
    return next((kind for kind in ("hub", "refinery") if term.startswith(f"{kind}_")), "carrier")

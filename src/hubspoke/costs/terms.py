"""The names and labels of all terms of cost and CO2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Echelon = Literal["site", "collection", "hub", "import", "transfer", "refinery"]


@dataclass(frozen=True)
class Term:
    """A cost or CO2 term.

    Attributes
    ----------
    name : str
        Key in the results of the `..._terms` methods.
    echelon : str
        What it hangs on: `site` (one left out), `collection` (site and hub), `hub` (hub and size), `import`
        (source abroad and port), `transfer` (hub or port, refinery and grade),
        `refinery` (refinery and size).
    label_en, label_ja : str
    """

    name: str
    echelon: Echelon
    label_en: str
    label_ja: str


TERMS: tuple[Term, ...] = (
    Term("collection_freight", "collection", "Freight of packs", "電池輸送費"),
    Term("packaging", "collection", "Packaging of packs", "電池梱包費"),
    Term("removal", "collection", "Removal of packs at the sites", "電池の取外し・放電・絶縁費"),
    Term("hub_heat", "collection", "Hub heat", "中間処理熱費"),
    Term("hub_power", "collection", "Hub electricity", "中間処理電力費"),
    Term("hub_hf_treatment", "collection", "Hub hydrogen fluoride treatment", "中間処理フッ酸処理費"),
    Term("hub_other", "collection", "Hub processing, other", "中間処理その他変動費"),
    Term("hub_disassembly", "collection", "Hub disassembly of packs", "中間処理の電池解体人件費"),
    Term("collection_carbon", "collection", "Carbon price on pack transport", "電池輸送の炭素費"),
    Term("hub_carbon", "collection", "Carbon price on hub processing", "中間処理の炭素費"),
    Term("shortfall", "site", "Packs left at their sites", "未回収電池のペナルティ"),
    Term("hub_capital", "hub", "Hub capital", "中間処理設備費"),
    Term("hub_maintenance", "hub", "Hub maintenance", "中間処理保全費"),
    Term("hub_labour", "hub", "Hub labour", "中間処理人件費"),
    Term("hub_overhead", "hub", "Hub overhead", "中間処理間接費"),
    Term("hub_given", "hub", "Hub fixed cost as given", "中間処理固定費（指定値）"),
    Term("hub_given_variable", "hub", "Hub processing as given", "中間処理変動費（指定値）"),
    Term("hub_shared", "hub", "Hub fixed cost saved on shared ground", "中間処理固定費の節約（製錬所と同一敷地）"),
    Term("import_purchase", "import", "Black mass bought abroad", "海外ブラックマス購入費"),
    Term("sea_freight", "import", "Sea freight of black mass", "ブラックマス海上輸送費"),
    Term("sea_carbon", "import", "Carbon price on sea transport", "海上輸送の炭素費"),
    Term("black_mass_freight", "transfer", "Freight of black mass", "ブラックマス輸送費"),
    Term("refinery_heat", "transfer", "Refinery heat", "製錬熱費"),
    Term("refinery_power", "transfer", "Refinery electricity", "製錬電力費"),
    Term("refinery_reagents", "transfer", "Refinery reagents", "製錬薬剤費"),
    Term("refinery_effluent", "transfer", "Refinery effluent treatment", "製錬排水・残渣処理費"),
    Term("furnace_fee", "transfer", "Fee of electric furnaces", "電気炉処理費"),
    Term("transfer_carbon", "transfer", "Carbon price on black-mass transport", "ブラックマス輸送の炭素費"),
    Term("refinery_carbon", "transfer", "Carbon price on refining", "製錬の炭素費"),
    Term("refinery_capital", "refinery", "Refinery capital", "製錬設備費"),
    Term("refinery_maintenance", "refinery", "Refinery maintenance", "製錬保全費"),
    Term("refinery_labour", "refinery", "Refinery labour", "製錬人件費"),
    Term("refinery_overhead", "refinery", "Refinery overhead", "製錬間接費"),
    Term("refinery_given", "refinery", "Refinery fixed cost as given", "製錬固定費（指定値）"),
    Term("refinery_given_variable", "refinery", "Refining as given", "製錬変動費（指定値）"),
)
IMPORT_TERMS = tuple(term.name for term in TERMS if term.echelon == "import")
CO2_TERMS: tuple[Term, ...] = (
    Term("collection_transport_co2", "collection", "CO2 of pack transport", "電池輸送CO2"),
    Term("hub_processing_co2", "collection", "CO2 of hub processing", "中間処理CO2"),
    Term("transfer_transport_co2", "transfer", "CO2 of black-mass transport", "ブラックマス輸送CO2"),
    Term("refining_co2", "transfer", "CO2 of refining", "製錬CO2"),
)

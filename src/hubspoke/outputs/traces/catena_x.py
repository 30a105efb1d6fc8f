"""What refineries sell, as Catena-X aspects `SecondaryMaterialContentCalculated` 1.0.0: planned recycled shares.

Names of fields are those of the aspect model. Some that it requires a plan cannot know; they hold placeholders that are
listed in `PLACEHOLDERS` and told in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hubspoke.metals.ledger import PRODUCT

if TYPE_CHECKING:
    from hubspoke.settings.settings import Settings
    from hubspoke.tracing.lots import LotLedger
    from hubspoke.tracing.trace import Trace

ASPECT = "urn:samm:io.catenax.secondary_material_content_calculated:1.0.0#SecondaryMaterialContentCalculated"
NOT_STATED = "not stated by a plan"
PLACEHOLDERS = ("materialClass", "materialNameStandardized", "bioBased", "orderNumber")
"""Fields that are required and that a plan cannot know: classes by VDA 231-106, names by a standard, bio-based parts
(there are none in metal, yet a class has to be named), and the order."""
PLANNED = "Planned, as the element."
NO_CHEMICAL_FIELD = (
    "Planned, as the element. Refined by hydrometallurgy. Version 1.0.0 has no chemicalRecycling below preConsumer, so "
    "that the share of scrap of manufacturing stands below mechanicalRecycling."
)


def write_secondary_content(trace: Trace, ledger: LotLedger) -> list[dict[str, Any]]:
    """Return an aspect for each refinery and year.

    Parameters
    ----------
    trace : Trace
        Whose custody decides to which origin metal is attributed.
    ledger : LotLedger
        The lots to be told.

    Returns
    -------
    list of dict
        JSON data, each with `facility_id`, `year`, `semanticId`, `placeholders` and `payload`, the aspect itself.
    """
    products = ledger.lots[ledger.lots["step"] == PRODUCT]
    shares = _share_origins(trace, products["lot_id"])
    charged = _charged_kg(ledger)
    made: list[dict[str, Any]] = []
    net_kg = products.groupby(["year", "facility_id", "material"], sort=False)["mass_kg"].sum().reset_index()
    by_plant: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for year, plant, metal, net in net_kg.itertuples(index=False, name=None):
        origins = shares.loc[[(year, plant, metal)]].to_numpy(float)[0].tolist()
        gross = charged.get((year, plant, metal), net)
        told = _describe(ledger.plans[year].settings, metal, (net, gross), origins, balanced=ledger.custody.pools)
        by_plant.setdefault((year, plant), []).append(told)
    for (year, plant), materials in sorted(by_plant.items()):
        made.append(
            {
                "facility_id": plant,
                "year": year,
                "semanticId": ASPECT,
                "planned": True,
                "placeholders": list(PLACEHOLDERS),
                "payload": {"secondaryMaterialContent": materials, "orderNumber": NOT_STATED},
            }
        )
    return made


KINDS = ("preConsumer", "postConsumer", "postConsumerAutomotive")


def _share_origins(trace: Trace, lots: pd.Series) -> pd.DataFrame:
    """Return the share of every origin in each metal of a refinery and year."""
    paths = trace.trace_back(lots)
    fleet = {key: pack.fleet for plan in trace.ledger.plans.values() for key, pack in plan.settings.classes.items()}
    cars = paths["class"].map(fleet) != "none"
    kind = pd.Series("postConsumer", paths.index).where(~cars, "postConsumerAutomotive")
    kind = kind.where(paths["consumer"] != "pre", "preConsumer")
    sums = paths.assign(kind=kind).pivot_table(
        index=["end_year", "end_id", "end_material"], columns="kind", values="kg", aggfunc="sum", fill_value=0.0
    )
    sums = sums.reindex(columns=list(KINDS), fill_value=0.0)
    shares: pd.DataFrame = sums.div(sums.sum(axis=1), axis=0)
    return shares


def _charged_kg(ledger: LotLedger) -> dict[tuple[int, str, str], float]:
    """Return kg of every metal in the black mass that a refinery takes in a year."""
    columns = [f"{metal}_kg" for metal in ledger.metals]
    keys = ledger.processes.set_index("process_id")[["year", "plant_id"]]
    taken = ledger.uses.join(keys, on="process_id").groupby(["year", "plant_id"])[columns].sum()
    return {
        (int(year), str(plant), metal): float(kg)
        for (year, plant), row in zip(taken.index, taken.to_numpy(float), strict=True)
        for metal, kg in zip(ledger.metals, row, strict=True)
    }


def _describe(
    settings: Settings, metal: str, kg: tuple[float, float], shares: list[float], *, balanced: bool
) -> dict[str, Any]:
    """Return one entry of `secondaryMaterialContent`: net and gross kg, and shares in the order of `KINDS`."""

    def recycled(percent: float) -> dict[str, Any]:
        return {"percentageOfMaterialWeight": percent, "isMassBalanced": balanced}

    (net_kg, gross_kg), (pre, post, cars) = kg, (min(100.0, 100.0 * share) for share in shares)
    return {
        "materialClass": NOT_STATED,
        "materialNameStandardized": {
            "referencedStandard": "ISO",
            "referencedStandardID": NOT_STATED,
            "materialNameStandardizedValue": str(settings.metals[metal].name_en),
        },
        "unitOfMeasure": {
            "unitOfMeasureKey": "unit:kilogram",
            "materialNetMass": net_kg,
            "grossMaterialInputMass": gross_kg,
        },
        "bioBased": {
            "bioBasedClass": "gen1",
            "secondaryBioBased": recycled(0.0),
            "primaryBioBased": {"percentageOfMaterialWeight": 0.0},
        },
        "inorganic": {
            "secondaryInorganic": {
                "preConsumer": {"mechanicalRecycling": recycled(pre)},
                "postConsumer": {"mechanicalRecycling": recycled(0.0), "chemicalRecycling": recycled(post)},
                "postConsumerAutomotive": {"mechanicalRecycling": recycled(0.0), "chemicalRecycling": recycled(cars)},
            },
            "primaryInorganic": {"percentageOfMaterialWeight": 0.0},
        },
        "certificate": [],
        "additionalInformation": f"Planned, as the element. {NO_CHEMICAL_FIELD}"
        if pre > 0
        else "Planned, as the element.",
    }

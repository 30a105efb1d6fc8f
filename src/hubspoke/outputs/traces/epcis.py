"""A ledger of lots as an EPCIS 2.0 document: one TransformationEvent for each process and year.

Names are those of the standard (GS1 EPCIS 2.0, JSON binding). What it has no name for stands under `hubspoke:`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.outputs.traces.addresses import Addresses
    from hubspoke.tracing.lots import LotLedger

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
KILOGRAM = "KGM"
BIZ_STEPS = {"hub": "disassembling", "port": "receiving"}
"""Business steps of the vocabulary; it has none for refining."""
OTHER_STEP = "other"
OFFSET = "+00:00"


def write_epcis(ledger: LotLedger, addresses: Addresses) -> dict[str, Any]:
    """Return a ledger as an EPCIS document.

    Parameters
    ----------
    ledger : LotLedger
    addresses : Addresses

    Returns
    -------
    dict
        JSON data. Each event stands at the last second of its year, as a plan knows years alone, and so does the date
        of the document, so that the same plan gives the same bytes. Events of one period of a mass balance share their
        `transformationID`.
    """
    metals = [f"{metal}_kg" for metal in ledger.metals]
    consumer = ledger.lots.set_index("lot_id")["consumer"]
    uses, makes = (dict(iter(frame.groupby("process_id"))) for frame in (ledger.uses, ledger.makes))
    events = []
    for row in ledger.processes.to_dict("records"):
        took, made = uses.get(row["process_id"]), makes.get(row["process_id"])
        if took is None or made is None:
            continue
        held = [
            {"epcClass": addresses.lot(lot), **{f"hubspoke:{metal}_kg": kg for metal, kg in kept.items() if kg > 0}}
            for lot, kept in _by_lot(made, metals)
        ]
        origins = sorted(set(took["lot_id"].map(consumer)))
        events.append(
            {
                "type": "TransformationEvent",
                "eventID": addresses.process(str(row["process_id"])),
                "eventTime": f"{row['year']}-12-31T23:59:59Z",
                "eventTimeZoneOffset": OFFSET,
                "transformationID": addresses.process(str(row["pool_id"])),
                "inputQuantityList": _quantities(took, addresses),
                "outputQuantityList": _quantities(made, addresses),
                "bizStep": BIZ_STEPS.get(str(row["plant_kind"]), OTHER_STEP),
                "readPoint": {"id": addresses.place(str(row["plant_kind"]), str(row["plant_id"]))},
                "bizLocation": {"id": addresses.place(str(row["plant_kind"]), str(row["plant_id"]))},
                "hubspoke:planned": True,
                "hubspoke:custody": ledger.custody.model,
                "hubspoke:consumer": origins,
                "hubspoke:metalsInOutput": [entry for entry in held if len(entry) > 1],
            }
        )
    last = max(ledger.plans)
    return {
        "@context": [CONTEXT, {"hubspoke": f"{addresses.base}terms/"}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": f"{last}-12-31T23:59:59Z",
        "epcisBody": {"eventList": events},
    }


def _quantities(parts: pd.DataFrame, addresses: Addresses) -> list[dict[str, Any]]:
    return [
        {"epcClass": addresses.lot(str(lot)), "quantity": float(kg), "uom": KILOGRAM}
        for lot, kg in zip(parts["lot_id"], parts["mass_kg"], strict=True)
    ]


def _by_lot(parts: pd.DataFrame, columns: list[str]) -> list[tuple[str, dict[str, float]]]:
    numbers = parts[columns].to_numpy(float)
    names = [column.removesuffix("_kg") for column in columns]
    return [
        (str(lot), dict(zip(names, map(float, kg), strict=True)))
        for lot, kg in zip(parts["lot_id"], numbers, strict=True)
    ]

"""A ledger of lots in PROV-JSON: lots are entities, processes activities, plants agents that follow the plan.

The form is that of the W3C submission of 2013-04-24.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from hubspoke.outputs.traces.addresses import Addresses
    from hubspoke.tracing.lots import LotLedger

PREFIX = "hubspoke"


def write_prov(ledger: LotLedger, addresses: Addresses) -> dict[str, Any]:
    """Return a ledger as a PROV document.

    Parameters
    ----------
    ledger : LotLedger
    addresses : Addresses
        Its base stands behind the prefix of all names.

    Returns
    -------
    dict
        JSON data: every lot with its kg, what used and made it, which plant did so under which plan, and the plan as
        derived from input files with their SHA-256.
    """
    entity: dict[str, Any] = {}
    derived: dict[str, Any] = {}
    for year, plan in ledger.plans.items():
        own = _name("plan", str(year))
        entity[own] = {"prov:type": {"$": "prov:Plan", "type": "prov:QUALIFIED_NAME"}}
        entity[own] |= {f"{PREFIX}:sha256": ledger.fingerprints[year], f"{PREFIX}:title": plan.title}
        for file, digest in sorted(plan.hashes.items()):
            entity[_name("input", digest)] = {f"{PREFIX}:file": file, f"{PREFIX}:sha256": digest}
            derived[f"_:input{len(derived)}"] = {
                "prov:generatedEntity": own,
                "prov:usedEntity": _name("input", digest),
            }
    kg = ledger.kg
    for row in ledger.lots.to_dict("records"):
        words = {f"{PREFIX}:{name}": row[name] for name in ("step", "year", "material", "consumer", "comes_from")}
        held = {f"{PREFIX}:{name}": row[name] for name in kg if row[name] > 0}
        entity[_name("lot", str(row["lot_id"]))] = {**words, **held}
    activity: dict[str, Any] = {}
    agent: dict[str, Any] = {}
    associated: dict[str, Any] = {}
    for row in ledger.processes.to_dict("records"):
        own = _name("process", str(row["process_id"]))
        plant = _name(str(row["plant_kind"]), str(row["plant_id"]))
        year = row["year"]
        activity[own] = {
            "prov:startTime": f"{year}-01-01T00:00:00Z",
            "prov:endTime": f"{year}-12-31T23:59:59Z",
            f"{PREFIX}:custody": ledger.custody.model,
            f"{PREFIX}:pool": str(row["pool_id"]),
        }
        agent[plant] = {f"{PREFIX}:kind": row["plant_kind"], f"{PREFIX}:id": row["plant_id"]}
        entry = {"prov:activity": own, "prov:agent": plant, "prov:plan": _name("plan", str(year))}
        associated[f"_:association{len(associated)}"] = entry
    agent[_name("software", "hubspoke")] = {
        "prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"},
    }
    attributed = {
        f"_:plan{at}": {"prov:entity": _name("plan", str(year)), "prov:agent": _name("software", "hubspoke")}
        for at, year in enumerate(ledger.plans)
    }
    return {
        "prefix": {PREFIX: addresses.base},
        "entity": entity,
        "activity": activity,
        "agent": agent,
        "used": _parts(ledger.uses.to_dict("records"), "use"),
        "wasGeneratedBy": _parts(ledger.makes.to_dict("records"), "generation"),
        "wasAssociatedWith": associated,
        "wasAttributedTo": attributed,
        "wasDerivedFrom": derived,
    }


def _parts(rows: list[Any], kind: str) -> dict[str, Any]:
    return {
        f"_:{kind}{at}": {
            "prov:entity": _name("lot", str(row["lot_id"])),
            "prov:activity": _name("process", str(row["process_id"])),
            f"{PREFIX}:mass_kg": row["mass_kg"],
        }
        for at, row in enumerate(rows)
    }


def _name(kind: str, name: str) -> str:
    """Return a qualified name; what no local name may hold is escaped."""
    return f"{PREFIX}:{kind}/{quote(name, safe='')}"

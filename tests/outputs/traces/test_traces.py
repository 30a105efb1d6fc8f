"""Traces for other programs: whole, closed, with the exact names of each format, and the same bytes every time.

The schemas of others are not shipped. Names and types are checked by rules of our own; where `HUBSPOKE_SCHEMAS` names a
folder that holds the published schemas, and jsonschema is installed, the files are held against those as well.
"""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from typer.testing import CliRunner

from hubspoke.api.trace import PlanTrace
from hubspoke.base.errors import UsageError
from hubspoke.cli.app import app
from hubspoke.outputs.runs.folder import write_run
from hubspoke.outputs.traces.addresses import choose_addresses
from hubspoke.outputs.traces.write import FILES
from redrawn_plan import two_years
from small_plan import mixed_plan, small_plan

RECYCLED = {"percentageOfMaterialWeight": float, "isMassBalanced": bool}
MATERIAL = {
    "materialClass": str,
    "materialNameStandardized": {
        "referencedStandard": str,
        "referencedStandardID": str,
        "materialNameStandardizedValue": str,
    },
    "unitOfMeasure": {"unitOfMeasureKey": str, "materialNetMass": float, "grossMaterialInputMass": float},
    "bioBased": {
        "bioBasedClass": str,
        "secondaryBioBased": RECYCLED,
        "primaryBioBased": {"percentageOfMaterialWeight": float},
    },
    "inorganic": {
        "secondaryInorganic": {
            "preConsumer": {"mechanicalRecycling": RECYCLED},
            "postConsumer": {"mechanicalRecycling": RECYCLED, "chemicalRecycling": RECYCLED},
            "postConsumerAutomotive": {"mechanicalRecycling": RECYCLED, "chemicalRecycling": RECYCLED},
        },
        "primaryInorganic": {"percentageOfMaterialWeight": float},
    },
    "certificate": list,
    "additionalInformation": str,
}
EVENT = {
    "type": str,
    "eventID": str,
    "eventTime": str,
    "eventTimeZoneOffset": str,
    "transformationID": str,
    "inputQuantityList": list,
    "outputQuantityList": list,
    "bizStep": str,
    "readPoint": {"id": str},
    "bizLocation": {"id": str},
}
QUANTITY = {"epcClass": str, "quantity": float, "uom": str}
BIZ_STEPS = {"disassembling", "receiving", "other"}


def check_shape(data: Any, shape: Any) -> None:
    """Check that data have the names of a shape, no others, and values of its types."""
    if isinstance(shape, dict):
        assert set(data) == set(shape)
        for name, inner in shape.items():
            check_shape(data[name], inner)
    else:
        assert type(data) is shape


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the whole of a plan with imports and a furnace."""
    return mixed_plan().trace(custody="controlled_blending").save(tmp_path_factory.mktemp("trace") / "out")


@pytest.mark.heavy
def test_the_same_trace_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    again = mixed_plan().trace().save(tmp_path / "again")
    files = sorted(path.name for path in written.iterdir())
    assert set(files) == set(FILES) - {"paths.csv"}
    for name in files:
        assert (written / name).read_bytes() == (again / name).read_bytes()


def test_lots_name_those_that_they_are_made_of(written: Path) -> None:
    record = read(written, "trace.json")
    lots = {lot["lot_id"]: lot for lot in record["lots"]}
    table = pd.read_csv(written / "lots.csv", keep_default_na=False).set_index("lot_id")
    assert set(table.index) == set(lots)
    for name, lot in lots.items():
        assert set(lot["upstream_lot_ids"]) <= set(lots)
        assert bool(lot["upstream_lot_ids"]) == (lot["step"] not in {"packs", "landed"})
        assert table.loc[name, "upstream_lot_ids"] == ";".join(lot["upstream_lot_ids"])
    assert record["plans"][str(mixed_plan().year)]["input_sha256"] == dict(mixed_plan().hashes)


def test_graphml_is_read_back_with_every_kg(written: Path) -> None:
    graph, made = nx.read_graphml(written / "trace.graphml"), mixed_plan().trace().graph()
    assert set(graph.nodes) == set(made.nodes)
    assert {edge: held["mass_kg"] for *edge_of, held in graph.edges(data=True) for edge in [tuple(edge_of)]} == {
        (start, end): held["mass_kg"] for start, end, held in made.edges(data=True)
    }
    assert nx.is_directed_acyclic_graph(graph)


def test_epcis_events_have_the_names_of_the_standard_and_close(written: Path) -> None:
    document = read(written, "epcis.json")
    assert set(document) == {"@context", "type", "schemaVersion", "creationDate", "epcisBody"}
    assert (document["type"], document["schemaVersion"]) == ("EPCISDocument", "2.0")
    events = document["epcisBody"]["eventList"]
    assert events
    given: set[str] = set()
    for event in events:
        check_shape({name: held for name, held in event.items() if not name.startswith("hubspoke:")}, EVENT)
        assert event["type"] == "TransformationEvent"
        assert event["bizStep"] in BIZ_STEPS
        sums = []
        for side in ("inputQuantityList", "outputQuantityList"):
            for quantity in event[side]:
                check_shape(quantity, QUANTITY)
                assert quantity["uom"] == "KGM"
            sums.append(sum(quantity["quantity"] for quantity in event[side]))
        assert sums[0] == pytest.approx(sums[1])
        given |= {quantity["epcClass"] for quantity in event["outputQuantityList"]}
    refined = [event for event in events if event["bizStep"] == "other"]
    assert {quantity["epcClass"] for event in refined for quantity in event["inputQuantityList"]} <= given


@pytest.mark.heavy
def test_years_of_one_period_share_their_transformation(tmp_path: Path) -> None:
    plans = two_years(small_plan())
    for period, shared in ((1, False), (10, True)):
        trace = PlanTrace.of(plans, None, custody="mass_balance", period_yr=period)
        events = read(trace.save(tmp_path / str(period)), "epcis.json")["epcisBody"]["eventList"]
        years: dict[str, set[str]] = {}
        for event in events:
            years.setdefault(event["transformationID"], set()).add(event["eventTime"][:4])
        assert all((len(found) == 2) == shared for found in years.values())


@pytest.mark.heavy
@pytest.mark.parametrize("custody", ["segregated", "controlled_blending", "mass_balance"])
def test_recycled_content_has_the_fields_of_the_aspect_and_sums_to_all(custody: str, tmp_path: Path) -> None:
    plan = mixed_plan()
    folder = plan.trace(custody=custody).save(tmp_path / "out")
    aspects = read(folder, "secondary_material_content_calculated.json")
    assert aspects
    for aspect in aspects:
        assert set(aspect["payload"]) == {"secondaryMaterialContent", "orderNumber"}
        for material in aspect["payload"]["secondaryMaterialContent"]:
            check_shape(material, MATERIAL)
            secondary = material["inorganic"]["secondaryInorganic"]
            parts = [part for group in secondary.values() for part in group.values()]
            assert sum(part["percentageOfMaterialWeight"] for part in parts) == pytest.approx(100)
            assert {part["isMassBalanced"] for part in parts} == {custody == "mass_balance"}
            mass = material["unitOfMeasure"]
            assert 0 < mass["materialNetMass"] <= mass["grossMaterialInputMass"] * (1 + 1e-9)


def test_prov_names_only_what_it_describes(written: Path) -> None:
    document = read(written, "prov.json")
    known = {key: set(document[key]) for key in ("entity", "activity", "agent")}
    ends = {
        "prov:entity": "entity",
        "prov:generatedEntity": "entity",
        "prov:usedEntity": "entity",
        "prov:plan": "entity",
        "prov:activity": "activity",
        "prov:agent": "agent",
    }
    relations = set(document) - {"prefix", *known}
    assert relations == {"used", "wasGeneratedBy", "wasAssociatedWith", "wasAttributedTo", "wasDerivedFrom"}
    for relation in relations:
        for held in document[relation].values():
            assert all(held[name] in known[kind] for name, kind in ends.items() if name in held)
    hashes = {held.get("hubspoke:sha256") for held in document["entity"].values()}
    assert set(mixed_plan().hashes.values()) <= hashes


def test_a_passport_is_a_fragment_and_says_so(written: Path) -> None:
    [fragment] = read(written, "passport_fragment.json")
    assert fragment["fragment"] is True
    assert "no battery passport" in fragment["note"]
    for entry in fragment["recycledContent"]:
        assert set(entry) == {"recycledMaterial", "preConsumerShare", "postConsumerShare"}
        assert 0 <= entry["preConsumerShare"] + entry["postConsumerShare"] <= 100 + 1e-9


def test_one_site_is_written_with_every_process_on_its_way_whole(tmp_path: Path) -> None:
    plan = small_plan()
    site = str(plan.assignments["site_id"].iloc[0])
    trace = plan.trace(site)
    folder = trace.save(tmp_path / "out", uri="https://example.com/a")
    paths = pd.read_csv(folder / "paths.csv")
    assert paths["kg"].sum() == pytest.approx(trace.paths["kg"].sum())
    assert set(paths["source_id"]) == {site}
    parts = pd.read_csv(folder / "parts.csv")
    sums = parts.pivot_table(index="process_id", columns="direction", values="mass_kg", aggfunc="sum")
    assert sums["in"].to_numpy() == pytest.approx(sums["out"].to_numpy())
    assert len(sums) < len(trace.ledger.processes)
    assert '"https://example.com/a/lot/' in (folder / "epcis.json").read_text(encoding="utf-8")


@pytest.mark.heavy
def test_any_name_passes_every_form(tmp_path: Path) -> None:
    plan = mixed_plan()
    hub, evil = str(plan.assignments["hub_id"].iloc[0]), '=北 <&"|;,\x1b\u202e/..%'
    tables = {name: getattr(plan, name).replace({hub: evil}) for name in ("hubs", "assignments", "flows")}
    trace = PlanTrace.of({plan.year: replace(plan, **tables)}, evil, custody="segregated", period_yr=1)
    folder = trace.save(tmp_path / "out", lang="ja")
    assert trace.focus.kind == "hub"
    assert evil in {lot["facility_id"] for lot in read(folder, "trace.json")["lots"]}
    assert len(nx.read_graphml(folder / "trace.graphml")) == len(trace.graph())
    assert ET.parse(folder / "flow.svg").getroot() is not None  # noqa: S314 - our own
    places = [event["bizLocation"]["id"] for event in read(folder, "epcis.json")["epcisBody"]["eventList"]]
    assert all(place.isascii() and " " not in place for place in places)


def test_only_folders_of_a_trace_are_replaced_and_addresses_are_absolute(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="no trace of hubspoke"):
        small_plan().trace().save(tmp_path / "mine")
    assert choose_addresses("urn:example:").place("hub", "北 1") == "urn:example:hub/%E5%8C%97%201"
    for base in ("", "example", "a b:c"):
        with pytest.raises(UsageError, match="absolute address"):
            choose_addresses(base)


@pytest.mark.heavy
@pytest.mark.usefixtures("bare_runs")
def test_the_command_writes_the_folder(tmp_path: Path) -> None:
    plan = small_plan()
    write_run(plan, tmp_path / "plan", maps=False)
    words = ["trace", str(tmp_path / "plan"), "-o", str(tmp_path / "out"), "-q"]
    ran = CliRunner().invoke(app, words)
    assert (ran.exit_code, ran.output) == (0, "")
    assert (tmp_path / "out" / "epcis.json").is_file()


SCHEMAS = {
    "epcis.json": "EPCIS-JSON-Schema.json",
    "prov.json": "prov-json-schema.json",
    "secondary_material_content_calculated.json": "SecondaryMaterialContentCalculated-schema.json",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_files_keep_the_published_schemas_where_these_are_at_hand(name: str, written: Path) -> None:
    schemas = Path(os.environ.get("HUBSPOKE_SCHEMAS", "")) / SCHEMAS[name]
    if not os.environ.get("HUBSPOKE_SCHEMAS") or not schemas.is_file():
        pytest.skip("HUBSPOKE_SCHEMAS names no folder with the schema")
    jsonschema = pytest.importorskip("jsonschema")
    content = read(written, name)
    for document in [entry["payload"] for entry in content] if isinstance(content, list) else [content]:
        schema = json.loads(schemas.read_text(encoding="utf-8"))
        jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())

"""Every fault of the input is found at its file, row and column, with a cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import flat_tables, write_folder
from faults import CASES, cell, text
from hubspoke.base.errors import Finding, InputError, list_findings
from hubspoke.inputs.check.check import check
from hubspoke.inputs.read import read

if TYPE_CHECKING:
    from pathlib import Path

    from faults import Case


def test_tiny_network_has_no_findings(tiny: Path) -> None:
    assert check(tiny) == ()


@pytest.mark.heavy
def test_shipped_data_have_no_findings() -> None:
    assert check() == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fault_is_found_at_its_place_with_a_cure(case: Case, tiny: Path) -> None:
    case.change(tiny)
    findings = check(tiny)
    there = [found for found in findings if (found.file, found.row, found.column) == (case.file, case.row, case.column)]
    told = [found for found in there if case.problem in found.problem and case.cure in found.cure]
    assert told, "\n".join(map(str, findings))
    assert {found.fatal for found in told} == {case.fatal}
    assert all(found.kind and found.cure for found in findings)


def test_several_faults_come_all_at_once(tiny: Path) -> None:
    cell("kanto/sites", 0, "nmc_t", "many")(tiny)
    cell("chubu/hubs", 1, "status", "opened")(tiny)
    text("a.toml", "[policy]\nsourcin = 'single'\n")(tiny)
    text("boundaries.geojson", "{")(tiny)
    with pytest.raises(InputError) as caught:
        read(tiny)
    places = {(found.file, found.row, found.column) for found in caught.value.findings}
    assert places == {
        ("kanto/sites.csv", 2, "nmc_t"),
        ("chubu/hubs.csv", 3, "status"),
        ("a.toml", 2, "policy.sourcin"),
        ("boundaries.geojson", 1, ""),
    }


def test_message_lists_twenty_of_a_kind_and_findings_keep_all(tmp_path: Path) -> None:
    tables = flat_tables()
    tables["sites"] = [
        {"id": f"s{number}", "lat": 35.6, "lon": 139.7, "mass_t": "many" if number < 400 else 1}
        for number in range(500)
    ]
    with pytest.raises(InputError) as caught:
        read(write_folder(tmp_path / "kanto", tables))
    assert len(caught.value.findings) == 400
    assert str(caught.value).startswith("400 problems in the input")
    assert str(caught.value).count("'many'") == 20
    assert "sites.csv, column mass_t: and 380 more rows like these" in str(caught.value)


def test_findings_of_one_kind_are_listed_together() -> None:
    findings = [Finding("f", row, "c", f"p{row}", "cure", kind="k") for row in (1, 3, 5)]
    lines = list_findings([*findings, Finding("f", 2, "c", "other", "cure", kind="l")], per_kind=2)
    assert lines == ["f, row 1, column c: p1 -> cure", "f, row 3, column c: p3 -> cure",
                     "f, column c: and 1 more row like these", "f, row 2, column c: other -> cure"]  # fmt: skip


@pytest.mark.parametrize(("name", "words"), [("nowhere", "no such folder"), ("tiny/roads.csv", "no folder, workbook")])
def test_a_path_that_is_no_folder_is_a_finding(name: str, words: str, tiny: Path) -> None:
    (found, *_) = check(tiny.parent / name)
    assert words in found.problem
    assert "hubspoke new" in found.cure


def test_an_empty_folder_is_a_finding(tmp_path: Path) -> None:
    assert [found.kind for found in check(tmp_path)] == ["missing-file"]


@pytest.mark.parametrize("mark", ["plan.json", "compare.json"])
def test_a_folder_that_the_program_wrote_inside_the_data_is_not_read(tiny: Path, mark: str) -> None:
    write_folder(tiny / "out", {"hubs": [{"id": "hk1", "mass_t": 5}], "sites": [{"id": "k1"}]})
    (tiny / "out" / mark).write_text("{}")
    (found,) = check(tiny)
    assert (found.kind, found.fatal) == ("own-folder", False)
    assert "out (a" in found.problem


def test_many_unknown_columns_are_counted_and_all_kept(tmp_path: Path) -> None:
    tables = flat_tables()
    tables["sites"] = [row | {f"c{number}": "" for number in range(2000)} for row in tables["sites"]]
    findings = [found for found in check(write_folder(tmp_path / "kanto", tables)) if found.kind == "unknown-column"]
    assert len(findings) == 2000
    assert len(lines := list_findings(findings)) == 21
    assert lines[-1] == "sites.csv: and 1,980 more columns like these"


def test_a_limit_nearly_named_among_many_unknown_columns_is_a_fault(tmp_path: Path) -> None:
    tables = flat_tables()
    tables["hubs"] = [
        {
            ("max_tt" if key == "max_t" else key): cell
            for key, cell in (row | dict.fromkeys(map(str, range(99)))).items()
        }
        for row in tables["hubs"]
    ]
    assert ("max_tt", True) in {(found.column, found.fatal) for found in check(write_folder(tmp_path, tables))}


def test_many_unknown_settings_are_counted(tiny: Path) -> None:
    (tiny / "a.toml").write_text("[policy]\n" + "".join(f"k{number} = 1\n" for number in range(500)))
    findings = [found for found in check(tiny) if found.kind == "unknown-key"]
    assert len(findings) == 500
    assert len({found.row for found in findings}) == 500
    assert list_findings(findings)[-1] == "a.toml: and 480 more keys like these"

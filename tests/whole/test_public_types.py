"""Tests of what holds the types of public names complete."""

from __future__ import annotations

from typing import Any

from tools.check_public_types import count_known, tell_guessed

MISSING = "Type is missing type annotation and could be inferred differently by type checkers"


def report(*names: dict[str, Any], score: float, faults: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a report as pyright writes it."""
    return {
        "generalDiagnostics": [{"file": "", "severity": "error", "message": fault} for fault in faults],
        "typeCompleteness": {
            "packageName": "hubspoke",
            "exportedSymbolCounts": {"withKnownType": sum(name["isTypeKnown"] for name in names)},
            "completenessScore": score,
            "symbols": list(names),
        },
    }


def symbol(name: str, *, known: bool, exported: bool = True, fault: str = "") -> dict[str, Any]:
    """Return what such a report says of a name."""
    place = {"file": "plan.py", "range": {"start": {"line": 3, "character": 8}}}
    told = [{**place, "severity": "error", "message": fault}] if fault else []
    return {"name": name, "isExported": exported, "isTypeKnown": known, "isTypeAmbiguous": False, "diagnostics": told}


def test_a_report_without_a_guess_passes() -> None:
    whole = report(
        symbol("hubspoke.solve", known=True), symbol("hubspoke._inner", known=False, exported=False), score=1
    )
    assert list(tell_guessed(whole)) == []
    assert count_known(whole) == 1


def test_a_name_that_has_to_be_guessed_is_told_with_its_place() -> None:
    guessed = symbol("hubspoke.Plan.cost", known=False, fault=f'{MISSING}\n\u00a0\u00a0Inferred type is "int"')
    lines = list(tell_guessed(report(symbol("hubspoke.solve", known=True), guessed, score=0.9999)))
    assert lines[0] == f'hubspoke.Plan.cost: plan.py:4 {MISSING} Inferred type is "int"'
    assert lines[1].startswith("99.99 %")


def test_a_package_that_is_not_looked_at_does_not_pass() -> None:
    lines = list(tell_guessed(report(score=0, faults=("No py.typed file found",))))
    assert lines[0] == "No py.typed file found"
    assert lines[1].startswith("0.00 %")

"""Write what a study came to: a report in each language, and its findings as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.memory import MARK
from hubspoke.analysis.study.page import address_of, page_name, tell_title, write_study_page
from hubspoke.base.atomic_write import replaced_file
from hubspoke.base.json_text import write_json
from hubspoke.words.language import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.study.findings.gather import Found

FORMAT, FORMAT_VERSION = "hubspoke-study", 1


def write_study(found: Found, folder: Path) -> None:
    """Write the reports and `study.json`, each whole or not at all.

    Parameters
    ----------
    found : Found
    folder : Path
        That of a `StudyMemory`.
    """
    pages = {page_name(lang): write_study_page(found, lang) for lang in LANGUAGES}
    for name, text in {**pages, MARK: write_json(describe_study(found))}.items():
        with replaced_file(folder / name) as part:
            part.write_text(text, encoding="utf-8", newline="\n")


def describe_study(found: Found) -> dict[str, Any]:
    """Return the findings of a study as data: their words, and the figures that each rests on.

    Parameters
    ----------
    found : Found
    """
    done, speakers = found.done, {lang: found.speaker(lang) for lang in LANGUAGES}
    study, limits = done.study, found.limits
    findings = [
        {
            "section": one.section,
            "rule": one.rule,
            **{lang: speaker.say(one) for lang, speaker in speakers.items()},
            "plants": list(one.plants),
            "rests_on": [
                {
                    "analysis": clause.part,
                    "rule": clause.rule,
                    "page": address_of(clause.part, clause.page),
                    "figures": {
                        name: {"value": figure.value, "unit": figure.unit} for name, figure in clause.figures.items()
                    },
                }
                for clause in one.clauses
            ],
        }
        for one in found.sentences
    ]
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "title": {lang: tell_title(found, lang) for lang in LANGUAGES},
        "asked": {
            "common": dict(study.stated.common),
            **{key: dict(one) for key, one in study.stated.sections.items()},
        },
        "policy": study.policy,
        "year": study.year,
        "years": list(study.years),
        "futures": [{"name": one.name, "weight": one.probability} for one in study.futures],
        "are_weighted": study.are_weighted,
        "limits": {name: getattr(limits, name) for name in ("decide_share", "wait_share", "tossup_share")},
        "analyses": [
            *({"analysis": name, "state": "done"} for name in done.facts),
            *({"analysis": name, "state": "failed", "why": one.message} for name, one in done.failures.items()),
            *({"analysis": name, "state": "waiting"} for name in done.waiting),
            *({"analysis": name, "state": "left-out", "why": why} for name, why in study.left_out.items()),
        ],
        "findings": findings,
        "plants": [_describe_plant(one) for one in found.known],
    }


def _describe_plant(one: Any) -> dict[str, Any]:
    names = ("verdict", "in_plan", "future_share", "near", "near_share", "in_robust", "front_share")
    told = {name: getattr(one, name) for name in names}
    plant = {key: one.plant[key] for key in ("id", "kind", "region", "name", "name_ja", "stands_t")}
    return {
        **plant,
        **told,
        "policies": None if one.policies is None else list(one.policies),
        "opens": (one.years or {}).get("opens"),
        "loss_jpy": (one.loss or {}).get("more_jpy"),
        "break_even": (one.break_even or {}).get("chosen_to"),
    }

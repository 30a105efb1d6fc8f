"""The report of a study as one HTML page that a board can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.study.deeds import list_deeds
from hubspoke.analysis.study.evidence_table import tell_evidence
from hubspoke.analysis.study.findings.say import format_share
from hubspoke.analysis.study.findings.sentence import LATER, MIND, NOW, OPEN, SECTIONS
from hubspoke.analysis.study.memory import PARTS_FOLDER
from hubspoke.analysis.study.parts.listing import PARTS
from hubspoke.analysis.study.run import NEEDS_PLAN
from hubspoke.analysis.study.stated import ALTERNATIVES, ANALYSES, DISRUPTION, FRONT, FUTURES, PLAN
from hubspoke.analysis.study.words import page_words
from hubspoke.outputs.report.blocks import (
    Block,
    Charts,
    Column,
    Items,
    Named,
    Paragraph,
    Section,
    Statement,
    Statements,
    Table,
)
from hubspoke.outputs.report.drawing.charts import Chart
from hubspoke.outputs.report.page import write_page
from hubspoke.words.language import LANGUAGES
from hubspoke.words.messages import translate
from hubspoke.words.names import name_title
from hubspoke.words.numbers import format_gap, format_large, format_yen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.analysis.study.findings.gather import Found
    from hubspoke.analysis.study.findings.say import Speaker
    from hubspoke.analysis.study.findings.sentence import Sentence
    from hubspoke.words.language import Lang

SHOWN = 10
"""Findings of a section that are not folded away."""
TELLING = ("future", "setting", "lost_none", "lost", "policy_saves", "break_even")
"""Rules whose first finding may be told in short, the most telling first."""


def page_name(lang: Lang) -> str:
    """Return the name of the report in a language.

    Parameters
    ----------
    lang : {"en", "ja"}
    """
    return f"study.{lang}.html"


def address_of(part: str, page: str = "") -> str:
    """Return the address of the page of an analysis, seen from the report.

    Parameters
    ----------
    part : str
    page : str
        In its folder; the usual one when empty.
    """
    return f"{PARTS_FOLDER}/{part}/{page or PARTS[part].page}"


def write_study_page(found: Found, lang: Lang) -> str:
    """Write the report of a study.

    Parameters
    ----------
    found : Found
    lang : {"en", "ja"}

    Returns
    -------
    str
        HTML.
    """
    study, speaker = found.done.study, found.speaker(lang)
    words = page_words(study.settings, lang)
    title = tell_title(found, lang)
    sections = [
        Section("in-short", words["in_short"], tuple(_tell_short(found, speaker, words, lang))),
        *(_tell_findings(found, name, speaker, words) for name in SECTIONS),
        *_tell_map(found, words, lang),
        *tell_evidence(found, speaker, words),
        _tell_computed(found, words, lang),
        _tell_rules(found, words),
    ]
    [other] = [one for one in LANGUAGES if one != lang]
    policy = speaker.say_policy(study.policy)
    return write_page(
        words["heading"].format(title=title),
        words["subtitle"].format(policy=policy, year=study.year),
        sections,
        lang=lang,
        links=[(page_name(other), words["other"])],
    )


def tell_title(found: Found, lang: Lang) -> str:
    """Return the title of a study: its own, else that of the settings.

    Parameters
    ----------
    found : Found
    lang : {"en", "ja"}
    """
    study = found.done.study
    own = study.stated.common
    return str(
        (own.get("title_ja") if lang == "ja" else "")
        or own.get("title")
        or own.get("title_ja")
        or name_title(study.settings.title, study.settings, lang)
    )


def _tell_short(found: Found, speaker: Speaker, words: Mapping[str, str], lang: Lang) -> Iterator[Block]:
    """Yield what a board reads first, and what it must know of the figures."""
    done = found.done
    by_verdict = {name: [one for one in found.known if one.verdict == name] for name in (NOW, LATER, OPEN)}
    if PLAN in done.facts:
        plan = done.facts[PLAN]
        key = "lead_now" if by_verdict[NOW] else "lead_now_none"
        yield Paragraph(words[key].format(plants=list_deeds(by_verdict[NOW], speaker, words)), role="lead")
        for name in (LATER, OPEN):
            if by_verdict[name]:
                names = [one.plant["id"] for one in by_verdict[name]]
                told = list_deeds(by_verdict[name], speaker, words) if name == LATER else speaker.list_plants(names)
                yield Paragraph(words[f"lead_{name}"].format(plants=told), role="lead")
        if telling := _most_telling(found.of(MIND)):
            yield Paragraph(words["lead_mind"].format(told=speaker.say(telling)), role="lead")
        settings = done.study.settings
        told = words["lead_cost"].format(
            year=plan["year"],
            policy=speaker.say_policy(plan["policy"]),
            cost=format_yen(plan["cost_jpy"], lang, settings),
            bound=format_yen(plan["bound_jpy"], lang, settings),
            mass=format_large(plan["mass_t"], lang, words["t_per_yr"]),
            sites=f"{plan['sites']:,}",
        )
        yield Paragraph(told)
        if plan["synthetic"]:
            key = "synthetic_all" if plan["synthetic"] == plan["sites"] else "synthetic"
            told = words[key].format(count=f"{plan['synthetic']:,}", sites=f"{plan['sites']:,}")
            yield Paragraph(told, role="note")
    else:
        yield Paragraph(words["no_plan"], role="lead")
    if FUTURES in done.facts and not done.facts[FUTURES]["are_weighted"]:
        yield Paragraph(words["alike"], role="note")
    for key, names in (("failed", list(done.failures)), ("waiting", list(done.waiting))):
        if names:
            yield Paragraph(words[key].format(names=", ".join(words[f"name_{name}"] for name in names)), role="note")


def _most_telling(sentences: list[Sentence]) -> Sentence | None:
    for rule in TELLING:
        for one in sentences:
            if one.rule == rule or one.rule in (f"{rule}_opens", f"{rule}_closes"):
                return one
    return None


def _tell_findings(found: Found, name: str, speaker: Speaker, words: Mapping[str, str]) -> Section:
    rows = [_state(one, speaker, words) for one in found.of(name)]
    blocks: list[Block] = [Statements(tuple(rows[:SHOWN]))] if rows else [Paragraph(words["nothing"])]
    if rows[SHOWN:]:
        blocks.append(Statements(tuple(rows[SHOWN:]), folded=words["more"].format(n=len(rows) - SHOWN)))
    return Section(name, words[name], tuple(blocks))


def _state(one: Sentence, speaker: Speaker, words: Mapping[str, str]) -> Statement:
    links = tuple((address_of(part, page), words[f"name_{part}"]) for part, page in one.pages)
    head, detail = speaker.say_parts(one)
    return Statement(head, detail, words["rests"], links)


def _tell_map(found: Found, words: Mapping[str, str], lang: Lang) -> Iterator[Section]:
    """Yield the map of criticality."""
    drawn = found.done.facts.get(DISRUPTION, {}).get("map") or {}
    if lang in drawn:
        chart = Chart(drawn[lang]["title"], drawn[lang]["svg"], drawn[lang]["words"])
        yield Section("map", words["map"], (Charts((chart,)), Paragraph(words["map_note"], role="small")))


def _tell_computed(found: Found, words: Mapping[str, str], lang: Lang) -> Section:
    done, rows = found.done, []
    for name in ANALYSES:
        named = Named(words[f"name_{name}"], address=address_of(name) if name in done.facts and name != FRONT else "")
        if name == FRONT and name in done.facts:
            first = done.facts[FRONT]["fronts"][0]["against"]
            named = Named(words[f"name_{name}"], address=address_of(name, f"{first}/front.html"))
        if name in done.facts:
            gap = _largest_gap(done.facts[name])
            wide = gap is not None and gap > found.limits.tossup_share
            state = words["done_wide" if wide else "done"].format(limit=format_share(found.limits.tossup_share))
        elif name in done.failures:
            why = done.failures[name].message
            state = words[NEEDS_PLAN]
            if why != NEEDS_PLAN:
                state = words["failed_state"].format(why=translate(why.split("\n", maxsplit=1)[0], lang))
        else:
            state = words["not_yet"] if name in done.waiting else words[done.study.left_out.get(name, "not_yet")]
        rows.append((named, words[f"asks_{name}"], state, _tell_gap(done.facts.get(name, {}))))
    forms = (("analysis", "text"), ("asks", "prose"), ("state", "prose"), ("proven", "number"))
    columns = tuple(Column(words[key], form) for key, form in forms)
    return Section("analyses", words["computed"], (Table(words["computed"], columns, tuple(rows)),))


def _tell_gap(facts: Mapping[str, Any]) -> str:
    """Return the largest gap of the plans of an analysis in words; empty where it tells none."""
    gap = _largest_gap(facts)
    return "" if gap is None else format_gap(gap)


def _largest_gap(facts: Mapping[str, Any]) -> float | None:
    """Return the largest gap of the plans of an analysis; None where it tells none."""
    rows = [row for key in ("policies", "futures", "cases", "fronts") for row in facts.get(key, ())]
    gaps = [float(one["gap"]) for one in (facts, *rows) if one.get("gap") is not None]
    return max(gaps, default=None)


def _tell_rules(found: Found, words: Mapping[str, str]) -> Section:
    limits = found.limits
    told = {
        "decide": format_share(limits.decide_share),
        "wait": format_share(limits.wait_share),
        "tossup": format_share(limits.tossup_share),
        "within": format_share(float(found.done.study.options(ALTERNATIVES)["within"])),
    }
    keys = ("rule_now", "rule_later", "rule_open", "rule_mind", "rule_said")
    return Section("rules", words["rules"], (Items(tuple(words[key].format(**told) for key in keys)),))

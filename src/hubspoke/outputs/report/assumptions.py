"""Report every number that a plan rests on with its source, what was asked for, and the input files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.metals.demand import find_demand
from hubspoke.outputs.report.blocks import Block, Column, Named, Paragraph, Section, Table
from hubspoke.outputs.report.words import GROUPS, report_words
from hubspoke.settings.quantity import USER_SOURCE, is_quantity_table
from hubspoke.settings.rules import UNLIMITED
from hubspoke.words.commodity import speak_in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

    Row = tuple[str | Named, ...]

FLEET = ("sales", "scenarios")
"""Parts of the settings section `supply` that tell of the fleet of cars."""


def describe_assumptions(plan: PlanData, lang: Lang) -> Section:
    """Return the section on the settings: every quantity with unit, range, confidence and source, by part."""
    words, groups = report_words(lang, plan.settings), speak_in_commodity_words(GROUPS, plan.settings, lang)
    settings = plan.settings.model_dump(mode="json", exclude_none=True)
    if all(pack.fleet == "none" for pack in plan.settings.classes.values()):  # then no tonnes follow from the fleet
        settings["supply"] = {key: value for key, value in settings["supply"].items() if key not in FLEET}
    if find_demand(plan.settings) is None:  # then it is that of another commodity
        settings.pop("demand", None)
    del settings["costs"]  # the chosen level stands in the sections that it changes, and no plan rests on the others
    columns = (
        Column(words["key"]),
        Column(words["value"], "number"),
        Column(words["unit"]),
        Column(words["range"], "number"),
        Column(words["confidence"]),
        Column(words["source"], "prose"),
    )
    tables = []
    for group, content in settings.items():
        rows = tuple(_list_quantities({group: content}, words)) if isinstance(content, dict) else ()
        if rows:
            caption = groups.get(group, group)
            tables.append(Table(caption, columns, rows, small=True, folded=True))
    counted = Paragraph(_count_confidence(settings, words))
    return Section("assumptions", words["assumptions"], (Paragraph(words["assumptions_text"]), counted, *tables))


def describe_input(plan: PlanData, lang: Lang) -> Section:
    """Return the section on the options of the plan and the fingerprints of the files it was made from."""
    words = report_words(lang, plan.settings)
    options = tuple(
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in sorted(plan.options.items())
        if value not in ([], None) and name not in ("split", "distances")  # told with the decision
    )
    files: tuple[Row, ...] = tuple((name, Named("", digest)) for name, digest in sorted(plan.hashes.items()))
    blocks: list[Block] = [
        Table(
            words["option"],
            (Column(words["option"]), Column(words["value"], "prose")),
            options,
            small=True,
            folded=True,
        ),
        Table(words["file"], (Column(words["file"]), Column("SHA-256", "prose")), files, small=True, folded=True),
    ]
    return Section("input", words["input"], tuple(blocks))


def walk_quantities(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every quantity and every number by year of the settings, with its dotted key.

    Parameters
    ----------
    settings : mapping
        Settings, or a part of them, as plain data.
    above : str
        What stands before the keys, with its dot.

    Yields
    ------
    (str, mapping)
    """
    for name, value in settings.items():
        key = f"{above}{name}"
        if is_quantity_table(value) or (isinstance(value, dict) and "by_year" in value):
            yield key, value
        elif isinstance(value, dict):
            yield from walk_quantities(value, f"{key}.")


def _count_confidence(settings: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """State how many of the quantities are of which confidence."""
    levels = [value.get("confidence", "") for _, value in walk_quantities(settings)]
    named = ((level, levels.count(level)) for level in ("high", "medium", "low", "user"))
    told = words["list_comma"].join(f"{words[level]} {count}" for level, count in named if count)
    return words["confidence_count"].format(total=len(levels), told=told)


def _list_quantities(settings: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[Row]:
    """Yield a row for each quantity; a dot marks those that the user set."""
    for key, value in walk_quantities(settings):
        if "by_year" in value:
            yield _list_series(key, value, words)
            continue
        low, high = value.get("low"), value.get("high")
        source, confidence = value.get("source", ""), value.get("confidence", "")
        yield (
            Named("●" if source == USER_SOURCE else "", key),
            words["no_limit"] if key in UNLIMITED and not value["value"] else f"{value['value']:,.6g}",
            value.get("unit", ""),
            f"{low:,.6g}–{high:,.6g}" if low is not None and high is not None else "",
            words.get(confidence, confidence),
            source,
        )


def _list_series(key: str, series: Mapping[str, Any], words: Mapping[str, str]) -> Row:
    """Return the row of a number by year: its first and its last value with their years."""
    years = sorted(series["by_year"])
    ends = [f"{series['by_year'][year]:,.6g} ({year})" for year in dict.fromkeys((years[0], years[-1]))]
    source, confidence = series["source"], series["confidence"]
    marked = Named("●" if source == USER_SOURCE else "", key)
    return marked, " – ".join(ends), series["unit"], "", words.get(confidence, confidence), source

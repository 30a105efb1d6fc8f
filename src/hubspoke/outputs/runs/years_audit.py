"""Recount a saved plan over several years: the whole, and every year as a run folder of its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.audit.audit import Audit
from hubspoke.audit.check import Check, make_check
from hubspoke.audit.words import count_years, tell_check, tell_skipped
from hubspoke.audit.years import recount_years
from hubspoke.inputs.files.source import YEARS_FILE
from hubspoke.outputs.report.years.page import write_years_report
from hubspoke.outputs.runs.audit import recount_run
from hubspoke.outputs.runs.kept_input import ChangedInputError, read_kept_input
from hubspoke.outputs.runs.unreadable import BrokenRunError
from hubspoke.outputs.runs.years_load import find_changed_years, load_years
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.inputs.network import Network
    from hubspoke.plan.years import YearsData
    from hubspoke.words.language import Lang

LANG = re.compile(r'<html[^>]* lang="(en|ja)"')


def recount_years_run(folder: str | Path, *, source: str | Path | None = None) -> Audit:
    """Recount a saved plan over several years, and hold its files against it.

    Parameters
    ----------
    folder : str or Path
        A run folder of several years.
    source : str or Path, optional
        Folder of the input; by default the tables that the run folder keeps.

    Returns
    -------
    Audit
        Checks of the whole, then those of every year with the year before their names.

    Raises
    ------
    UsageError
        No such run folder, or an input named that is not what was planned.
    """
    home = Path(folder)
    try:
        plan = load_years(folder, as_it_is=True)
    except BrokenRunError as error:
        where = Path(error.folder).relative_to(home)
        return Audit((make_check("files", (str(where / words) for words in error.broken)),))
    networks = {year: _read_network(plan, home, year) for year in plan.years}
    whole = recount_years(plan, networks)
    text = (home / YEARS_FILE).read_text(encoding="utf-8")
    written = make_check("written", (f"{name} is not as it was written" for name in find_changed_years(home, text)))
    checks = [*whole.checks, written, make_check("report", _check_report(plan, home))]
    skipped = list(whole.skipped)
    for year in plan.years:
        found = recount_run(home / str(year), source=source)
        checks += [_of_year(check, year) for check in found.checks]
        skipped += [f"{year}: {name}" for name in found.skipped]
    return Audit(tuple(checks), tuple(skipped))


def tell_by_kind(audit: Audit, lang: Lang = "en") -> str:
    """Return the recount of a plan over several years in lines: one for each kind of check, and one for each failure.

    Parameters
    ----------
    audit : Audit
        As `recount_years_run` gives it.
    lang : {"en", "ja"}
    """
    lines, passed, skipped = [], Counter[str](), Counter[str]()
    for check in audit.checks:
        year, kind = _split_name(check.name)
        passed[kind] += check.passed and bool(year)
    told = set()
    for check in audit.checks:
        year, kind = _split_name(check.name)
        if not check.passed or not year:
            lines.append(tell_check(check, lang))
        elif kind not in told:
            told.add(kind)
            lines.append(tell_check(Check(kind, remarks=(count_years(passed[kind], lang),)), lang))
    skipped.update(_split_name(name)[1] for name in audit.skipped)
    years = {kind for year, kind in map(_split_name, audit.skipped) if year}
    lines += [tell_skipped(kind, lang, count if kind in years else 0) for kind, count in skipped.items()]
    return "\n".join(lines)


def _split_name(name: str) -> tuple[str, str]:
    year, colon, kind = name.partition(": ")
    return (year, kind) if colon else ("", name)


def _read_network(plan: YearsData, home: Path, year: int) -> Network | None:
    try:
        return read_kept_input(plan.plans[year], home / str(year))
    except ChangedInputError:  # told by the audit of that year
        return None


def _of_year(check: Check, year: int) -> Check:
    return replace(check, name=f"{year}: {check.name}")


def _check_report(plan: YearsData, home: Path) -> Iterator[str]:
    file = home / "report.html"
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    found = LANG.search(text)
    lang = check_language(found[1] if found else "en")
    if text != write_years_report(plan, lang=lang, maps='href="map.html"' in text):
        yield "report.html is not what the plan holds" if text else "report.html is missing"

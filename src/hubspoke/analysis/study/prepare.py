"""Hold what a study is asked against the input: names, numbers and what contradicts what, all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.analysis.decisions.sweeps.sweep_plan import flatten
from hubspoke.analysis.study.futures import read_futures
from hubspoke.analysis.study.options import check_options, find_varied
from hubspoke.analysis.study.stated import (
    ANALYSES,
    FUTURES,
    PLAN,
    REGRET,
    ROBUST,
    RULES,
    SECONDS,
    SECTIONS,
    SWEEP,
    YEARS,
    Stated,
)
from hubspoke.analysis.study.study import Study
from hubspoke.base.errors import Finding, HubspokeError, InputError, UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.inputs.add_years import add_years
from hubspoke.inputs.shared import SharedInput
from hubspoke.planning.request import Request, name_by_ids, read_task
from hubspoke.planning.years.calendar import make_calendar
from hubspoke.settings.rules import policy_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hubspoke.inputs.network import Network
    from hubspoke.settings.settings import Settings

NOT_ASKED, FEW_FUTURES, ONE_YEAR, NOTHING_VARIES = "not-asked", "few-futures", "one-year", "nothing-varies"
"""Why an analysis does not run."""


def prepare_study(folder: Path | None, stated: Stated, findings: Sequence[Finding] = ()) -> Study:
    """Hold what is asked against the input.

    Parameters
    ----------
    folder : Path or None
        As in `read`.
    stated : Stated
    findings : sequence of Finding
        What was found before; told together with the rest.

    Raises
    ------
    UsageError
        There is no such folder.
    InputError
        With everything that is wrong with the study, or with the tables.
    """
    if folder is not None and not folder.exists():
        raise UsageError(f"there is no folder {folder}")
    source, common, found = SharedInput(folder), stated.common, list(findings)
    changes = flatten(common.get("set", {}))
    try:
        settings = source.settings(changes)
    except InputError as error:
        found += [replace(one, file=stated.file, column=f"set.{one.column}") for one in error.findings]
        changes = {}
        settings = source.settings(changes)
    try:
        network = source.read(settings)
    except InputError as error:
        raise InputError([*found, *error.findings]) from error
    found += _check_objective(stated.file, settings)
    planned, planning_faults = _read_planned(stated, network)
    years, year_faults = _read_years(stated, network)
    futures, future_faults = read_futures(stated, source, settings, changes)
    vary = find_varied(stated, settings)
    found += [*planning_faults, *year_faults, *future_faults, *check_options(stated, source, settings, changes)]
    reasons = {
        **(dict.fromkeys((FUTURES, ROBUST), FEW_FUTURES) if not futures else {}),
        **(dict.fromkeys((YEARS, REGRET), ONE_YEAR) if not years else {}),
        **({SWEEP: NOTHING_VARIES} if not vary else {}),
    }
    analyses, left_out = _choose(stated, reasons)
    found += _check_choice(stated, reasons, explained=bool(future_faults or year_faults))
    if found:
        raise InputError(list(dict.fromkeys(found)))
    return Study(
        stated=stated,
        source=source,
        changes=changes,
        settings=settings,
        network=network,
        analyses=analyses,
        left_out=left_out,
        policy=planned.policy or settings.policy.name,
        year=settings.horizon.year if planned.year is None else planned.year,
        years=years,
        futures=futures,
        are_weighted="weights" in common,
        regions=tuple(planned.regions),
        opened=tuple(planned.opened),
        closed=tuple(planned.closed),
        gap=planned.gap,
        seconds=float(common.get("time_limit", SECONDS)),
        vary=vary,
    )


def _check_objective(file: str, settings: Settings) -> Iterator[Finding]:
    if settings.policy.objective != "cost":
        problem = f"a study compares plans at least cost; the settings ask for {settings.policy.objective}"
        cure = 'leave policy.objective out, or write set = { "policy.objective" = "cost" }'
        yield Finding(file, 0, "set.policy.objective", problem, cure, kind="study-objective")


def _read_planned(stated: Stated, network: Network) -> tuple[Request, list[Finding]]:
    """Return what is asked of every plan, by ids, and a finding for each name that the network does not have."""
    common, found = stated.common, []
    request = name_by_ids(
        network,
        Request(
            policy=common.get("policy"),
            year=common.get("year"),
            regions=tuple(common.get("regions", ())),
            opened=tuple(common.get("open", ())),
            closed=tuple(common.get("close", ())),
            gap=common.get("gap"),
        ),
    )
    if request.policy is not None and request.policy not in policy_names():
        problem = f"unknown policy {request.policy!r}{nearest_name(request.policy, policy_names())}"
        found.append(Finding(stated.file, 0, "policy", problem, "write one of these", kind="study-policy"))
        request = replace(request, policy=None)
    tries = [
        *(("regions", Request(regions=[name])) for name in request.regions),
        *(("open", Request(opened=[name])) for name in request.opened),
        *(("close", Request(closed=[name])) for name in request.closed),
        *([("year", Request(year=request.year))] if request.year is not None else []),
    ]
    if not (found := found + [one for key, part in tries for one in _try(stated.file, key, network, part)]):
        found += _try(stated.file, "open", network, request)
    return request, found


def _try(file: str, key: str, network: Network, request: Request) -> Iterator[Finding]:
    """Yield what a request for one thing alone is refused for."""
    try:
        read_task(network, request)
    except UsageError as error:
        yield Finding(file, 0, key, str(error), "mend it, or leave it out", kind="study-name")


def _read_years(stated: Stated, network: Network) -> tuple[tuple[int, ...], list[Finding]]:
    """Return the years that are planned together; none where there are fewer than two."""
    settings = network.settings
    usual = settings.years.plan or settings.horizon.years
    years = tuple(stated.common.get("years", usual))
    if "years" not in stated.common:
        return (years if len(years) > 1 else ()), []
    try:
        make_calendar(years, settings)
        if not all(1900 <= year <= 2200 for year in years):
            raise UsageError(f"years {', '.join(map(str, years))}: write years, such as 2030")
        add_years(network, years)
    except HubspokeError as error:
        return (), [Finding(stated.file, 0, "years", str(error), "mend the list, or leave it out", kind="study-years")]
    if len(years) < 2:
        problem, cure = f"{years[0]} alone is no plan over years", f"write two or more, or year = {years[0]}"
        return (), [Finding(stated.file, 0, "years", problem, cure, kind="study-years")]
    return years, []


def _choose(stated: Stated, reasons: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the analyses that run, in their order, and why the others do not."""
    asked = [name for name in ANALYSES if name in stated.common.get("analyses", ANALYSES)]
    runs = tuple(name for name in ANALYSES if (name in asked and name not in reasons) or name == PLAN)
    others = [name for name in ANALYSES if name not in runs]
    return runs, {name: reasons[name] if name in asked else NOT_ASKED for name in others}


def _check_choice(stated: Stated, reasons: Mapping[str, str], *, explained: bool) -> Iterator[Finding]:
    """Yield analyses that are unknown or cannot run, and options of those that are not asked for."""
    file, asked = stated.file, stated.common.get("analyses")
    cures = {
        FEW_FUTURES: 'name two or more in supply, costs or scenarios, such as supply = ["mizuho", "late"]',
        ONE_YEAR: "write two years or more, such as years = [2030, 2035, 2040]",
        NOTHING_VARIES: 'write what to vary, such as [sweep] vary = { "supply.factor" = "0.7..1.3" }',
    }
    for name in asked or ():
        if name not in ANALYSES:
            problem = f"unknown analysis {name!r}{nearest_name(name, ANALYSES, listed=20)}"
            yield Finding(file, 0, "analyses", problem, "write one of these", kind="study-analysis")
        elif name in reasons and not explained:
            problem = f"{name} is asked for, and there is nothing for it to compare"
            yield Finding(file, 0, "analyses", problem, cures[reasons[name]], kind="study-nothing")
    for section in stated.sections:
        if asked is not None and section in SECTIONS and section not in (RULES, PLAN) and section not in asked:
            problem = f"{section} has options, but is not among the analyses"
            yield Finding(file, 0, section, problem, f'add "{section}" to analyses, or take [{section}] out')

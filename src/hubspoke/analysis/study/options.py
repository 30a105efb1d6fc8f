"""Check the options of single analyses, and find what a sweep varies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.fronts.measures import find_measure
from hubspoke.analysis.decisions.robust.scenarios import check_measure
from hubspoke.analysis.decisions.sweeps.axes import read_axes
from hubspoke.analysis.decisions.sweeps.cases import list_cases
from hubspoke.analysis.decisions.sweeps.sweep_plan import LIST, MODES, SAMPLES, SweepPlan
from hubspoke.analysis.study.stated import FRONT, POLICIES, ROBUST, SWEEP, VARIED
from hubspoke.base.errors import Finding, InputError, UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.settings.rules import policy_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hubspoke.analysis.study.stated import Stated
    from hubspoke.inputs.shared import SharedInput
    from hubspoke.settings.settings import Settings

MEND = "mend it, or leave it out"
VARYING = tuple(mode for mode in MODES if mode != LIST)
"""Modes of a sweep that vary settings."""


def check_options(
    stated: Stated, source: SharedInput, settings: Settings, changes: Mapping[str, Any]
) -> Iterator[Finding]:
    """Yield what is wrong with the options of single analyses.

    Parameters
    ----------
    stated : Stated
    source : SharedInput
    settings : Settings
    changes : mapping of str to any
        Settings that are changed in all analyses.
    """
    file = stated.file
    for name in stated.sections.get(POLICIES, {}).get("names", ()):
        if name not in policy_names():
            problem = f"unknown policy {name!r}{nearest_name(name, policy_names())}"
            yield Finding(file, 0, "policies.names", problem, "write one of these", kind="study-policy")
    front = stated.sections.get(FRONT, {})
    for name in front.get("against", ()):
        try:
            find_measure(name)
        except UsageError as error:
            yield Finding(file, 0, "front.against", str(error), MEND, kind="study-front")
    if front.get("all") and "points" in front:
        problem = "all points are asked for, and a number; give one"
        yield Finding(file, 0, "front.points", problem, "take one of them out", kind="study-front")
    robust = stated.options(ROBUST)
    try:
        check_measure(robust["measure"], robust["alpha"])
    except UsageError as error:
        yield Finding(file, 0, "robust.measure", str(error), MEND, kind="study-robust")
    yield from _check_sweep(stated, source, settings, changes)


def _check_sweep(
    stated: Stated, source: SharedInput, settings: Settings, changes: Mapping[str, Any]
) -> Iterator[Finding]:
    """Yield what cannot be varied, and the faults of cases."""
    file, before = stated.file, 0
    given: Mapping[str, Any] = stated.sections.get(SWEEP, {}).get("vary", {})
    mode = stated.options(SWEEP)["mode"]
    if mode not in VARYING:
        problem = f"unknown mode {mode!r}{nearest_name(mode, VARYING)}"
        yield Finding(file, 0, "sweep.mode", problem, "write one of these", kind="study-mode")
        before += 1
    for key, values in given.items():
        try:
            read_axes({key: values}, settings)
        except UsageError as error:
            before += 1
            yield Finding(file, 0, f"sweep.vary.{key}", str(error), MEND, kind="study-vary")
    if before or (SWEEP in stated.sections and not given and "vary" in stated.sections[SWEEP]):
        return
    try:
        plan = plan_sweep(stated, given or find_varied(stated, settings), {}, changes)
        cases = list_cases(plan, read_axes(plan.vary, settings)) if given else ()
    except UsageError as error:
        if SWEEP in stated.sections:
            yield Finding(file, 0, "sweep", str(error), MEND, kind="study-sweep")
        return
    for case in cases:
        try:
            source.settings(case.changes)
        except InputError as error:
            for one in error.findings:
                yield Finding(file, 0, "sweep.vary", f"{case.name}: {one.problem}", one.cure, kind="study-case")


def find_varied(stated: Stated, settings: Settings) -> dict[str, Any]:
    """Return what a sweep varies: what is stated, else of the usual what the settings have.

    Parameters
    ----------
    stated : Stated
    settings : Settings
    """
    if "vary" in stated.sections.get(SWEEP, {}):
        return dict(stated.sections[SWEEP]["vary"])
    found = {}
    for key, values in VARIED.items():
        try:
            read_axes({key: values}, settings)
        except UsageError:  # another commodity has other settings
            continue
        found[key] = values
    return found


def plan_sweep(
    stated: Stated, vary: Mapping[str, Any], asked: Mapping[str, Any], changes: Mapping[str, Any]
) -> SweepPlan:
    """Return the sweep of a study.

    Parameters
    ----------
    stated : Stated
    vary : mapping of str to any
    asked : mapping of str to any
        What every case is asked.
    changes : mapping of str to any
        Settings that are changed in every case.

    Raises
    ------
    UsageError
        The sweep makes no sense.
    """
    options = stated.options(SWEEP)
    samples, seed = int(options.get("samples", SAMPLES)), int(options.get("seed", 0))
    return SweepPlan(options["mode"], dict(vary), (), dict(changes), dict(asked), samples, seed)

"""Check of what a plan says of itself: policy, title, year, sourcing and regions are those of its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.audit.table import is_repeated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.audit.case import Case


def check_statement(case: Case) -> Iterator[str]:
    """Check the words at the head of a plan against its settings, and that each region has one row.

    Parameters
    ----------
    case : Case

    Yields
    ------
    str
        A sentence for each word that is not that of the settings.
    """
    plan, settings = case.plan, case.plan.settings
    sourcing = "single" if case.rules.single_sourcing else "split"
    for what, told, wanted in (
        ("policy", plan.policy, settings.policy.name),
        ("title", plan.title, settings.title),
        ("sourcing", plan.options.get("sourcing", sourcing), sourcing),
    ):
        if told != wanted:
            yield f"the {what} is {told!r}, that of the settings {wanted!r}"
    if plan.year not in settings.horizon.years:
        yield f"the year is {plan.year}, the settings have {', '.join(map(str, settings.horizon.years))}"
    for name in case.regions["region"][is_repeated(case.regions["region"])].tolist():
        yield f"region {name} has two rows"

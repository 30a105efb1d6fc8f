"""Recount a plan over several years by plain formulas: factors, what plants do, what is owed, what it is all worth.

Rests on settings and tables alone; the plan of each year is audited by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.audit.audit import Audit
from hubspoke.audit.check import Remark, make_check
from hubspoke.audit.cost_line import cost_line, subsidy_of
from hubspoke.audit.mix import basis_per_t
from hubspoke.audit.years_rules import RULE_CHECKS
from hubspoke.base.status import EXACT_GAP, Status, relative_gap
from hubspoke.plan.years import ABSENT, CLOSED, IDLE, OPEN, STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hubspoke.inputs.network import Network
    from hubspoke.plan.years import YearsData

    Row = Mapping[Any, Any]

YEN, TONNES, RELATIVE = 0.01, 1e-6, 1e-9
"""Rounding allowed."""
BUILT = ("open", "idle", "furnace")
"""States in the plan of a year of what is open in it, in use or not."""


def recount_years(plan: YearsData, networks: Mapping[int, Network | None]) -> Audit:
    """Recount what a plan over several years says beyond the plans of its years.

    Parameters
    ----------
    plan : YearsData
    networks : mapping of int to (Network or None)
        What was planned for each year; without it, what needs the input is skipped.

    Returns
    -------
    Audit
    """
    whole = all(networks.get(year) is not None for year in plan.years)
    checks = [make_check(name, rule(plan)) for name, rule in RULES.items()]
    if not whole:
        return Audit(tuple(checks), skipped=("limits", "capital"))
    known = {year: network for year, network in networks.items() if network is not None}
    checks += [make_check("limits", _check_limits(plan, known)), make_check("capital", _check_capital(plan, known))]
    return Audit(tuple(checks))


def _check_factors(plan: YearsData) -> Iterator[str]:
    """Check spans, discount factors and weights from the years, and the capital recovery factor from its formula."""
    rate, life = (float(getattr(plan.settings.finance, name)) for name in ("discount_rate_per_yr", "life_yr"))
    recovery = rate / (1 - (1 + rate) ** -life) if rate > 0 else 1 / life
    until = plan.settings.years.until or plan.years[-1]
    ends = [*(year - 1 for year in plan.years[1:]), until]
    if plan.factors["year"].tolist() != list(plan.years):
        yield "the table of factors has other years than the plan"
        return
    for row, end in zip(plan.factors.to_dict("records"), ends, strict=True):
        year, first = int(row["year"]), plan.years[0]
        worth = [(1 + rate) ** (first - at) for at in range(year, end + 1)]
        owed = sum((1 + rate) ** (first - at) for at in range(year, until + 1))
        stated = {
            "last_year": end,
            "years": end - year + 1,
            "discount_factor": (1 + rate) ** (first - year),
            "weight": sum(worth),
            "capital_recovery_per_yr": recovery,
            "paid_of_investment": min(1.0, recovery * owed * (1 + rate) ** (year - 1 - first)),
        }
        for name, value in stated.items():
            yield from _compare(f"{year}", row, name, value, 1e-12)


def _check_stages(plan: YearsData) -> Iterator[str]:
    """Check that plants open once, do not shrink while they stand, and are in the plans of the years as told."""
    for (kind, name), rows in plan.schedule.groupby(["kind", "id"], sort=False):
        told = rows.to_dict("records")
        if [row["year"] for row in told] != list(plan.years):
            yield f"{kind} {name} is not told of once for each year"
            continue
        before: Row | None = None
        for row in told:
            yield from (f"{kind} {name} in {row['year']}: {fault}" for fault in _find_faults(row, before))
            before = row
    for year, one in plan.plans.items():
        here = plan.schedule[plan.schedule["year"] == year]
        for kind, plants in (("hub", one.hubs), ("refinery", one.refineries)):
            stage = here[here["kind"] == kind].set_index("id")
            is_open = set(stage.index[stage["stage"] == OPEN])
            built = set(plants.loc[plants["state"].isin(BUILT), "id"])
            yield from (f"{kind} {name} is open in {year} in one table alone" for name in sorted(is_open ^ built))
            loads = plants.set_index("id")["load_t"]
            for name in sorted(is_open & built):
                yield from _compare(f"{kind} {name} in {year}", stage.loc[name].to_dict(), "load_t",
                                    float(loads[name]), TONNES)  # fmt: skip


def _find_faults(row: Row, before: Row | None) -> Iterator[str]:
    """Yield what is wrong with a plant in a year, after what it was in the year before."""
    stage, was = row["stage"], ABSENT if before is None else before["stage"]
    stands, load = float(row["stands_t"]), float(row["load_t"])
    stood = 0.0 if before is None else float(before["stands_t"])
    remains = stage in (OPEN, IDLE) and was in (OPEN, IDLE)
    for fault, found in (
        (f"there is no stage {stage!r}", stage not in STAGES),
        ("it was closed for good", was == CLOSED and stage != CLOSED),
        ("it was there before", stage == ABSENT and was != ABSENT),
        (f"it is {stage} and was never open", stage in (IDLE, CLOSED) and was == ABSENT),
        (f"it takes in {load:,.3f} t and is built for {stands:,.3f} t", load > stands + TONNES),
        (f"it takes in {load:,.3f} t and is {stage}", load > TONNES and stage != OPEN),
        (f"it stands at {stands:,.3f} t and is {stage}", stage in (ABSENT, CLOSED) and stands > 0),
        ("it is smaller than in the year before", remains and stands < stood - TONNES),
        ("it grows while it is idle", remains and stage == IDLE and stands > stood + TONNES),
    ):
        if found:
            yield fault
    kept = max(float(row["existing_t"]), float(before["size_t"]) if remains and before is not None else 0.0)
    step = _name_step(stage, was, grows=float(row["size_t"]) > kept + TONNES)  # within what stood nothing grows
    if row["step"] != step:
        yield f"its step is {row['step']!r}, recounted {step!r}"


def _name_step(stage: str, was: str, *, grows: bool) -> str:
    if stage == OPEN:
        return "opens" if was == ABSENT else "resumes" if was == IDLE else "grows" if grows else ""
    if stage == was:
        return ""
    return {IDLE: "idles", CLOSED: "closes"}.get(stage, "")


def _check_by_year(plan: YearsData) -> Iterator[str]:
    """Check every amount of a year against the plan of that year and the schedule."""
    if plan.by_year["year"].tolist() != list(plan.years):
        yield "the table of years has other years than the plan"
        return
    factors = plan.factors.set_index("year").to_dict("index")
    for row in plan.by_year.to_dict("records"):
        year = row["year"]
        one, here = plan.plans[year], plan.schedule[plan.schedule["year"] == year]
        cost = one.cost_jpy + float(here["unused_jpy"].sum()) + float(here["idle_jpy"].sum())
        stated = {
            "packs_t": one.mass_t,
            "unserved_t": one.unserved_t,
            "plan_jpy": one.cost_jpy,
            "unused_jpy": float(here["unused_jpy"].sum()),
            "idle_jpy": float(here["idle_jpy"].sum()),
            "cost_jpy": cost,
            "cost_per_kg": cost / one.mass_t / 1000 if one.mass_t else 0.0,
            "invested_jpy": float(here["invested_jpy"].sum()),
            "subsidy_jpy": float(here["subsidy_jpy"].sum()),
            "objective": one.objective_value,
            "hubs": ((here["kind"] == "hub") & (here["stage"] == OPEN)).sum(),
            "refineries": ((here["kind"] == "refinery") & (here["stage"] == OPEN)).sum(),
            "hub_stands_t": float(here.loc[here["kind"] == "hub", "stands_t"].sum()),
            "refinery_stands_t": float(here.loc[here["kind"] == "refinery", "stands_t"].sum()),
            "present_jpy": factors[year]["weight"] * cost + factors[year]["discount_factor"] * row["once_jpy"],
        }
        for name, value in stated.items():
            yield from _compare(f"{year}", row, name, float(value), YEN)


def _check_present(plan: YearsData) -> Iterator[str]:
    """Check the objective over all years, and the gap and status that follow from it."""
    value, least = _add_up(plan)
    if not abs(value - plan.objective_value) <= max(YEN, RELATIVE * abs(least)):
        yield f"the objective is {plan.objective_value:,.2f}, recounted {value:,.2f}"
    sign = -1.0 if plan.objective == "profit" else 1.0
    gap = relative_gap(least, min(least + sign * (plan.bound_value - plan.objective_value), least))
    if abs(plan.gap - gap) > EXACT_GAP and plan.gap != gap:
        yield f"the gap is {plan.gap}, recounted {gap}"
    asked = float(plan.options["gap"])
    status = Status.OPTIMAL if gap <= asked * (1 + EXACT_GAP) + EXACT_GAP else Status.FEASIBLE
    if plan.status is not status and abs(gap - asked) > EXACT_GAP:
        yield f"the status is {plan.status}, recounted {status}"


def _add_up(plan: YearsData) -> tuple[float, float]:
    """Return the objective over all years, and what is minimised for it: under most profit cost and forgone sales."""
    if plan.objective == "co2":
        emitted = float((plan.factors["years"].to_numpy() * plan.by_year["objective"].to_numpy()).sum())
        return emitted, emitted
    least = value = float(plan.by_year["present_jpy"].sum())
    if plan.objective == "profit":
        sold = forgone = 0.0
        for year, weight in zip(plan.factors["year"].tolist(), plan.factors["weight"].tolist(), strict=True):
            one = plan.plans[year]
            sold += weight * float(one.regions[["byproduct_sales_jpy", "metal_sales_jpy"]].to_numpy().sum())
            lost = one.flows["sales_lost_jpy"].sum() if "sales_lost_jpy" in one.flows else 0.0
            forgone += weight * float(one.assignments["sales_forgone_jpy"].sum() + lost)
        value, least = sold - least, least + forgone
    return value, least


def _check_limits(plan: YearsData, networks: Mapping[int, Network]) -> Iterator[str]:
    """Check that no plant is open before it may be, or after it retires, and that none closes where none may."""
    network = networks[plan.years[0]]
    years = plan.settings.years
    technologies: dict[str, Any] = {**plan.settings.hub_technologies, **plan.settings.refinery_technologies}
    for kind, plants in (("hub", network.hubs), ("refinery", network.refineries)):
        known = plants.set_index("id")[["opens_from", "retires", "status", "existing_t"]].to_dict("index")
        for row in plan.schedule[plan.schedule["kind"] == kind].to_dict("records"):
            told = known.get(row["id"])
            if told is None:
                yield f"{kind} {row['id']} is not in the input"
                continue
            year, place = row["year"], f"{kind} {row['id']} in {row['year']}"
            if row["existing_t"] not in (told["existing_t"], 0.0):
                yield f"{place}: {row['existing_t']:g} t/yr stood before, in the input {told['existing_t']:g}"
            if row["stage"] == OPEN and float(told["opens_from"]) > year:
                yield f"{place}: it opens no earlier than {told['opens_from']:.0f}"
            if row["stage"] == OPEN and float(told["retires"]) <= year:
                yield f"{place}: it retires in {told['retires']:.0f}"
            lead = getattr(technologies.get(row["technology"]), "lead_time_yr", 0.0)
            added = float(row["invested_jpy"]) > 0 or (row["step"] == "opens" and not row["existing_t"])
            if years.decided_from is not None and added and told["status"] != "open":
                earliest = years.decided_from + float(lead)
                if year < earliest:
                    yield f"{place}: what is built can be there from {earliest:g} on"
            if row["step"] == "closes" and not years.may_close and float(told["retires"]) > year:
                yield f"{place}: it closes, and none may"


def _check_capital(plan: YearsData, networks: Mapping[int, Network]) -> Iterator[str]:
    """Check capital, its unused part and investment of every plant by the line that touches its cost curve."""
    rate, life = (float(getattr(plan.settings.finance, name)) for name in ("discount_rate_per_yr", "life_yr"))
    recovery = rate / (1 - (1 + rate) ** -life) if rate > 0 else 1 / life
    own = set(networks[plan.years[0]].given_sizes["plant_id"])
    table = {
        (year, kind): {row["id"]: row for row in rows.to_dict("records")}
        for year, one in plan.plans.items()
        for kind, rows in (("hub", one.hubs), ("refinery", one.refineries))
    }
    basis = {year: basis_per_t(one, networks[year]) for year, one in plan.plans.items()}
    checked = skipped = 0
    for (kind, name), rows in plan.schedule.groupby(["kind", "id"], sort=False):
        before, granted, plants = 0.0, 0.0, {year: table[year, str(kind)] for year in plan.years}
        for row in rows.to_dict("records"):
            place, capital = f"{kind} {name} in {row['year']}", float(row["capital_jpy"])
            technologies: Mapping[str, Any] = (
                plan.settings.hub_technologies if kind == "hub" else plan.settings.refinery_technologies
            )
            technology = technologies.get(row["technology"])
            if row["stage"] == OPEN and technology is not None and name not in own:
                per_t = basis[row["year"]] if kind == "refinery" else 1.0
                stands_t = float(row["stands_t"]) * per_t / float(plan.settings.sizes.availability)
                yield from _compare(place, row, "size_t", stands_t, TONNES)
                plant = plants[row["year"]][name]
                tonnes = {"size_t": per_t * plant["size_t"], "load_t": per_t * float(row["stands_t"])}
                line = cost_line({**plant, **tonnes}, technology, plan.plans[row["year"]].settings)
                if line.is_exact:
                    checked += 1
                    yield from _compare(place, row, "capital_jpy", line.paid["capital"], YEN)
                else:
                    skipped += 1
            elif row["stage"] in (IDLE, CLOSED):
                checked += 1
                yield from _compare(place, row, "capital_jpy", before, YEN)
                yield from _compare(place, row, "unused_jpy", capital, YEN)
            else:
                skipped += row["stage"] == OPEN
            paid = 0.0
            if technology is not None and name not in own and row["stage"] == OPEN:
                paid = subsidy_of(plants[row["year"]][name], technology, float(row["size_t"]))
            yield from _compare(place, row, "subsidy_jpy", max(paid - granted, 0.0), YEN)
            granted = max(granted, paid)
            risen = max(capital - before, 0.0) / recovery if row["stage"] == OPEN and name not in own else 0.0
            yield from _compare(place, row, "invested_jpy", risen, YEN)
            before = capital
    yield Remark(f"{checked:,} plants and years; skipped {skipped:,} of given sizes or just beyond what stands")


def _compare(place: str, row: Row, name: str, value: float, within: float) -> Iterator[str]:
    told = float(row[name])
    if not abs(told - value) <= max(within, RELATIVE * abs(value)):
        yield f"{place}: {name} is {told:,.6g}, recounted {value:,.6g}"


RULES: dict[str, Callable[[YearsData], Iterator[str]]] = {
    "factors": _check_factors,
    "stages": _check_stages,
    "by-year": _check_by_year,
    "present-value": _check_present,
    **RULE_CHECKS,
}

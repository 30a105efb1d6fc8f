"""Cases of one network that share its plants: the data of `optimize_cases`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.engine.cases.plant_paths import PlantPaths, check_paths
from hubspoke.engine.cases.take_or_pay import check_take_or_pay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from hubspoke.base.arrays import Floats
    from hubspoke.engine.cases.measure import Measure
    from hubspoke.engine.cases.take_or_pay import TakeOrPay
    from hubspoke.engine.problem.problem import Problem


class Linking(StrEnum):
    """How cases follow from each other."""

    YEARS = "years"
    """One after the other: plants follow paths of stages."""
    SCENARIOS = "scenarios"
    """Side by side: plants are chosen once, before it is known which case comes, and stand in all of them."""


@dataclass(frozen=True, eq=False)
class SiteRules:
    """What ties the sites of one case to those of the next, with T cases and S sites, the same in every case.

    Attributes
    ----------
    least_tonnes : float array, shape (T,)
        Tonnes per year that must at least be collected in a case; 0 for none. Only sites whose skip cost is finite can
        be left out at all.
    least_sites : float array, shape (T,)
        The same in numbers of sites; of divided sites shares are added up.
    stays_collected : bool
        Whether a site, or a share of one, that is collected in one case is collected in all later ones.
    switching_cost : float array, shape (S,)
        Cost, paid once, of a whole site that goes to another hub than in the case before, and that share of it for a
        divided one; infinite where it may not, 0 where it is free to. What was left out before may come in anywhere.
    """

    least_tonnes: Floats
    least_sites: Floats
    stays_collected: bool
    switching_cost: Floats

    @property
    def limits_coverage(self) -> bool:
        """Whether some least coverage is asked for."""
        return bool((self.least_tonnes > 0).any() or (self.least_sites > 0).any())

    @property
    def prices_switching(self) -> bool:
        """Whether some site is not free to change its hub."""
        return bool((self.switching_cost > 0).any())

    @property
    def any(self) -> bool:
        """Whether the rules tie anything."""
        return self.limits_coverage or self.stays_collected or self.prices_switching


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases that share plants: hubs, refineries and their sizes are the same in each, everything else is its own.

    Notation: T cases, otherwise that of `Problem`. Cases are numbered from 0, in their order.

    Attributes
    ----------
    problems : tuple of Problem, length T
        Tonnes and costs per year, lanes and rules of each case.
    weights : float array, shape (T,)
        Times that a case's yearly cost counts: the years it stands for, discounted; or its probability. 0 for a case
        that must be possible, whatever it costs.
    hubs, refineries : PlantPaths
        What plants may do. Under `scenarios` a plant is decided in case 0, at the costs of case 0, and stands in all
        cases; where its state forbids it to be open in one of them, it stands there and takes nothing.
    linking : Linking
    one_time_factor : float array, shape (T,)
        What one yen of one-time cost, decided in a case, is in the objective: its discount.
    sites : SiteRules
    budget : float array, shape (T,)
        Most that building, reopening and resizing may cost in a case, before the factor; infinite for no limit.
    budget_in_total : float
        The same over all cases.
    measure : Measure, optional
        What of the costs of scenarios is made least, besides what steps cost once; their weighted sum when left out.
        With a measure the weights do not count.
    take_or_pay, hub_take_or_pay : TakeOrPay, optional
        Tonnes that open refineries, and open hubs, pay for, taken or not, per year; of years alone.
    """

    problems: tuple[Problem, ...]
    weights: Floats
    hubs: PlantPaths
    refineries: PlantPaths
    linking: Linking
    one_time_factor: Floats
    sites: SiteRules
    budget: Floats
    budget_in_total: float = field(default=np.inf)
    measure: Measure | None = None
    take_or_pay: TakeOrPay | None = None
    hub_take_or_pay: TakeOrPay | None = None

    def __post_init__(self) -> None:
        """Check."""
        _check(self)

    @classmethod
    def build(
        cls,
        problems: Sequence[Problem],
        *,
        weights: ArrayLike = 1.0,
        hubs: PlantPaths | None = None,
        refineries: PlantPaths | None = None,
        linking: str = "years",
        one_time_factor: ArrayLike = 1.0,
        least_tonnes: ArrayLike = 0.0,
        least_sites: ArrayLike = 0.0,
        stays_collected: bool = False,
        switching_cost: ArrayLike = 0.0,
        budget: ArrayLike = np.inf,
        budget_in_total: float = np.inf,
        measure: Measure | None = None,
        take_or_pay: TakeOrPay | None = None,
        hub_take_or_pay: TakeOrPay | None = None,
    ) -> Cases:
        """Make cases from whatever broadcasts to their shapes.

        Parameters
        ----------
        problems : sequence of Problem, length T
        weights, one_time_factor, least_tonnes, least_sites, budget : what broadcasts to (T,)
        hubs, refineries : PlantPaths, optional
            When left out, plants open at no cost and stay open.
        linking : str
            `years` or `scenarios`.
        stays_collected : bool
        switching_cost : what broadcasts to (S,)
        budget_in_total : float
        measure : Measure, optional
        take_or_pay, hub_take_or_pay : TakeOrPay, optional

        Raises
        ------
        ValueError
            Shapes that do not fit, or values that make no sense.
        """
        if not problems:
            raise ValueError("problems: there must be one case at least")
        count, first = len(problems), problems[0]

        def by_case(values: ArrayLike) -> Floats:
            return np.broadcast_to(np.asarray(values, float), (count,)).copy()

        switching = np.broadcast_to(np.asarray(switching_cost, float), (first.n_sites,)).copy()
        return cls(
            problems=tuple(problems),
            weights=by_case(weights),
            hubs=hubs or PlantPaths.build((count, *first.hubs.fixed.shape)),
            refineries=refineries or PlantPaths.build((count, *first.refineries.fixed.shape)),
            linking=Linking(linking),
            one_time_factor=by_case(one_time_factor),
            sites=SiteRules(by_case(least_tonnes), by_case(least_sites), stays_collected, switching),
            budget=by_case(budget),
            budget_in_total=float(budget_in_total),
            measure=measure,
            take_or_pay=take_or_pay,
            hub_take_or_pay=hub_take_or_pay,
        )

    @property
    def count(self) -> int:
        """Number of cases, T."""
        return len(self.problems)

    @property
    def own_weights(self) -> Floats:
        """Times that each case's yearly cost counts before a measure is taken of all: 1 where there is one."""
        return self.weights if self.measure is None else np.ones(self.count)

    @property
    def owes(self) -> bool:
        """Whether plants pay for tonnes that they do not take."""
        return self.take_or_pay is not None or self.hub_take_or_pay is not None

    @property
    def limits_budget(self) -> bool:
        """Whether some budget is given."""
        return bool(np.isfinite(self.budget).any() or np.isfinite(self.budget_in_total))


def _check(cases: Cases) -> None:
    """Raise ValueError where cases do not fit together."""
    first, count = cases.problems[0], cases.count
    _check_alike(cases)
    for name in ("weights", "one_time_factor", "budget"):
        values = getattr(cases, name)
        if values.shape != (count,):
            raise ValueError(f"{name} has shape {values.shape}, expected {(count,)}")
        if np.isnan(values).any() or (values < 0).any():
            raise ValueError(f"{name} must be 0 or more")
    if not (np.isfinite(cases.weights).all() and np.isfinite(cases.one_time_factor).all()):
        raise ValueError("weights and one_time_factor must be finite")
    if np.isnan(cases.budget_in_total) or cases.budget_in_total < 0:
        raise ValueError("budget_in_total must be 0 or more")
    check_paths("hubs", cases.hubs, (count, *first.hubs.fixed.shape))
    check_paths("refineries", cases.refineries, (count, *first.refineries.fixed.shape))
    _check_sites(cases)
    for name, dues, steps in (
        ("take_or_pay", cases.take_or_pay, first.refineries),
        ("hub_take_or_pay", cases.hub_take_or_pay, first.hubs),
    ):
        if dues is not None:
            check_take_or_pay(name, dues, (count, *steps.fixed.shape))
    if cases.measure is not None:
        _check_measure(cases, cases.measure)
    if cases.linking is Linking.SCENARIOS:
        _check_scenarios(cases)


def _check_alike(cases: Cases) -> None:
    """Raise ValueError where a case has other plants than the first, or other sites where rules tie them."""
    first = cases.problems[0]
    for t, problem in enumerate(cases.problems):
        for name, ours, others in (
            ("hubs and sizes", problem.hubs.fixed.shape, first.hubs.fixed.shape),
            ("refineries and sizes", problem.refineries.fixed.shape, first.refineries.fixed.shape),
            ("classes and grades", problem.yields.shape[1:], first.yields.shape[1:]),
            ("single_sourcing", problem.single_sourcing, first.single_sourcing),
        ):
            if ours != others:
                raise ValueError(f"problems[{t}] has other {name} than problems[0]: {ours}, not {others}")
        if cases.sites.any and problem.n_sites != first.n_sites:
            raise ValueError(f"problems[{t}] has {problem.n_sites} sites, not {first.n_sites}: rules tie sites")


def _check_measure(cases: Cases, measure: Measure) -> None:
    """Raise ValueError where a measure does not fit."""
    if cases.linking is not Linking.SCENARIOS:
        raise ValueError("a measure is of the costs of scenarios: linking must be scenarios")
    if measure.cap.shape != (cases.count,):
        raise ValueError(f"measure has {len(measure.cap)} scenarios, not {cases.count}")
    if cases.sites.any:
        raise ValueError("a measure and rules of sites over all cases cannot be had together")


def _check_scenarios(cases: Cases) -> None:
    """Raise ValueError where scenarios are asked for what only years can do."""
    if cases.owes:
        raise ValueError("scenarios have no take_or_pay: it is for years")
    if cases.sites.stays_collected or cases.sites.prices_switching:
        raise ValueError("scenarios do not follow each other: stays_collected and switching_cost are for years")
    for paths in (cases.hubs, cases.refineries):
        if (paths.lead_time > 0).any():
            raise ValueError("scenarios do not follow each other: lead_time is for years")


def _check_sites(cases: Cases) -> None:
    rules = cases.sites
    for name in ("least_tonnes", "least_sites"):
        values = getattr(rules, name)
        if values.shape != (cases.count,):
            raise ValueError(f"{name} has shape {values.shape}, expected {(cases.count,)}")
        if not np.isfinite(values).all() or (values < 0).any():
            raise ValueError(f"{name} must be finite and 0 or more")
    if rules.switching_cost.shape != (cases.problems[0].n_sites,):
        raise ValueError(f"switching_cost has shape {rules.switching_cost.shape}, expected one for each site")
    if np.isnan(rules.switching_cost).any() or (rules.switching_cost < 0).any():
        raise ValueError("switching_cost must be 0 or more, +inf where a site keeps its hub")

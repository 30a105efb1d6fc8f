"""Parameters of the engine's methods, one frozen dataclass for each, handed down from `optimize`.

They steer how hard a method works, never what counts as proven. Defaults were chosen by measurements (`benchmarks/`).
Constants that compiled loops read stand beside the loops, which freeze them; tolerances stand where they are used.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from hubspoke.engine.parameters_of_cases import CasesParameters
from hubspoke.engine.parameters_of_openings import UncapacitatedParameters
from hubspoke.engine.parameters_of_whole_sites import (
    BranchAndBoundParameters,
    ChoicesParameters,
    FixedHubsParameters,
    LargeNeighbourhoodParameters,
)


@dataclass(frozen=True)
class MethodChoice:
    """Which method gets which part of a problem."""

    direct_lanes: int = 600
    """Lanes up to which the full model goes to the solver as it is."""
    direct_sizes: int = 100
    """Sizes of plants up to which it does; with more of them cuts are quicker, unless lanes are very few."""
    few_lanes: int = 200
    """Lanes up to which the full model goes to the solver whatever the sizes, once sites are merged."""
    fallback_lanes: int = 20_000
    """Lanes up to which the full model has the last word where cuts end short of the gap."""
    fallback_lanes_skipping: int = 2_000
    """The same where sites may be left out, which makes the full model much harder."""
    last_lanes: int = 100_000
    """Lanes up to which it has that where a limit of time is not used up; a larger model takes too much memory."""
    building_s: float = 1e-4
    """Seconds that a lane may take a model to be built, which nothing interrupts."""
    handed_lanes: int = 40_000
    """Lanes up to which divided sites at one echelon go to the full model after so many nodes of cuts:"""
    handed_nodes: int = 15
    """a solver branches faster where the strong relaxation is weak, cuts where it is not, which shows by then."""
    near_cutoff: float = 0.01
    """Share of the cost that may be open for the full model to be told what plan to beat."""
    tree_sizes: tuple[tuple[float, float], ...] = ((30.0, 400_000), (60.0, 20_000))
    """Sites to a hub, and lanes, up to which whole sites go to the Lagrangian branch and bound; beyond, cuts do it."""
    counted_tree_size: tuple[float, int] = (30.0, 1_000_000)
    """The same where the number of hubs is limited."""
    tree_nodes: int = 300
    """Nodes in which that branch and bound must come to its first aim."""


@dataclass(frozen=True)
class FullModel:
    """The full model, handed to a solver."""

    priced_lanes: int = 3_000
    """Lanes up to which the relaxation is solved as well, for the certificate."""


@dataclass(frozen=True)
class LeastThroughput:
    """Plants that must take in a least tonnage, closed where they fall short."""

    rounds: int = 12
    """Most plans looked at on the way to one that keeps the rule."""
    closed_at_once: float = 0.5
    """Plants that get less than this share of their least tonnage are closed at once, others one by one."""


@dataclass(frozen=True)
class ClosingParameters:
    """What closing single plants of a plan costs."""

    replans: int = 200
    """Most plants without which their part is planned anew, where that is small enough for the full model."""
    together: int = 12
    """Most plants of a part that hangs together; with more of them each such plan is a search of its own."""
    priced: int = 1_000_000
    """Lanes times sizes up to which prices of a plan tell what closing a plant costs at least."""


@dataclass(frozen=True)
class AssignmentParameters:
    """Divided sites at given plants: the transportation problem, and its aggregation."""

    shifts: int = 12_000
    """Most shifts of tonnes before an assignment is given up; see `shifts_per_site`."""
    shifts_per_site: int = 5
    """The same per site: whichever allows more."""
    groups: int = 2_500
    """Most groups of sites in an aggregated assignment."""
    ranks: int = 6
    """Most of the cheapest hubs by which sites are told apart when they are grouped."""


@dataclass(frozen=True)
class RoundingParameters:
    """Whole sites out of divided ones: rounding, then small integer programs over a few hubs at a time."""

    clear_share: float = 0.85
    """Share from which a divided site is fixed together with others."""
    rounds: int = 30
    """Most assignments solved on the way."""
    fewest_rounds: int = 3
    """So many at least, however large the network."""
    cells: int = 24_000_000
    """Most rounds times sites times hubs."""
    movers: int = 4_000
    """Most sites that are tried in pairs."""
    chains: int = 3_000
    """Most chains of moves to bring hubs within capacity."""
    neighbourhoods: tuple[tuple[int, int], ...] = ((4, 120), (6, 200), (8, 300))
    """Hubs and most sites that are solved anew together: the next larger ones once smaller ones gain nothing."""
    nodes: int = 2_000
    """Most nodes of one integer program; a limit in seconds would not give the same plan every time."""
    subgap: float = 1e-3
    """Gap of one integer program, in terms of what its sites cost above their cheapest lanes."""
    judging_sites: int = 20
    """Sites by which the distance from hub to hub is judged."""


@dataclass(frozen=True)
class BranchAndCutParameters:
    """Branch and Benders cut: the tree over plants."""

    root_rounds: int = 300
    """Most rounds of cuts at the root, while they tell enough."""
    rounds: int = 4
    """Most rounds of cuts at any other node."""
    window: int = 8
    """Rounds at the root over which the progress of the bound is judged; one elsewhere."""
    telling: float = 0.03
    """Cuts go on while the last `window` rounds closed at least this share of the open gap."""
    dives: int = 10
    """Nodes between two dives for a plan."""
    close_dives: int = 2
    """Nodes between two dives below the best plan, while they find better ones; up to `dives` else."""
    settled: int = 500
    """Most choices of plants that are settled for whole sites."""
    tried_divisions: int = 8
    """Plants whose division is tried before one is chosen."""
    tried_together: int = 4
    """Copies of the master that try them side by side; the answer depends on it, and not on the threads."""
    undecided_plants: int = 60
    """Most undecided plants of a node out of which a single choice is taken."""


@dataclass(frozen=True)
class MasterParameters:
    """The master problem: its linear program and its pool of cuts."""

    violated: float = 1e-7
    """Share of the cost by which a cut must be broken to enter the linear program."""
    entering: int = 12
    """Most cuts that enter the linear program at once."""
    idle: int = 25
    """Linear programs in which a cut may hold nothing before it leaves; it stays in the pool."""
    patterns: int = 500
    """Most different sets of reachable hubs for which service rows are written."""
    thresholds: int = 6
    """Most capacities of an echelon from which plants are counted."""


@dataclass(frozen=True)
class SubproblemParameters:
    """The Benders subproblem: what a choice of plants costs when sites and flows follow."""

    joint_lanes: int = 100_000
    """Most lanes for which sites and flows are answered by one linear program where refineries share their room."""
    aggregated_lanes: int = 100_000
    """Lanes from which choices are answered by groups of sites."""
    pricings: int = 3
    """Most rounds of pricing refinery room at one point."""
    halvings: int = 10
    """Most rounds of halving the price of the room of a single refinery."""
    price_step: float = 2e-3
    """First step of a refinery price, in terms of the cost of the plan."""
    refinery_neighbours: int = 40
    """Most neighbouring choices of refineries that get a cut of their own at one point."""
    refinery_near: float = 0.02
    """Neighbours dearer than this share of the plan's cost need no cut of their own."""


@dataclass(frozen=True)
class PlanSearchParameters:
    """The search for plans beside the search for a bound."""

    rounded: int = 60
    """Most choices whose sites are made whole at the end, to see which are the cheapest then."""
    blamed: float = 0.5
    """Part of the open gap that whole sites must cost for refitting them."""
    refitted: int = 12
    """Most choices into which whole sites are fitted patiently at the end."""
    leap: float = 0.01
    """Gain, as a share of the best plan, at which a choice is completed before it is improved."""
    in_time: float = 1.2
    """Time kept for completing a choice, in terms of what it took last."""
    enough: float = 0.1
    """Part of the gap asked for that whole sites may cost before more care is taken of them."""
    walk: int = 1
    """Choices answered by iterated local search for every cut."""
    idle: int = 2_000
    """The walk ends after this many choices in a row without a better one."""
    near: float = 0.005
    """Choices within this share of the best plan are improved by local search."""
    restricted_lanes: int = 3_000
    """Lanes beside each site's best that a restricted integer program is given; beyond, a lower limit is aimed at."""
    restricted_nodes: int = 1_000
    """Most nodes of that program; a limit in seconds would not give the same answer every time."""


@dataclass(frozen=True)
class LocalSearchParameters:
    """Local search over plants and sizes led by cuts, and iterated local search from its ends."""

    tried: int = 40
    """Moves answered in vain before the search ends."""
    worthwhile: float = 1e-6
    """Least gain, as a share of the cost, for which a move is tried."""
    last_cuts: int = 400
    """Cuts that rank the moves: the last ones, made nearest to where the search stands."""
    kick: int = 3
    """Most plants exchanged in one kick."""
    tried_after_kick: int = 5
    """Moves answered in vain before a descent after a kick ends: many short descents find more than few long ones."""
    likely: int = 50
    """Plants and sizes among which a kick draws what it opens: those that the cuts let be cheapest."""
    within: float = 2e-4
    """What a descent may end above the best, as a share of its cost, for the walk to go on from there."""
    draws: int = 20
    """Most kicks drawn until one keeps counts and room."""


@dataclass(frozen=True)
class EngineParameters:
    """The parameters of all methods."""

    choice: MethodChoice = field(default_factory=MethodChoice)
    full_model: FullModel = field(default_factory=FullModel)
    least_throughput: LeastThroughput = field(default_factory=LeastThroughput)
    closing: ClosingParameters = field(default_factory=ClosingParameters)
    assignment: AssignmentParameters = field(default_factory=AssignmentParameters)
    rounding: RoundingParameters = field(default_factory=RoundingParameters)
    branch_and_cut: BranchAndCutParameters = field(default_factory=BranchAndCutParameters)
    master: MasterParameters = field(default_factory=MasterParameters)
    subproblem: SubproblemParameters = field(default_factory=SubproblemParameters)
    plan_search: PlanSearchParameters = field(default_factory=PlanSearchParameters)
    local_search: LocalSearchParameters = field(default_factory=LocalSearchParameters)
    uncapacitated: UncapacitatedParameters = field(default_factory=UncapacitatedParameters)
    branch_and_bound: BranchAndBoundParameters = field(default_factory=BranchAndBoundParameters)
    fixed_hubs: FixedHubsParameters = field(default_factory=FixedHubsParameters)
    choices: ChoicesParameters = field(default_factory=ChoicesParameters)
    large_neighbourhood: LargeNeighbourhoodParameters = field(default_factory=LargeNeighbourhoodParameters)
    cases: CasesParameters = field(default_factory=CasesParameters)

    def to_dict(self) -> dict[str, Any]:
        """Return all parameters as plain data, by method and name."""
        return asdict(self)


DEFAULTS = EngineParameters()

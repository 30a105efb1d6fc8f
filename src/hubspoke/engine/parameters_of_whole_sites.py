"""Parameters of the methods for whole sites at one echelon; see `parameters.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BranchAndBoundParameters:
    """Lagrangian branch and bound for tight whole sites of one echelon."""

    aims: tuple[tuple[float, float], ...] = ((0.3, 0.005), (0.6, 0.02), (0.8, 0.08), (0.9, 0.3))
    """Aims before the best plan itself: shares of the way to it from the first bound, or of that bound above it."""
    leaf_aims: tuple[tuple[float, float], ...] = ((0.25, 0.01), (0.4, 0.02), (0.55, 0.05), (0.7, 0.3), (0.85, 0.3))
    """The same where choices of hubs are settled by a solver, to which a low aim is nearly as dear as a high one."""
    growth: int = 20
    """Nodes allowed for the next aim, as a multiple of what the last one took."""
    steady: float = 1.25
    """Nodes of an aim, as a multiple of those of the one before, up to which all the way is aimed at next."""
    many_nodes: int = 100
    """Nodes of an aim from which that holds: with fewer it is the choices of hubs that take time."""
    work: int = 2_000_000
    """Most lanes times nodes that an aim may take down to single sites; a solver is quicker beyond."""
    few_nodes: int = 60
    """Nodes in which the first aim must be reached down to single sites where choices of hubs are settled by loads."""
    little_work: int = 200_000
    """Most lanes times nodes of an aim down to single sites there."""
    leaves: int = 300
    """Choices of hubs that may be settled for one aim."""
    solver_nodes: tuple[int, int] = (100, 1_000)
    """Most nodes of a solver at a choice of hubs: first, and once more where choices were left open."""
    other_prices: tuple[tuple[float, ...], ...] = ((1.5, 2.25), (0.6, 0.36, 0.2))
    """Factors on the first prices from which the root's bound is raised as well, each while the one before gains, until
    one of these rows has gained."""
    hub_nodes: int = 1_000_000
    """Nodes allowed for one aim where the tree goes down to hubs only."""
    turn_work: int = 200_000_000
    """Most lanes times nodes of such an aim before more choices of hubs are drawn, where there is a limit of time."""
    exchanged: int = 40_000
    """Lanes up to which single hubs of a plan are opened, closed and exchanged; above, a kernel of hubs comes first."""
    exchange_turns: int = 60
    """Moves of tabu search by which sites are fitted into hubs so changed, where a search begins with dives."""
    first_work: int = 27_000_000
    """Most lanes times nodes of the first search where there are more lanes than that."""
    first_choices: int = 3
    """Choices of hubs into which sites are fitted before that search, which is left out where one of them succeeds."""
    dived: int = 10_000
    """Lanes above which a search begins with such choices and with dives, not with a tree down to single sites."""
    dives: tuple[tuple[float, int], ...] = ((0.5, 100), (0.3, 30), (0.2, 100), (0.1, 30))
    """Dives: the share of hubs decided at a time, and prices tried between two steps."""
    dived_sites: float = 20.0
    """Sites to an open hub below which there are no dives where choices of hubs are drawn."""
    kernel: float = 2.0
    """Hubs that may open in neighbourhoods there, as a multiple of the fewest that have room for everything."""
    refitted: int = 10_000
    """Lanes above which sites are fitted with more patience into a choice of hubs that gives the best plan."""
    narrowings: int = 3
    """Rounds of ruling out lanes and hubs at the root."""
    looked: int = 100_000
    """Lanes times nodes between two looks at the clock; where hubs are settled there is one after every node."""
    subtrees: int = 4
    """Subtrees searched side by side, on as many threads as there are; the answer depends on it, not on the threads."""
    settled_together: int = 2
    """Most choices of hubs settled side by side, while they give no plan."""
    turn: int = 10_000
    """Lanes times nodes of each before the others are told what it found: some milliseconds."""
    longest_turn: int = 16
    """Most nodes of that."""
    tried: int = 4_000_000
    """Pairs of sites times changes of hubs between two looks at the clock."""
    neighbourhood_nodes: int = 10
    """Nodes allowed for one aim in a neighbourhood of a plan that is searched."""
    stack_per_site: int = 6
    """Length of the stack of nodes, in multiples of the number of sites."""


@dataclass(frozen=True)
class FixedHubsParameters:
    """A node where every hub is decided: a generalised assignment problem."""

    rounds: int = 400
    """Prices tried, as in `improve_bound`."""
    step: float = 1.0
    """First level of the subgradient step."""
    patience: int = 20
    """Tries without progress before the step shrinks."""
    plan_every: int = 50
    """Prices between two plans made on the way."""
    columns: int = 60_000
    """Sets of sites that may be listed to settle a node without a solver."""
    turns: int = 1_000
    """Moves of tabu search, as long as `pairs` allows them."""
    pairs: int = 100_000_000
    """Most pairs of sites looked at in all moves of tabu search."""
    refit_patience: int = 10
    """What these moves are multiplied by where the best plan is fitted anew."""
    nodes: int = 50
    """Most nodes that divide sites."""
    cells: int = 10_000_000
    """Cells of dynamic programming by loads for every node that a solver may take: some milliseconds. 0 for none."""
    solved_sites: float = 8.0
    """Sites to an open hub from which a solver follows where that does not suffice; with fewer it is of no help."""


@dataclass(frozen=True)
class LargeNeighbourhoodParameters:
    """Large neighbourhood search over plans of whole sites."""

    first_hubs: int = 6
    """Open hubs of a neighbourhood at first, until none of these gains."""
    most_hubs: int = 12
    """Open hubs of a neighbourhood then; never more than half of those of the plan. With them as many closed ones."""
    fewest_open: int = 8
    """Open hubs of a plan from which it is worth while: with fewer, the tree itself is quicker."""
    judging_sites: int = 20
    """Sites by which the distance from hub to hub is judged."""
    side_by_side: int = 4
    """Neighbourhoods solved from the same plan, on as many threads as there are; the answer depends on it alone."""


@dataclass(frozen=True)
class ChoicesParameters:
    """Plans at choices of hubs drawn near the relaxed one, of whole sites at one echelon."""

    spare: tuple[float, ...] = (0.002, 0.004, 0.006, 0.008, 0.012)
    """Room to spare, as shares of what there is to serve."""
    draws: int = 100
    """Choices drawn for each of them."""
    noise: float = 0.002
    """Most by which values of hubs are changed, as a share of the bound: standard deviations are drawn up to it."""
    seed: int = 1
    bounded: int = 6
    """Choices, for each amount of room, whose bound is raised."""
    rounds: int = 60
    """Prices tried for that."""
    stages: tuple[tuple[int, int], ...] = ((4, 2), (6, 5), (10, 2))
    """Hubs of the neighbourhoods in which plans of choices are renewed, and how many of them: at first, when sites are
    fitted into them, for each amount of room, then of all."""
    side_by_side: int = 4
    """Choices looked at from the same plan, on as many threads as there are."""

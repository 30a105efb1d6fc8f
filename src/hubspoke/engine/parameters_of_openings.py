"""Parameters of the tree over openings, where hubs take all they are sent; see `parameters.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UncapacitatedParameters:
    """Branch and bound over openings, where hubs take all they are sent."""

    most_lanes: int = 60_000_000
    """Sites times hubs up to which their lanes are sorted."""
    passes: int = 50
    """Most passes of dual ascent over all sites."""
    exchanges: int = 100_000
    """Most hubs opened, closed or exchanged in one local search."""
    root_ascents: int = 40
    """Most times that the first bound is raised, with plans and fixing in between."""
    root_rounds: int = 300
    """Prices tried each time."""
    root_work: int = 2_000_000_000
    """Most prices times lanes tried in one ascent, so that the clock is looked at where there are many lanes."""
    fewest_rounds: int = 30
    """So many prices at least."""
    patience: int = 30
    """Prices tried without progress before the level comes nearer."""
    telling: float = 0.002
    """Part of the open gap that must be closed for the first bound to be raised again."""
    stalls: int = 6
    """Times in a row that it may gain less."""
    finest: float = 1e-8
    """Level, as a share of the plan's cost, below which nothing more is hoped for."""
    ascents: int = 3
    """Most times that the bound of another node is raised, as long as many hubs are decided in between."""
    rounds: int = 100
    """Prices tried each time."""
    node_patience: int = 12
    """Prices tried at a node without progress before the level comes nearer."""
    share: float = 0.3
    """First level at a node, as a share of the way to the limit."""
    near: float = 0.002
    """Choices within this share of the best plan are improved by local search."""
    many: float = 0.1
    """Part of the undecided hubs whose decision makes another ascent worth while."""
    thinned: float = 0.2
    """Part of the undecided hubs whose decision makes it worth while to drop their lanes."""
    tried: int = 8
    """Hubs whose division is tried before one is chosen."""
    tried_rounds: int = 15
    """Prices tried for each."""
    clear_number: float = 0.02
    """Distance from a whole number within which the number of open hubs counts as clear."""
    memory: int = 1_000_000_000
    """Bytes of waiting nodes from which the search goes down before it goes wide."""
    plunge: float = 0.25
    """Part of the open gap by which the part of a node that is searched next may exceed the least bound."""
    searches: int = 4
    """Searches by weights side by side, on as many threads as there are; the answer depends on it alone."""
    search_turns: int = 2_000
    """Most turns of each that find no better plan."""
    search_work: int = 10_000_000
    """Most turns times lanes of each that find none."""
    looked: int = 2_000_000
    """Turns times lanes between two looks at the clock."""
    first_nodes: int = 100
    """Nodes after which plans are looked for again; then after twice as many each time."""

"""Parameters of the search over several cases, a part of `EngineParameters`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class OpeningTree:
    """Branch and bound over openings, where sites are only ever added and hubs take all they are sent."""

    root_rounds: int = 3_000
    """Most subgradient steps at the root."""
    rounds: int = 80
    """Most of them at any other node."""
    root_patience: int = 30
    """Steps without progress at the root after which steps get shorter."""
    patience: int = 10
    """The same at any other node."""
    batch: int = 16
    """Nodes worked on between two looks at what they found."""
    worth_bettering: float = 0.002
    """Share of the best cost by which a plan of a relaxed answer may be dearer, and still be bettered step by step."""
    steps: int = 50
    """Most steps by which a plan is bettered."""
    first_rounds: int = 200
    """Most subgradient steps before the first plan."""
    walk_steps: int = 20_000
    """Most steps of a walk through everything that a node leaves open."""
    reach_more: float = 1.1
    """Nodes are walked through that are this much further from the limit than one that was walked to the end."""
    reach_less: float = 0.7
    """Nodes are divided unless they are this much nearer to the limit than one whose walk was too long."""


@dataclass(frozen=True)
class CasesParameters:
    """Several cases that share plants."""

    direct_lanes: int = 3_000
    """Lanes of all cases together up to which the full model goes to the solver as it is."""
    fallback_lanes: int = 40_000
    """Lanes up to which the full model has the last word where cuts end short of the gap."""
    tied_lanes: int = 40_000
    """The same where sites are tied; beyond, ties are left out of the bound and kept by plans."""
    tied_rounds: int = 10
    """Most prices of coverage that are tried there."""
    rounds: int = 100
    """Most rounds of cuts at the relaxed choices of the root."""
    node_rounds: int = 20
    """The same at any other node."""
    pricings: int = 4
    """Most prices of black mass that are tried at a choice with refineries in parts."""
    pricing_progress: float = 1e-4
    """Rise of a cut, as a share of its value, below which no further prices are tried."""
    early_dives: tuple[int, ...] = (12, 24, 48)
    """Rounds at the root after which plans are looked for, while there is none."""
    cover_rounds: int = 4
    """Most times that covers are looked for at one relaxed choice."""
    broken_cover: float = 0.005
    """Share of what a cover asks for that must be lacking."""
    covers_at_once: int = 5
    """Most covers of an echelon in a case that a relaxed choice gives."""
    covers: int = 400
    """Most covers of a search."""
    window: int = 6
    """Rounds over which the progress of the root's bound is judged."""
    root_telling: float = 0.01
    """Cuts at the root go on while the last `window` rounds closed at least this share of the open gap."""
    telling: float = 0.05
    """The same of one round at any other node."""
    far: float = 0.02
    """Share of the bound that the open gap counts as at most there: a poor first plan says little of the bound."""
    tried_divisions: int = 4
    """Divisions of a box that are tried."""
    least_gap: float = 0.25
    """Part of the gap asked for that is left open at least, however much more plans truly cost than in the cases."""
    dives: int = 8
    """Nodes between two looks for plans near a relaxed choice."""
    tried_dives: int = 4
    """Most whole choices near a relaxed one that are looked at until one serves all sites."""
    moves: int = 200
    """Most moves of paths that are answered around a choice."""
    plan_gap: float = 0.3
    """Gap of the plans of single cases at given plants, in the same terms."""
    completing: float = 0.5
    """Share of the time left that making plans at a choice may take."""
    openings: OpeningTree = field(default_factory=OpeningTree)

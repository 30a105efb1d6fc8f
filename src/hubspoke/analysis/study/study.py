"""A study that is ready to run: what is asked, held against the input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hubspoke.planning.request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.analysis.decisions.robust.scenarios import Possible
    from hubspoke.analysis.study.stated import Stated
    from hubspoke.inputs.network import Network
    from hubspoke.inputs.shared import SharedInput
    from hubspoke.settings.settings import Settings


@dataclass(frozen=True, eq=False)
class Study:
    """What is asked of which network.

    Attributes
    ----------
    stated : Stated
    source : SharedInput
    changes : mapping of str to any
        Settings that are changed in all analyses.
    settings : Settings
        With these changes.
    network : Network
    analyses : tuple of str
        Those that run, in their order.
    left_out : mapping of str to str
        Why each of the others does not run: `not-asked`, or the key of a reason in the words of the report.
    policy : str
    year : int
        Of all analyses of one year.
    years : tuple of int
        Planned together; empty where fewer than two.
    futures : tuple of Possible
        Empty where fewer than two.
    are_weighted : bool
        Whether somebody stated how likely each is.
    regions, opened, closed : tuple of str
    gap : float or None
    seconds : float
        Time limit of each plan.
    vary : mapping of str to any
        What the sweep varies.
    """

    stated: Stated
    source: SharedInput
    changes: Mapping[str, Any]
    settings: Settings
    network: Network
    analyses: tuple[str, ...]
    left_out: Mapping[str, str]
    policy: str
    year: int
    years: tuple[int, ...]
    futures: tuple[Possible, ...]
    are_weighted: bool
    regions: tuple[str, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    gap: float | None
    seconds: float
    vary: Mapping[str, Any]

    def options(self, analysis: str) -> dict[str, Any]:
        """Return the options of an analysis.

        Parameters
        ----------
        analysis : str
        """
        return self.stated.options(analysis)

    def request(self, *, policy: str | None = None, times: int = 1) -> Request:
        """Return what is asked of a plan.

        Parameters
        ----------
        policy : str, optional
            Another than that of the study.
        times : int
            How many plans its time limit is for.
        """
        return Request(
            policy=policy or self.policy,
            year=self.year,
            regions=self.regions,
            opened=self.opened,
            closed=self.closed,
            gap=self.gap,
            time_limit=self.seconds * times,
        )

    def asked(self) -> dict[str, Any]:
        """Return the same as a sweep takes it."""
        asked: dict[str, Any] = {"policy": self.policy, "year": self.year, "time_limit": self.seconds}
        named = (("regions", self.regions), ("open", self.opened), ("close", self.closed), ("gap", self.gap))
        return asked | {key: list(value) if isinstance(value, tuple) else value for key, value in named if value}

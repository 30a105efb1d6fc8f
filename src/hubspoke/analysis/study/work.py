"""What the analyses of a study share while they run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hubspoke.base.errors import NoPlanFoundError
from hubspoke.lanes.shared import SharedLanes
from hubspoke.outputs.runs.load import load_plan

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.study.study import Study
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


@dataclass(eq=False)
class Work:
    """A study at work.

    Attributes
    ----------
    study : Study
    folder : Path
        In which each analysis has a folder of its name.
    lang : {"en", "ja"}
        Of the pages that the analyses write.
    lanes : SharedLanes
    """

    study: Study
    folder: Path
    lang: Lang
    lanes: SharedLanes = field(default_factory=SharedLanes)
    _plan: PlanData | None = None

    def plan(self) -> tuple[PlanData, Network]:
        """Return the plan of the study, as it was saved, and the network that was planned.

        Raises
        ------
        NoPlanFoundError
            It was saved without its input.
        """
        if self._plan is None:
            self._plan = load_plan(self.folder / "plan", with_input=True)
        if self._plan.network is None:
            raise NoPlanFoundError("the plan of the study was saved without its input; take its folder away")
        return self._plan, self._plan.network

"""The settings section `firmness`: when the choice of a plant counts as firm, as close, or as a toss-up."""

from __future__ import annotations

from pydantic import model_validator

from hubspoke.settings.section import Section, Share, fault


class Firmness(Section):
    """What the best plan without a plant must cost more for its choice to be firm, as shares of its region's cost."""

    close_share: Share
    """Below it the choice is close."""
    tossup_share: Share
    """Below it the choice is a toss-up."""

    @model_validator(mode="after")
    def _check_order(self) -> Firmness:
        if self.tossup_share > self.close_share:
            problem = f"{float(self.tossup_share):g} is above close_share, {float(self.close_share):g}"
            raise fault("tossup_share", problem, "a toss-up is closer than close: write a smaller share")
        return self

"""How finely plants are stated at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.planning.request import Request
from hubspoke.planning.years.cases import Marks, first_marks
from hubspoke.planning.years.read import read_years

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


def test_hubs_are_charged_for_a_dip_at_once_where_packs_go_anywhere(tiny_network: Network) -> None:
    _, anywhere = read_years(tiny_network, Request(policy="open"), [2030, 2035])
    _, at_home = read_years(tiny_network, Request(policy="regional"), [2030, 2035])
    assert first_marks(anywhere) == Marks(hubs_dip=True)
    assert first_marks(at_home) == Marks()

"""Compute lanes once for all networks that agree in what lanes depend on."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from hubspoke.inputs.network import SETTINGS
from hubspoke.inputs.part import with_parts
from hubspoke.lanes.lanes import build_lanes
from hubspoke.settings.reading.recorded import record, sections_equal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.inputs.network import Network
    from hubspoke.lanes.lanes import Lanes
    from hubspoke.settings.settings import Settings

HELD = 8
"""Most lanes that are held."""


@dataclass(frozen=True)
class _Built:
    year: int
    tables: Mapping[str, str]
    settings: Settings
    sections: frozenset[str]
    lanes: Lanes


class SharedLanes:
    """Lanes of many networks: those of the same tables, year and settings that lanes read are computed once."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, _Built] = OrderedDict()
        self._next = 0
        self.computed: int = 0

    def build(self, network: Network, year: int) -> Lanes:
        """Return the lanes of a network, as `build_lanes` computes them; they cannot be written to.

        Parameters
        ----------
        network : Network
            Checked: its tables are those of which it knows the fingerprints.
        year : int
        """
        tables = {name: digest for name, digest in network.checked.items() if name != SETTINGS}
        for number, held in self._held.items():
            same = held.year == year and held.tables == tables
            if same and sections_equal(held.settings, network.settings, held.sections):
                self._held.move_to_end(number)
                return held.lanes
        noting, noted = record(network.settings)
        lanes = build_lanes(with_parts(network, settings=noting), year)
        for field in fields(lanes):
            values = getattr(lanes, field.name)
            if isinstance(values, np.ndarray):
                values.setflags(write=False)
        self._held[self._next] = _Built(year, tables, network.settings, frozenset(noted), lanes)
        self._next += 1
        self.computed += 1
        if len(self._held) > HELD:
            self._held.popitem(last=False)
        return lanes

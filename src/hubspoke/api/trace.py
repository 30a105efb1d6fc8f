"""A trace with the verbs that planners use: tell, write, and hand on as a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubspoke.base.notebook import as_html
from hubspoke.tracing.trace import Trace, trace_plans

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import networkx as nx

    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


@dataclass(frozen=True, eq=False, repr=False)
class PlanTrace(Trace):
    """Where metal came from and where it ended (see `Trace`), and what can be done with that."""

    @classmethod
    def of(cls, plans: Mapping[int, PlanData], name: str | None, *, custody: str, period_yr: int) -> PlanTrace:
        """Return the trace of a name through plans by year."""
        made = trace_plans(plans, name, custody=custody, period_yr=period_yr)
        return cls(made.ledger, made.focus)

    def _repr_html_(self) -> str:
        """Return the main figures and the summary, for notebooks."""
        return as_html("Trace", self._figures(), self.summary())

    def summary(self, lang: Lang = "en") -> str:
        """Return the trace in words and tables."""
        from hubspoke.tracing.text import tell_trace  # noqa: PLC0415 - words load when wanted

        return tell_trace(self, lang)

    def graph(self) -> nx.DiGraph[str]:
        """Return the lots and processes on the way as a networkx graph, with kg on its edges."""
        from hubspoke.tracing.extract import extract_lots  # noqa: PLC0415
        from hubspoke.tracing.graph import build_graph  # noqa: PLC0415 - networkx loads when wanted

        return build_graph(extract_lots(self))

    def save(self, folder: str | Path, *, uri: str = "https://hubspoke.example/", lang: Lang = "en") -> Path:
        """Write into a folder tables, JSON, GraphML, EPCIS, Catena-X, PROV, a picture and a fragment of a passport."""
        from hubspoke.outputs.traces.write import write_trace  # noqa: PLC0415

        return write_trace(self, folder, uri=uri, lang=lang)

"""Plan many cases of one folder, from Python."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.sweeps.folder import write_answers
from hubspoke.analysis.decisions.sweeps.memory import Memory
from hubspoke.analysis.decisions.sweeps.sweep import prepare_sweep
from hubspoke.analysis.decisions.sweeps.sweep_plan import ASKED, SweepPlan, lay_over, read_plan
from hubspoke.base.errors import UsageError
from hubspoke.base.spelling import nearest_name
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from hubspoke.analysis.decisions.sweeps.sweep import Progress


@dataclass(frozen=True, eq=False)
class SweepAnswers:
    """What a sweep came to.

    Attributes
    ----------
    folder : Path
        Where its files are.
    cases : DataFrame
        A row for each case: values, state, key figures, plants built.
    plants : DataFrame
        A row for each plant that is built in any case: in how many, and how large.
    lines : tuple of str
        The same in a few sentences.
    """

    folder: Path
    cases: pd.DataFrame
    plants: pd.DataFrame
    lines: tuple[str, ...]

    def summary(self) -> str:
        """Return what the sweep came to in a few sentences."""
        return "\n".join(self.lines)


def sweep(
    source: str | Path | None = None,
    *,
    out: str | Path,
    file: str | Path | None = None,
    vary: Mapping[str, Any] | None = None,
    cases: Sequence[tuple[str, Mapping[str, Any]]] = (),
    mode: str | None = None,
    samples: int | None = None,
    seed: int | None = None,
    changes: Mapping[str, Any] | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    retry: bool = False,
    lang: str = "en",
    progress: Progress | None = None,
    **asked: Any,
) -> SweepAnswers:
    """Plan many cases, and keep each as soon as it is solved; what the folder holds already is not solved again.

    Parameters
    ----------
    source : str or Path, optional
        The input, as in `read`: every case reads it under settings of its own, so that no network is taken here. None
        for the Japanese data that ship.
    out : str or Path
        Folder of the sweep, to be made or to go on from.
    file : str or Path, optional
        A TOML file that states a sweep; what is given beside it goes before it.
    vary : mapping of str to any, optional
        By dotted key of a setting, or `scenario`: a list of values, `"low..high"`, `"low..high/steps"` or `"range"`.
    cases : sequence of (str, mapping)
        Further cases: name, and settings by dotted key.
    mode : {"grid", "one-at-a-time", "latin", "sobol", "indices", "list"}, optional
    samples, seed : int, optional
        Of the modes that draw.
    changes : mapping of str to any, optional
        Settings by dotted key that are changed in every case.
    jobs : int
        Processes of this machine.
    cluster : str, optional
        Address of a scheduler of Dask, in their place.
    retry : bool
        Whether cases that failed are solved again.
    lang : {"en", "ja"}
        Language of the page and the sentences.
    progress : callable, optional
        Called with the cases done, all that are to be solved, and the seconds that the rest may take.
    **asked : any
        What every case is asked: `policy`, `objective`, `year`, `regions`, `open`, `close`, `gap`, `time_limit`,
        `solver`.

    Returns
    -------
    SweepAnswers

    Raises
    ------
    UsageError
        What is asked for cannot be varied or planned, or the folder cannot be written.
    InputError
        The settings of a case have faults.
    """
    for name in asked:
        if name not in ASKED:
            raise UsageError(f"a case cannot be asked for {name!r}{nearest_name(name, ASKED)}")
    given: dict[str, Any] = {"vary": vary, "mode": mode, "samples": samples, "seed": seed, "changes": changes}
    if cases:
        given |= {"listed": tuple((name, dict(values)) for name, values in cases)}
        given["mode"] = mode or (None if vary or file else "list")
    plan: SweepPlan = lay_over(None if file is None else read_plan(Path(file)), asked=asked, **given)
    spoken = check_language(lang)
    ready = prepare_sweep(None if source is None else Path(source), plan)
    memory = Memory(out)
    with memory.alone():
        ready.solve_missing(memory, jobs=jobs, cluster=cluster, retry=retry, progress=progress)
        table, plants, lines = write_answers(ready, memory, lang=spoken)
    return SweepAnswers(memory.folder, table, plants, tuple(lines))

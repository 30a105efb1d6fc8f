"""Write the answers of a sweep beside its cases: table, plants and page."""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.sweeps.memory import MARK
from hubspoke.analysis.decisions.sweeps.page import summarise_sweep, write_sweep_page
from hubspoke.analysis.decisions.sweeps.tables import tabulate_cases, tabulate_plants
from hubspoke.base.atomic_write import replaced_file
from hubspoke.base.json_text import write_json
from hubspoke.outputs.exports.csv_table import write_csv_table

if TYPE_CHECKING:
    import pandas as pd

    from hubspoke.analysis.decisions.sweeps.memory import Memory
    from hubspoke.analysis.decisions.sweeps.sweep import Sweep
    from hubspoke.words.language import Lang

CASES_FILE, PLANTS_FILE, PAGE = "sweep.csv", "plants.csv", "sweep.html"
PARQUET = "sweep.parquet"


def write_answers(sweep: Sweep, memory: Memory, *, lang: Lang = "en") -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Write the answers of a sweep, each file whole or not at all.

    Parameters
    ----------
    sweep : Sweep
    memory : Memory
        With the cases that are solved.
    lang : {"en", "ja"}
        Of the page and the sentences.

    Returns
    -------
    cases, plants : DataFrame
        What was written.
    lines : list of str
        What it came to.
    """
    solved = sweep.gather(memory)
    cases, plants = tabulate_cases(solved, sweep.standing), tabulate_plants(solved)
    for name, table in ((CASES_FILE, cases), (PLANTS_FILE, plants)):
        with replaced_file(memory.folder / name) as part:
            write_csv_table(table, part)
    if (data := _as_parquet(cases)) is not None:
        with replaced_file(memory.folder / PARQUET) as part:
            part.write_bytes(data)
    with replaced_file(memory.folder / PAGE) as part:
        page = write_sweep_page(sweep, solved, cases, plants, lang=lang)
        part.write_text(page, encoding="utf-8", newline="\n")
    with replaced_file(memory.folder / MARK) as part:
        part.write_text(write_json(describe_sweep(sweep)), encoding="utf-8", newline="\n")
    return cases, plants, summarise_sweep(sweep, cases, plants, lang)


def describe_sweep(sweep: Sweep) -> dict[str, Any]:
    """Return what a sweep was asked, and its cases, as plain data.

    Parameters
    ----------
    sweep : Sweep
    """
    plan = sweep.plan
    return {
        "mode": plan.mode,
        "vary": dict(plan.vary),
        "set": dict(plan.changes),
        "asked": dict(plan.asked),
        "samples": plan.samples,
        "seed": plan.seed,
        "cases": [
            {"number": case.number, "case": case.name, "values": dict(case.given), "digest": digest}
            for case, digest in zip(sweep.cases, sweep.digests, strict=True)
        ],
    }


def _as_parquet(table: pd.DataFrame) -> bytes | None:
    """Return a table as Parquet, None where no library writes it; columns of several kinds become texts."""
    try:
        importlib.import_module("pyarrow")  # an optional extra
    except ImportError:
        return None
    mixed = [str(name) for name in table if len(set(map(type, table[name]))) > 1]
    file = io.BytesIO()
    table.assign(**{name: table[name].astype(str) for name in mixed}).to_parquet(file, index=False)
    return file.getvalue()

"""`hubspoke sweep`: many cases of one folder, solved side by side, and what they come to."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.answer_files import check_folder_name
from hubspoke.cli.options import (
    LEAST_SECONDS,
    Changes,
    Costs,
    Lang,
    Regions,
    Scenario,
    Supply,
    get_console,
    parse_changes,
    with_console_options,
)
from hubspoke.cli.plan_options import note_prices
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hubspoke.cli.console import Console


@with_console_options
def sweep(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DIR] [SWEEP.toml]",
            show_default=False,
            help="Folder of the input, the Japanese data that ship if none; and a file that states the sweep.",
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Folder of the sweep, to go on from.")],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUES",
            help="What is varied: a setting, or scenario, over low..high, low..high/steps, a,b,c, or range (the range "
            "that the setting states; KEY may then hold *). Repeatable.",
        ),
    ] = None,
    mode: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=lambda: ["grid", "one-at-a-time", "latin", "sobol", "indices"],
            help="grid (all combinations), one-at-a-time, latin (hypercube) or sobol samples, indices (samples for "
            "Sobol indices).",
        ),
    ] = None,
    samples: Annotated[int | None, typer.Option(min=1, help="Samples to draw; 64, if not given.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of what is drawn.")] = None,
    policy: Annotated[str | None, typer.Option(metavar="NAME", help="As in `solve`.")] = None,
    objective: Annotated[str | None, typer.Option(metavar="NAME", help="As in `solve`.")] = None,
    region: Regions = None,
    year: Annotated[int | None, typer.Option(help="Year whose packs are planned.")] = None,
    gap: Annotated[float | None, typer.Option(min=0.0, help="Relative gap to prove in each case.")] = None,
    time_limit: Annotated[
        float | None, typer.Option(min=LEAST_SECONDS, help="Seconds for each case; then results may differ by machine.")
    ] = None,
    scenario: Scenario = None,
    supply: Supply = None,
    costs: Costs = None,
    changes: Changes = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes of this machine.")] = 1,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster, such as tcp://10.0.0.1:8786.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the cases with their numbers, and solve none.")] = False,
    case: Annotated[
        list[int] | None, typer.Option(min=1, metavar="N", help="Solve this case only, for job arrays. Repeatable.")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Solve cases again that failed.")] = False,
    lang: Lang = "en",
) -> None:
    """Plan many cases: settings and scenarios over ranges, lists or samples; what moves the cost, and what holds.

    Example: `hubspoke sweep -o sweep --region shikoku --vary energy.power_jpy_per_kwh=10..30 --vary scenario=,jarp`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_folder_name(out)
    folder, file = split_words(words or [])
    if cluster is not None and jobs > 1:
        raise UsageError("--jobs and --cluster: the cluster says itself how many cases it solves at once")
    asked = {
        "policy": policy,
        "objective": objective,
        "regions": region,
        "year": year,
        "gap": gap,
        "time_limit": time_limit,
    }
    with console.live("reading"):
        from hubspoke.analysis.decisions.sweeps.folder import write_answers  # noqa: PLC0415
        from hubspoke.analysis.decisions.sweeps.memory import Memory  # noqa: PLC0415
        from hubspoke.analysis.decisions.sweeps.sweep import list_lines, prepare_sweep  # noqa: PLC0415
        from hubspoke.analysis.decisions.sweeps.sweep_plan import lay_over, read_plan  # noqa: PLC0415

        plan = lay_over(
            None if file is None else read_plan(file),
            vary=parse_vary(vary),
            mode=mode,
            samples=samples,
            seed=seed,
            changes=parse_changes(changes, supply, scenario, costs),
            asked={key: value for key, value in asked.items() if value is not None},
        )
        ready = prepare_sweep(folder, plan)
        if unknown := sorted(set(case or ()) - {one.number for one in ready.cases}):
            raise UsageError(f"there is no case {unknown[0]}: they are 1 to {len(ready.cases)}")
        memory = Memory(out)
    note_prices(console, (*plan.vary, *plan.changes), objective or ready.settings.policy.objective)
    if listed:
        cases = [
            {"number": one.number, "case": one.name, "digest": digest, "solved": memory.holds(digest)}
            for one, digest in zip(ready.cases, ready.digests, strict=True)
        ]
        console.give("\n".join(list_lines(ready, memory)), {"cases": cases})
        return
    if case:
        with report_progress(console) as progress:
            solved = ready.solve_missing(memory, jobs=jobs, cluster=cluster, retry=retry, only=case, progress=progress)
        console.give(f"{solved} of {len(set(case))} solved", {"folder": str(out), "solved": solved})
        return
    with memory.alone():
        with report_progress(console) as progress:
            solved = ready.solve_missing(memory, jobs=jobs, cluster=cluster, retry=retry, progress=progress)
        table, plants, told = write_answers(ready, memory, lang=chosen)
    shares = plants[["kind", "id", "built", "share"]].to_dict("records")
    states = table["status"].value_counts().sort_index().to_dict()
    data = {"folder": str(out), "solved": solved, "cases": len(table), "states": states, "plants": shares}
    console.give("\n".join(told), data)
    console.wrote(out, page=out / "sweep.html")


@contextmanager
def report_progress(console: Console) -> Iterator[Callable[[int, int, float], None]]:
    """Yield what tells how many cases are done and how long the rest takes: on a terminal in one line that changes."""
    if console.quiet or console.as_json or not sys.stderr.isatty():
        yield lambda done, total, left: console.detail(describe_progress(done, total, left))
        return
    from rich.console import Console as Rich  # noqa: PLC0415 - only terminals need it

    with Rich(stderr=True).status("solving") as status:
        yield lambda done, total, left: status.update(describe_progress(done, total, left))


def describe_progress(done: int, total: int, left_s: float) -> str:
    """Return how far a sweep is, and the time that is left by the cases so far."""
    if not done:
        return f"0 of {total:,} cases"
    minutes, seconds = divmod(round(left_s), 60)
    return f"{done:,} of {total:,} cases, {minutes:d}:{seconds:02d} left"


def split_words(words: list[str]) -> tuple[Path | None, Path | None]:
    """Return the folder and the file that states the sweep; a word that ends in .toml is the file."""
    files = [Path(word) for word in words if word.lower().endswith(".toml")]
    folders = [Path(word) for word in words if not word.lower().endswith(".toml")]
    if len(files) > 1 or len(folders) > 1:
        raise UsageError(f"{' '.join(words)}: give a folder, a sweep file that ends in .toml, or both")
    return (folders[0] if folders else None), (files[0] if files else None)


def parse_vary(pairs: list[str] | None) -> dict[str, str]:
    """Read `--vary key=values` pairs."""
    vary: dict[str, str] = {}
    for pair in pairs or ():
        key, equals, values = pair.partition("=")
        if not equals or not key.strip() or not values.strip():
            raise UsageError(f"--vary {pair}: write KEY=VALUES, such as energy.power_jpy_per_kwh=10..30")
        vary[key.strip()] = values.strip()
    return vary

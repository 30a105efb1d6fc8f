"""The command line: every command a few lines over a library call; heavy modules load inside the commands."""

from __future__ import annotations

import sys
import time
from io import TextIOWrapper
from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from hubspoke.base.errors import HubspokeError, InputError, UsageError
from hubspoke.cli.compare import compare
from hubspoke.cli.console import INTERRUPTED, Console
from hubspoke.cli.explain import explain
from hubspoke.cli.options import (
    Changes,
    Folder,
    Json,
    Lang,
    Quiet,
    Run,
    Tiles,
    Verbose,
    check_lang,
    check_tiles,
    parse_changes,
    start,
)


class Doors(TyperGroup):
    """Turns the library's errors into words and exit codes, for every command."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except HubspokeError as error:
            console = ctx.obj or Console()
            if console.shows_tracebacks:
                raise
            console.fail(error)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            sys.stderr.write("stopped; nothing was written\n")
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError:  # whoever read our stdout has gone
            raise
        except Exception as error:
            console = ctx.obj or Console()
            if console.shows_tracebacks or type(error).__module__.partition(".")[0] in {"typer", "click"}:
                raise
            words = f"{type(error).__name__}: {error}"
            console.fail(HubspokeError(f"a fault of hubspoke itself ({words}); run again with -vv and report it"))
            raise typer.Exit(HubspokeError.exit_code) from error


app = typer.Typer(
    name="hubspoke",
    cls=Doors,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer's callback
    if wanted:
        from hubspoke import __version__  # noqa: PLC0415

        typer.echo(f"hubspoke {__version__}")
        raise typer.Exit


@app.callback()
def hubspoke(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Plan hub-and-spoke recycling of traction batteries: which hub, which refinery, who delivers where.

    Start with `hubspoke solve -o plan`, then open plan/map.html.

    Exit codes: 0 solved within the gap, 2 usage, 3 bad input, 4 infeasible, 5 stopped at a limit with a plan,
    6 stopped with none, 7 solver not available.
    """


@app.command()
def new(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
    *,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Make a starter folder with the Japanese data, ready to edit.

    Example: `hubspoke new myplan`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    from hubspoke.inputs.starter import write_starter  # noqa: PLC0415

    made = write_starter(folder)
    console.give(str(made), {"folder": str(made)})
    console.say(f"edit the tables, then: hubspoke check {folder}")


@app.command()
def check(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    changes: Changes = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """List every problem of the input at once: file, row, column, what to do.

    Example: `hubspoke check myplan`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    from dataclasses import asdict  # noqa: PLC0415

    from hubspoke.inputs.check.check import check as check_folder  # noqa: PLC0415
    from hubspoke.inputs.read import read  # noqa: PLC0415
    from hubspoke.plan.summary import summarise_network  # noqa: PLC0415

    set_to = parse_changes(changes)
    findings = check_folder(folder, changes=set_to)
    if faults := [finding for finding in findings if finding.fatal]:
        raise InputError(faults)
    text = summarise_network(read(folder, changes=set_to))  # says the warnings, too
    console.give(text, {"ready": True, "findings": [asdict(finding) for finding in findings]})


@app.command()
def solve(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Run folder to write.")],
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=lambda: ["regional", "shared-refinery", "open"],
            help="regional, shared-refinery or open; that of the settings, if none.",
        ),
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=lambda: ["cost", "profit", "co2"],
            help="cost, profit (at market.price_level; sites may be left out) or co2; that of the settings, if none.",
        ),
    ] = None,
    region: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Plan this region only. Repeatable.")] = None,
    year: Annotated[int | None, typer.Option(help="Year whose packs are planned.")] = None,
    gap: Annotated[float | None, typer.Option(min=0.0, help="Relative gap to prove, such as 0.001.")] = None,
    time_limit: Annotated[float | None, typer.Option(min=0.0, help="Seconds; the best plan by then is kept.")] = None,
    solver: Annotated[str, typer.Option(metavar="NAME", help="auto, or a solver of `hubspoke solvers`.")] = "auto",
    changes: Changes = None,
    opened: Annotated[list[str] | None, typer.Option("--open", metavar="ID", help="Plant to open. Repeatable.")] = None,
    closed: Annotated[
        list[str] | None, typer.Option("--close", metavar="ID", help="Plant to keep closed. Repeatable.")
    ] = None,
    lang: Lang = "en",
    tiles: Tiles = None,
    write_mps: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the full model as MPS, too.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the search.")] = 0,
    maps: Annotated[bool, typer.Option("--maps/--no-maps", help="Draw the maps.")] = True,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Plan at least cost, most profit or least CO2: choose hubs and refineries, assign sites, write tables and maps.

    Example: `hubspoke solve myplan -o plan --policy shared-refinery --set finance.discount_rate_per_yr=0.07`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    chosen = check_lang(lang)
    check_tiles(tiles)
    set_to = parse_changes(changes)
    began = time.perf_counter()
    with console.live("loading"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.outputs.runs.folder import check_target, write_run  # noqa: PLC0415

        check_target(out)
        network = hs.read(folder, changes=set_to)
    reading = time.perf_counter() - began
    console.detail(f"read {len(network.sites):,} sites in {reading:.1f} s")
    with console.live("planning"):
        plan = hs.solve(
            network,
            policy=policy,
            objective=objective,
            year=year,
            regions=region or (),
            opened=opened or (),
            closed=closed or (),
            gap=gap,
            time_limit=time_limit,
            solver=solver,
            seed=seed,
            write_mps=write_mps,
        )
    for phase, seconds in plan.run["seconds"].items():
        console.detail(f"{phase}: {seconds:.2f} s")
    with console.live("drawing"):
        facts = {"source": None if folder is None else str(folder.resolve()), "changes": set_to}
        command = ["hubspoke", *sys.argv[1:]]
        facts["seconds"] = {"read": reading}
        write_run(plan, out, lang=lang, maps=maps, tiles=tiles, command=command, facts=facts)
    console.give(plan.summary(chosen), describe_plan(plan, out))
    console.say(f"\nwrote {out}" + f"; open {out / ('map.html' if maps else 'report.html')}")
    raise typer.Exit(plan.status.exit_code)


@app.command(name="map")
def draw(
    ctx: typer.Context,
    runs: Annotated[
        list[Path], typer.Argument(metavar="OUT...", help="A run folder, or several of different years for one map.")
    ],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Map to write, for several run folders.")
    ] = None,
    lang: Lang = "en",
    tiles: Tiles = None,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Draw the maps of a saved plan again, or one map with a slider through plans of several years.

    Example: `hubspoke map plan-2030 plan-2035 plan-2040 -o years.html`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    check_lang(lang)
    with console.live("drawing"):
        from hubspoke.outputs.runs.folder import draw_years_of, redraw_maps  # noqa: PLC0415

        if (len(runs) > 1) != (out is not None):
            raise UsageError("name a file with -o for several run folders, and none for one, whose maps lie in it")
        made = (
            redraw_maps(runs[0], lang=lang, tiles=tiles)
            if out is None
            else [draw_years_of(runs, out, lang=lang, tiles=tiles)]
        )
        files = [str(file) for file in made]
    console.give("\n".join(files), {"files": files})


@app.command()
def report(
    ctx: typer.Context,
    run: Run,
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help="html, pdf (needs Chromium or Chrome), xlsx, gpkg, geojson or parquet."
        ),
    ] = "html",
    lang: Lang = "en",
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Write the report of a saved plan again, as a page, a PDF, an Excel workbook or a GeoPackage.

    Example: `hubspoke report plan --lang ja --format pdf`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    check_lang(lang)
    with console.live("writing"):
        from hubspoke.outputs.runs.folder import rewrite_report  # noqa: PLC0415

        file = str(rewrite_report(run, lang=lang, form=form))
    console.give(file, {"file": file})


app.command()(compare)
app.command()(explain)


@app.command()
def market(
    ctx: typer.Context,
    run: Annotated[
        Path | None,
        typer.Argument(metavar="OUT", show_default=False, help="A run folder; the published totals of 2040, if none."),
    ] = None,
    *,
    level: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=lambda: ["peak", "current", "lowest"],
            help="One price level, such as peak; all of them, if none.",
        ),
    ] = None,
    scheme: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=lambda: ["all", "purchase", "tolling", "integrated", "joint-collection"],
            help="Who earns what: all, or purchase, tolling, integrated, joint-collection or a contract of your own.",
        ),
    ] = None,
    each_site: Annotated[bool, typer.Option("--each-site", help="Tell every dismantling site, not regions.")] = False,
    changes: Changes = None,
    lang: Lang = "en",
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Value metals against the cost of recycling, and tell what every actor of a plan earns.

    Without OUT: the published totals of 2040, from the stated formula. With OUT: the metals of a plan; other prices and
    contracts may be set without solving again.

    Example: `hubspoke market plan --scheme purchase --set price_levels.current.usd_per_t.nickel=20000`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    chosen, set_to = check_lang(lang), parse_changes(changes)
    if run is None and scheme is not None:
        raise UsageError("--scheme needs a plan: name a run folder that `hubspoke solve` wrote")
    with console.live("counting"):
        from hubspoke.money.text import market_answer  # noqa: PLC0415
        from hubspoke.outputs.runs.folder import load  # noqa: PLC0415

        plan = None if run is None else load(run)
        text, data = market_answer(plan, level=level, scheme=scheme, each_site=each_site, changes=set_to, lang=chosen)
    console.give(text, data)


@app.command()
def solvers(ctx: typer.Context, *, as_json: Json = False, quiet: Quiet = False, verbose: Verbose = 0) -> None:
    """List the solvers and whether they can be used here.

    Example: `hubspoke solvers`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    from hubspoke.engine.milp.solver import available_solvers  # noqa: PLC0415

    known = available_solvers()
    lines = [f"{name:<8} {'available' if there else 'not installed'}" for name, there in known.items()]
    console.give("\n".join(lines), known)


@app.command()
def bench(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Public instances, as published.")],
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Format of the files; told from the content, if none."),
    ] = None,
    gap: Annotated[float, typer.Option(min=0.0, help="Relative gap to prove.")] = 1e-6,
    time_limit: Annotated[float | None, typer.Option(min=0.0, help="Seconds for each instance.")] = None,
    solver: Annotated[str, typer.Option(metavar="NAME", help="auto, or a solver of `hubspoke solvers`.")] = "auto",
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Solve public facility-location instances with the engine, to check it against known optima.

    Formats told from the content: orlib-cap, tbed1, holmberg (also Yang), diaz, two-stage, p-median, p-median-cap; by
    name only: orlib-cap-single, orlib-uncap, tbed1-single. A file that is none does not stop the others (exit 3).

    Example: `hubspoke bench cap41.txt p1 --time-limit 60`
    """
    console = start(ctx, as_json=as_json, quiet=quiet, verbose=verbose)
    from dataclasses import asdict  # noqa: PLC0415

    from hubspoke.instances.bench import exit_code, run_bench  # noqa: PLC0415
    from hubspoke.instances.warm_up import load_loops  # noqa: PLC0415
    from hubspoke.plan.summary import tell_result, tell_result_head  # noqa: PLC0415

    results: list[Any] = []
    code = None
    if solver == "auto":
        with console.live("loading the engine (compiled once on every machine, in under a minute)"):
            load_loops()
    try:
        for result in run_bench(files, form=form, gap=gap, time_limit=time_limit, solver=solver):
            if not as_json:
                console.give(tell_result(result) if results else f"{tell_result_head()}\n{tell_result(result)}", None)
            if result.problem is not None:
                sys.stderr.write(f"error: {result.problem}\n")
            results.append(result)
    except KeyboardInterrupt:
        console.say(f"stopped; {len(results)} solved before")
        code = INTERRUPTED
    if as_json:
        console.give("", [asdict(result) for result in results])
    raise typer.Exit(exit_code(results) if code is None else code)


def describe_plan(plan: Any, out: Path) -> dict[str, Any]:
    """Give the main figures of a plan as data."""
    from hubspoke.planning.formulation.objective import UNITS  # noqa: PLC0415

    return {
        "folder": str(out),
        "status": str(plan.status),
        "exit_code": plan.status.exit_code,
        "year": plan.year,
        "policy": plan.policy,
        "objective": plan.objective,
        "objective_unit": UNITS[plan.objective],
        "objective_value": plan.objective_value,
        "bound_value": plan.bound_value,
        "cost_jpy": plan.cost_jpy,
        "unserved_t": plan.unserved_t,
        "gap": plan.gap,
        "mass_t": plan.mass_t,
        "regions": plan.regions.to_dict("records"),
        "hubs": plan.hubs.loc[plan.hubs["state"].isin(["open", "idle"]), "id"].tolist(),
        "refineries": plan.refineries.loc[plan.refineries["state"].isin(["open", "idle"]), "id"].tolist(),
        "seconds": dict(plan.run.get("seconds", {})),
    }


def main() -> NoReturn:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows its code
            stream.reconfigure(errors="backslashreplace")
    app()
    raise SystemExit(0)

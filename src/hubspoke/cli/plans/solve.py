"""`hubspoke solve`: read, plan and write a run folder."""

from __future__ import annotations

import sys
import time
from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import Annotated, Any

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.answer_files import check_folder_name
from hubspoke.cli.options import (
    LEAST_SECONDS,
    Changes,
    Costs,
    Folder,
    Lang,
    PolicyName,
    Regions,
    Scenario,
    Supply,
    Tiles,
    check_tiles,
    get_console,
    parse_changes,
    with_console_options,
)
from hubspoke.cli.plan_options import note_prices
from hubspoke.words.language import check_language


@with_console_options
def solve(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Run folder to write.")],
    policy: PolicyName = None,
    objective: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=lambda: ["cost", "profit", "co2"],
            help="cost, profit (at market.price_level; sites may be left out) or co2; that of the settings, if none.",
        ),
    ] = None,
    region: Regions = None,
    year: Annotated[int | None, typer.Option(help="Year whose packs are planned.")] = None,
    years: Annotated[
        str | None,
        typer.Option(
            metavar="YEAR,...",
            autocompletion=lambda: ["2030,2035,2040"],
            help="Years planned together, such as 2030,2035,2040; those of the settings, if neither is given.",
        ),
    ] = None,
    gap: Annotated[float | None, typer.Option(min=0.0, help="Relative gap to prove, such as 0.001.")] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            min=LEAST_SECONDS,
            help="Seconds of the search; the best plan by then is kept. Reading, writing and how firm each plant is "
            "come on top.",
        ),
    ] = None,
    solver: Annotated[str, typer.Option(metavar="NAME", help="auto, or a solver of `hubspoke solvers`.")] = "auto",
    scenario: Scenario = None,
    supply: Supply = None,
    costs: Costs = None,
    changes: Changes = None,
    opened: Annotated[list[str] | None, typer.Option("--open", metavar="ID", help="Plant to open. Repeatable.")] = None,
    closed: Annotated[
        list[str] | None, typer.Option("--close", metavar="ID", help="Plant to keep closed. Repeatable.")
    ] = None,
    design: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Saved plan whose plants stand as they were built; only flows are planned."),
    ] = None,
    lang: Lang = "en",
    tiles: Tiles = None,
    write_mps: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the full model as MPS, too.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the search.")] = 0,
    maps: Annotated[bool, typer.Option("--maps/--no-maps", help="Draw the maps.")] = True,
    all_maps: Annotated[
        bool, typer.Option("--all-maps", help="With --years: maps of the regions in every year, too.")
    ] = False,
) -> None:
    """Plan at least cost, most profit or least CO2: choose hubs and refineries, assign sites, write tables and maps.

    Example: `hubspoke solve myplan -o plan --policy shared-refinery --set finance.discount_rate_per_yr=0.07`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_tiles(tiles)
    set_to = parse_changes(changes, supply, scenario, costs)
    together = parse_years(years, year)
    if together and design is not None:
        raise UsageError(f"--design {design} and --years {years}: a design is planned for one year, see --year")
    if together and write_mps is not None:
        raise UsageError("--write-mps writes the model of one year; name that year with --year, and leave --years out")
    began = time.perf_counter()
    with console.live("loading"):
        import hubspoke as hs  # noqa: PLC0415
        from hubspoke.outputs.runs.folder import write_run  # noqa: PLC0415
        from hubspoke.outputs.runs.target import check_target  # noqa: PLC0415
        from hubspoke.outputs.runs.years_folder import write_years  # noqa: PLC0415

        check_folder_name(out)
        check_target(out)
        network = hs.read(folder, changes=set_to)
        if year is None and not together and design is None:
            together = network.settings.years.plan
        fixed = None if design is None else hs.load(design)
    reading = time.perf_counter() - began
    console.detail(f"read {len(network.sites):,} sites in {reading:.1f} s")
    from hubspoke.words.numbers import format_yen  # noqa: PLC0415

    aim = objective or network.settings.policy.objective
    note_prices(console, set_to, aim)
    counts_money = aim == "cost"
    tell_value = (lambda cost: format_yen(cost, chosen, network.settings)) if counts_money else None
    with console.live("planning", tell_value):
        asked: dict[str, Any] = {
            "policy": policy,
            "objective": objective,
            "regions": region or (),
            "opened": opened or (),
            "closed": closed or (),
            "gap": gap,
            "time_limit": time_limit,
            "solver": solver,
            "seed": seed,
            "write_mps": write_mps,
        }
        if together:
            plan: Any = hs.solve(network, years=together, **asked)
        else:
            plan = hs.solve(network, year=year, design=fixed, **asked)
    for phase, seconds in plan.run["seconds"].items():
        console.detail(f"{phase}: {seconds:.2f} s")
    with console.live("drawing"):
        facts = {"source": None if folder is None else str(folder.resolve()), "changes": set_to}
        command = ["hubspoke", *sys.argv[1:]]
        facts["seconds"] = {"read": reading}
        common: dict[str, Any] = {"lang": lang, "maps": maps, "tiles": tiles, "command": command, "facts": facts}
        if together:
            write_years(plan, out, all_maps=all_maps, **common)
        else:
            write_run(plan, out, **common)
    told = plan.summary(chosen) if together else plan.summary(chosen, width=console.width)
    ids = [] if together else [str(key) for table in (plan.hubs, plan.refineries) for key in table["id"]]
    console.give(told, (describe_years if together else describe_plan)(plan, out), dim=ids)
    console.wrote(out, *([] if write_mps is None else [write_mps]), page=out / ("map.html" if maps else "report.html"))
    raise typer.Exit(plan.status.exit_code)


def parse_years(years: str | None, year: int | None) -> tuple[int, ...]:
    """Read `--years`; none where it is not given."""
    if years is None:
        return ()
    if year is not None:
        raise UsageError(f"--year {year} and --years {years}: give one of the two")
    parts = [part.strip() for part in years.split(",") if part.strip()]
    faulty = [part for part in parts if not (part.isascii() and part.isdigit() and len(part) == 4)]
    if faulty or not parts:
        told = f"{faulty[0]!r} is no year" if faulty else "no year is given"
        raise UsageError(f"--years {years}: {told}; write years with commas between them, such as 2030,2035,2040")
    planned = tuple(map(int, parts))
    if list(planned) != sorted(set(planned)):
        right = ",".join(map(str, sorted(set(planned))))
        raise UsageError(f"--years {years}: give each year once, in ascending order, such as {right}")
    return planned


def describe_years(plan: Any, out: Path) -> dict[str, Any]:
    """Return the main figures of a plan over several years as plain data."""
    from hubspoke.outputs.runs.years_json import UNITS  # noqa: PLC0415
    from hubspoke.plan.horizon.cash import residual_jpy  # noqa: PLC0415
    from hubspoke.plan.horizon.steps import tell_steps  # noqa: PLC0415

    steps = tell_steps(plan.schedule)[["year", "kind", "id", "step", "size_t"]]
    return {
        "folder": str(out),
        "status": str(plan.status),
        "exit_code": plan.status.exit_code,
        "years": list(plan.years),
        "last_year": int(plan.factors["last_year"].iloc[-1]),
        "policies": list(plan.policies),
        "objective": plan.objective,
        "objective_unit": UNITS[plan.objective],
        "objective_value": plan.objective_value,
        "bound_value": plan.bound_value,
        "gap": plan.gap,
        "present_cost_jpy": plan.present_cost_jpy,
        "residual_jpy": residual_jpy(plan),
        "supply": plan.settings.supply.scenario,
        "costs": plan.settings.costs.level,
        "by_year": plan.by_year.to_dict("records"),
        "steps": steps.to_dict("records"),
        "seconds": dict(plan.run.get("seconds", {})),
    }


def describe_plan(plan: Any, out: Path) -> dict[str, Any]:
    """Return the main figures of a plan as plain data."""
    from hubspoke.plan.states import is_built  # noqa: PLC0415
    from hubspoke.settings.policy import UNITS  # noqa: PLC0415

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
        "supply": plan.settings.supply.scenario,
        "costs": plan.settings.costs.level,
        "regions": plan.regions.to_dict("records"),
        "hubs": plan.hubs.loc[is_built(plan.hubs), "id"].tolist(),
        "refineries": plan.refineries.loc[is_built(plan.refineries), "id"].tolist(),
        "seconds": dict(plan.run.get("seconds", {})),
    }

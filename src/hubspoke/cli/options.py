"""Options that several commands share, and how every command begins."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from hubspoke.base.errors import UsageError
from hubspoke.base.threads import use_threads
from hubspoke.cli.console import Console
from hubspoke.words.language import LANGUAGES, check_language

if TYPE_CHECKING:
    from collections.abc import Callable

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="DIR", show_default=False, help="Folder of the input; the Japanese data that ship, if none."
    ),
]
Run = Annotated[Path, typer.Argument(metavar="OUT", help="A run folder that `hubspoke solve` wrote.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON for machines on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[
    int, typer.Option("--verbose", "-v", count=True, show_default=False, help="Say more; twice for tracebacks.")
]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        autocompletion=lambda: list(LANGUAGES),
        envvar="HUBSPOKE_LANG",
        show_default=False,
        help="Language of words, maps and report; that of the locale, if none.",
    ),
]
Tiles = Annotated[
    str | None,
    typer.Option(
        "--tiles",
        metavar="gsi|osm|URL",
        autocompletion=lambda: ["gsi", "osm"],
        help="Background of the maps from the network; without it they open offline.",
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Change a setting, such as policy.sourcing=split, or a number by +20%, -10% or x0.8. Repeatable.",
    ),
]
Supply = Annotated[
    str | None,
    typer.Option(
        "--supply",
        metavar="NAME",
        autocompletion=lambda: ["mizuho", "trend", "late", "export", "fast"],
        help="Scenario of the tonnes: mizuho, trend, late, export, fast or your own; `hubspoke supply` lists them.",
    ),
]
Scenario = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="NAME",
        help="Named changes of settings and tables, of those that ship or of your scenarios.toml; `a,b` takes both, "
        "`hubspoke scenarios` lists them.",
    ),
]
Costs = Annotated[
    str | None,
    typer.Option(
        "--costs",
        metavar="NAME",
        autocompletion=lambda: ["mizuho", "low", "western"],
        help="Level of costs: mizuho (136 yen/kg of packs), low (Korean refineries), western, or your own.",
    ),
]
PolicyName = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME",
        autocompletion=lambda: ["regional", "shared-refinery", "open"],
        help="regional, shared-refinery or open; that of the settings, if none.",
    ),
]
Regions = Annotated[
    list[str] | None, typer.Option("--region", metavar="NAME", help="Plan this region only. Repeatable.")
]
Year = Annotated[int | None, typer.Option("--year", help="Planned year; horizon.year, if none.")]
Opened = Annotated[
    list[str] | None, typer.Option("--open", metavar="ID", help="A plant that must be open. Repeatable.")
]
Closed = Annotated[
    list[str] | None, typer.Option("--close", metavar="ID", help="A plant that must not be. Repeatable.")
]
LEAST_SECONDS = 0.001
"""Shortest limit of time: none at all is refused before anything is read."""
THREADS = Parameter(
    "threads",
    Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        int | None,
        typer.Option(
            "--threads",
            min=1,
            metavar="N",
            help="Cores that searches use at once; all, if none. Plans differ by it only where --time-limit ends a "
            "search.",
        ),
    ],
)
"""How many cores searches may use: behind `--time-limit`, of every command that has this."""
CONSOLE = tuple(
    Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
    for name, default, kind in (("as_json", False, Json), ("quiet", False, Quiet), ("verbose", 0, Verbose))
)
"""The options that every command has, from which its console is made, beside `lang`."""
SPOKEN = Parameter("lang", Parameter.KEYWORD_ONLY, default="en", annotation=Lang)
"""The language, for commands that have no option of their own for it."""


def with_console_options(run: Callable[..., None]) -> Callable[..., None]:
    """Add to a command the options that its console is made from; `get_console` then returns the console.

    Parameters
    ----------
    run : callable
        Takes the context first, then arguments and options of its own.

    Returns
    -------
    callable
        The command. For typer, which reads its signature, `--json`, `--quiet` and `--verbose` stand behind its own
        options, `--lang` where it has none of its own, and `--threads` behind its `--time-limit`, if it has one.
    """
    kinds = get_type_hints(run, include_extras=True)
    own = [option.replace(annotation=kinds[option.name]) for option in signature(run).parameters.values()]
    spoken = () if "lang" in kinds else (SPOKEN,)
    if searches := "time_limit" in kinds:
        own.insert([option.name for option in own].index("time_limit") + 1, THREADS)

    @wraps(run)
    def command(ctx: typer.Context, *, as_json: bool, quiet: bool, verbose: int, lang: str, **given: Any) -> None:
        console = Console(as_json=as_json, quiet=quiet, verbose=verbose, lang="ja" if lang == "ja" else "en")
        ctx.find_root().obj = console  # where errors find it, too
        console.listen()
        check_language(lang)
        with use_threads(given.pop("threads") if searches else None):
            run(ctx, **given, **({} if spoken else {"lang": lang}))

    options = Signature([*own, *spoken, *CONSOLE])
    command.__signature__ = options  # type: ignore[attr-defined] # the standard place, though not in the stubs
    command.__annotations__ = {option.name: option.annotation for option in options.parameters.values()}
    return command


def get_console(ctx: typer.Context) -> Console:
    """Return the console of the command that runs."""
    console: Console = ctx.find_root().obj
    return console


def parse_changes(
    pairs: list[str] | None, supply: str | None = None, scenario: str | None = None, costs: str | None = None
) -> dict[str, Any]:
    """Read `--set key=value` pairs, `--supply`, `--scenario` and `--costs`; the last of a key counts.

    Parameters
    ----------
    pairs : list of str or None
    supply, scenario, costs : str, optional
        Names; none where the option is not given.

    Returns
    -------
    dict of str to any
        Settings by dotted key.
    """
    changes = {} if scenario is None else {"scenario": scenario}
    for pair in pairs or ():
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"--set {pair}: write KEY=VALUE, such as --set policy.sourcing=split")
        changes[key.strip()] = value.strip()
    for option, key, name in (("--supply", "supply.scenario", supply), ("--costs", "costs.level", costs)):
        if name is not None:
            if changes.get(key, name) != name:
                raise UsageError(f"{option} {name} and --set {key}={changes[key]}: give one of them")
            changes[key] = name
    return changes


def check_tiles(tiles: str | None) -> None:
    """Refuse an unknown background before anything is planned.

    Parameters
    ----------
    tiles : str or None
        As in `--tiles`.
    """
    from hubspoke.outputs.maps.tiles import find_tiles  # noqa: PLC0415 - nothing heavy, but only where it is asked for

    find_tiles(tiles)

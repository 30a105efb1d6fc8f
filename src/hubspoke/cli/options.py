"""Options that several commands share, and how every command begins."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.console import Console
from hubspoke.words.language import LANGUAGES

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
        help="Language of maps and report.",
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
    typer.Option("--set", metavar="KEY=VALUE", help="Change a setting, such as policy.sourcing=split. Repeatable."),
]


def start(ctx: typer.Context, *, as_json: bool, quiet: bool, verbose: int) -> Console:
    """Make the console of a command and leave it where errors find it."""
    console = Console(as_json=as_json, quiet=quiet, verbose=verbose)
    ctx.find_root().obj = console
    console.listen()
    return console


def parse_changes(pairs: list[str] | None) -> dict[str, Any]:
    """Read `--set key=value` pairs; the last of a key counts."""
    changes = {}
    for pair in pairs or ():
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"--set {pair}: write KEY=VALUE, such as --set policy.sourcing=split")
        changes[key.strip()] = value.strip()
    return changes


def check_tiles(tiles: str | None) -> None:
    """Refuse a background that is not known before anything is planned."""
    from hubspoke.outputs.maps.tiles import find_tiles  # noqa: PLC0415 - nothing heavy, but only where it is asked for

    find_tiles(tiles)

"""`hubspoke solvers`: which solvers are installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer  # noqa: TC002 - typer reads the types when it runs

from hubspoke.cli.options import Lang, get_console, with_console_options
from hubspoke.words.language import check_language, speak

if TYPE_CHECKING:
    from hubspoke.words.language import Pairs

WORDS: Pairs = {"there": ("available", "使える"), "missing": ("not installed", "入っていない")}


@with_console_options
def solvers(ctx: typer.Context, *, lang: Lang = "en") -> None:
    """List the solvers and whether they can be used here.

    Example: `hubspoke solvers`
    """
    console = get_console(ctx)
    from hubspoke.engine.milp.solver import available_solvers  # noqa: PLC0415

    known = available_solvers()
    words = speak(WORDS, check_language(lang))
    lines = [f"{name:<8} {words['there' if there else 'missing']}" for name, there in known.items()]
    console.give("\n".join(lines), known)

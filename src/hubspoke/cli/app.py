"""The command line: every command a few lines over a library call; heavy modules load inside the commands."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from hubspoke.base.errors import HubspokeError, UsageError
from hubspoke.base.printable import escape_controls
from hubspoke.cli.answers.alternatives import alternatives
from hubspoke.cli.answers.audit import audit
from hubspoke.cli.answers.compare import compare
from hubspoke.cli.answers.disruption import disruption
from hubspoke.cli.answers.explain import explain
from hubspoke.cli.answers.map import draw
from hubspoke.cli.answers.market import market
from hubspoke.cli.answers.metals import metals
from hubspoke.cli.answers.report import report
from hubspoke.cli.answers.trace import trace
from hubspoke.cli.console import INTERRUPTED, Console, in_language
from hubspoke.cli.engine.bench import bench
from hubspoke.cli.engine.solvers import solvers
from hubspoke.cli.help import LANG, find_language, hand_language, help_in_japanese
from hubspoke.cli.inputs.check import check
from hubspoke.cli.inputs.conflict import conflict
from hubspoke.cli.inputs.distances import distances
from hubspoke.cli.inputs.greenfield import greenfield
from hubspoke.cli.inputs.import_case import import_case
from hubspoke.cli.inputs.new import new
from hubspoke.cli.inputs.scenarios import scenarios
from hubspoke.cli.inputs.supply import supply
from hubspoke.cli.options import Lang  # noqa: TC001 - typer reads the types when it runs
from hubspoke.cli.plans.collaborate import collaborate
from hubspoke.cli.plans.front import front
from hubspoke.cli.plans.regret import regret
from hubspoke.cli.plans.robust import robust
from hubspoke.cli.plans.solve import solve
from hubspoke.cli.plans.study import study
from hubspoke.cli.plans.sweep import sweep
from hubspoke.cli.terminate import TERMINATED, TerminatedError, hear_termination
from hubspoke.cli.usage_errors import refuse_call


class Doors(TyperGroup):
    """Turn the library's errors into words and exit codes, for every command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; help comes in the language that is spoken, which may be named ahead of the command."""
        lang = find_language(args)
        speaking = [name for name, command in self.commands.items() if any(LANG in one.opts for one in command.params)]
        args = hand_language(args, speaking, lang)
        ctx.obj = Console(as_json="--json" in args, lang="ja" if lang == "ja" else "en")
        if lang == "ja" and (page := help_in_japanese(self, ctx, args)):
            typer.echo(page)
            raise typer.Exit
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if refuse_call(error, ctx.obj):
                raise typer.Exit(UsageError.exit_code) from error
            raise

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
            console = ctx.obj or Console()
            told = console.stopped or in_language("stopped; nothing was written", console.lang)
            sys.stderr.write(escape_controls(told) + "\n")
            raise typer.Exit(TERMINATED if isinstance(error, TerminatedError) else INTERRUPTED) from error
        except BrokenPipeError:  # whoever read our stdout has gone
            raise
        except Exception as error:
            console = ctx.obj or Console()
            if refuse_call(error, console):
                raise typer.Exit(UsageError.exit_code) from error
            if console.shows_tracebacks or type(error).__module__.partition(".")[0] in {"typer", "click"}:
                raise
            words = f"{type(error).__name__}: {error}"
            console.fail(HubspokeError(f"a fault of hubspoke itself ({words}); run again with -vv and report it"))
            raise typer.Exit(HubspokeError.exit_code) from error


app: typer.Typer = typer.Typer(
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
    lang: Lang = "en",  # the command is handed it
) -> None:
    """Plan hub-and-spoke recycling of traction batteries: which hub, which refinery, who delivers where.

    Start with `hubspoke solve -o plan`, then open plan/map.html.

    Exit codes: 0 solved within the gap, 2 usage, 3 bad input, 4 infeasible, 5 a plan not proven within the gap,
    6 stopped with none, 7 solver not available.
    """


# By hand, not by search: this order is the order of the help page, from a first folder to the engine on its own.
app.command()(new)
app.command(name="import")(import_case)
app.command()(check)
app.command()(conflict)
app.command()(distances)
app.command()(supply)
app.command()(greenfield)
app.command()(regret)
app.command()(robust)
app.command()(front)
app.command()(collaborate)
app.command()(scenarios)
app.command()(solve)
app.command()(sweep)
app.command()(study)
app.command(name="map")(draw)
app.command()(report)
app.command()(compare)
app.command()(explain)
app.command()(alternatives)
app.command()(disruption)
app.command()(audit)
app.command()(market)
app.command()(metals)
app.command()(trace)
app.command()(solvers)
app.command()(bench)


def main() -> NoReturn:
    """Run the command line."""
    gc.set_threshold(100_000, 50, 50)  # collecting cycles often costs a short command more than it frees
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows its code
            stream.reconfigure(errors="backslashreplace")
    hear_termination()
    app()
    raise SystemExit(0)

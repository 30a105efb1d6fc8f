"""`hubspoke study`: several analyses, and one report on what to decide."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path  # noqa: TC003 - typer reads the types when it runs
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hubspoke.base.errors import UsageError
from hubspoke.cli.answer_files import check_folder_name
from hubspoke.cli.console import in_language
from hubspoke.cli.options import Changes, Lang, PolicyName, Regions, get_console, parse_changes, with_console_options
from hubspoke.cli.plans.sweep import split_words
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hubspoke.cli.console import Console


@with_console_options
def study(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DIR] [STUDY.toml]",
            show_default=False,
            help="Folder of the input (the Japanese data that ship, if none), and a file that states the study (the "
            "usual one, if none).",
        ),
    ] = None,
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="OUT", help="Folder of the study, to make or to go on from.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would run and roughly how long; run nothing.")
    ] = False,
    policy: PolicyName = None,
    region: Regions = None,
    changes: Changes = None,
    lang: Lang = "en",
) -> None:
    """Run several analyses and write one report: what to decide now, what can wait, what would change our mind.

    Example: `hubspoke study myplan study.toml -o study`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    check_folder_name(out)
    folder, file = split_words(words or [])
    if file is not None and not file.exists():
        raise UsageError(f"there is no file {file}; leave it out for the usual study")
    stated: dict[str, Any] = {"policy": policy} if policy else {}
    stated |= {"regions": region} if region else {}
    if set_to := parse_changes(changes):
        stated["set"] = set_to
    if dry_run:
        _look_ahead(console, folder, file, stated, out, chosen)
        return
    with report_study(console, chosen) as progress:
        import hubspoke as hs  # noqa: PLC0415

        def tell(name: str, ended: int, total: int) -> None:
            # Said by whoever hears the end: a second signal may come while the first is heard.
            kept = in_language(
                f"stopped; {ended} of {total} analyses are done, {out} keeps them, and the same command goes on",
                console.lang,
            )
            ctx.find_root().obj = replace(console, stopped=kept)
            progress(name, ended, total)

        answers = hs.study(folder, file, out=out, lang=chosen, progress=tell, **stated)
    console.give(answers.summary(chosen), answers.to_dict())
    console.wrote(out, page=answers.page(chosen))
    raise typer.Exit(answers.exit_code)


def _look_ahead(  # noqa: PLR0917 - what the command is given
    console: Console, folder: Path | None, file: Path | None, stated: dict[str, Any], out: Path, lang: Any
) -> None:
    with console.live("loading"):
        from dataclasses import asdict  # noqa: PLC0415

        from hubspoke.analysis.study.memory import MARK, StudyMemory  # noqa: PLC0415
        from hubspoke.analysis.study.outlook import look_ahead, tell_outlook  # noqa: PLC0415
        from hubspoke.api.study import read_study  # noqa: PLC0415

        ready = read_study(folder, file, stated)
        rows = look_ahead(ready, StudyMemory(out) if (out / MARK).is_file() else None)
    console.give(tell_outlook(ready, rows, lang), {"analyses": [asdict(row) for row in rows]})


@contextmanager
def report_study(console: Console, lang: Any) -> Iterator[Callable[[str, int, int], object]]:
    """Yield what tells which analysis is at work: on a terminal in one line that changes, elsewhere where verbose."""
    from hubspoke.analysis.study.words import WORDS  # noqa: PLC0415

    column = 1 if lang == "ja" else 0

    def describe(name: str, done: int, total: int) -> str:
        return f"{done + 1}/{total} {WORDS[f'name_{name}'][column]}"

    if console.quiet or console.as_json or not sys.stderr.isatty():
        yield lambda name, done, total: console.detail(describe(name, done, total))
        return
    from rich.console import Console as Rich  # noqa: PLC0415 - only terminals need it

    with Rich(stderr=True).status("...") as status:
        yield lambda name, done, total: status.update(describe(name, done, total))

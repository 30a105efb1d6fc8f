"""`hubspoke scenarios`: named changes of settings and tables, and what each of them changes."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hubspoke.base.errors import InputError, UsageError
from hubspoke.cli.options import Lang, get_console, with_console_options
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from hubspoke.settings.reading.scenarios import Scenario
    from hubspoke.words.language import Lang as Language


@with_console_options
def scenarios(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DIR] [NAME]",
            show_default=False,
            help="Folder of the input, the Japanese data that ship if none; and a scenario to show before and after.",
        ),
    ] = None,
    *,
    lang: Lang = "en",
) -> None:
    """List the scenarios that ship and those of a folder's scenarios.toml; or show what one of them changes.

    Example: `hubspoke scenarios smm-network`, and then `hubspoke solve -o plan --scenario smm-network`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    folder, name = split_words(words or [])
    if name is not None:
        console.give(*show_difference(folder, name, chosen))
        return
    from hubspoke.inputs.settings import read_scenarios  # noqa: PLC0415
    from hubspoke.settings.reading.scenarios import scenario_changes  # noqa: PLC0415

    known = read_scenarios(folder)
    rows, blocks = [], []
    for one, scenario in known.items():
        changes, findings = scenario_changes(one, known)
        if findings:
            raise InputError(findings)
        titles = {"name_en": scenario.name_en, "name_ja": scenario.name_ja}
        own = {"open": list(scenario.opened), "close": list(scenario.closed), "rows": list(scenario.rows)}
        rows.append({"scenario": one} | titles | {"inherits": list(scenario.inherits), "changes": changes} | own)
        blocks.append(describe_scenario(scenario, chosen))
    console.give("\n\n".join(blocks), {"scenarios": rows})


def split_words(words: list[str]) -> tuple[Path | None, str | None]:
    """Return the folder and the scenario that are named; one word is a folder where there is such a folder or file."""
    if len(words) > 2:
        raise UsageError(f"{' '.join(words)}: give a folder, a scenario, or both in this order")
    if len(words) == 2:
        return Path(words[0]), words[1]
    if not words:
        return None, None
    is_path = Path(words[0]).exists() or any(sign in words[0] for sign in "/\\")
    return (Path(words[0]), None) if is_path else (None, words[0])


def show_difference(folder: Path | None, name: str, lang: Language) -> tuple[str, dict[str, Any]]:
    """Return what a scenario changes of a folder, as text and as data."""
    import hubspoke as hs  # noqa: PLC0415
    from hubspoke.analysis.scenarios.difference import describe_differences, list_differences  # noqa: PLC0415

    after = hs.read(folder, changes={"scenario": name})
    found = list_differences(hs.read(folder), after)
    title = after.settings.title_ja if lang == "ja" and after.settings.title_ja else after.settings.title
    lines = [f"{name}: {title}", *(f"  {line}" for line in describe_differences(found, lang))]
    return "\n".join(lines), {"scenario": name, "title": title, "differences": [asdict(cell) for cell in found]}


def describe_scenario(scenario: Scenario, lang: Language) -> str:
    """Return a scenario as text: name, title, what it is, what it inherits, and what it changes itself."""
    title, what = (getattr(scenario, f"{key}_{lang}") for key in ("name", "what"))
    lines = [f"{scenario.name}: {title}", *textwrap.wrap(what, 96, initial_indent="  ", subsequent_indent="  ")]
    lines += [f"  + {one}" for one in scenario.inherits]
    lines += [f"  {key} = {json.dumps(value, ensure_ascii=False)}" for key, value in scenario.changes.items()]
    lines += [
        f"  {key} {', '.join(names)}" for key, names in (("open", scenario.opened), ("close", scenario.closed)) if names
    ]
    for row in scenario.rows:
        where, new = (
            ", ".join(f"{key} {value}" for key, value in row.get(part, {}).items()) for part in ("where", "set")
        )
        lines.append(f"  {row['table']}{f' ({where})' if where else ''}: {new}")
    return "\n".join(lines)

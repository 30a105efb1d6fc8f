"""`hubspoke scenarios`: named changes of settings, and what each of them changes."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import typer  # noqa: TC002 - typer reads the types when it runs

from hubspoke.base.errors import InputError
from hubspoke.cli.options import Folder, Lang, get_console, with_console_options
from hubspoke.words.language import check_language

if TYPE_CHECKING:
    from hubspoke.settings.reading.scenarios import Scenario
    from hubspoke.words.language import Lang as Language


@with_console_options
def scenarios(ctx: typer.Context, folder: Folder = None, *, lang: Lang = "en") -> None:
    """List the scenarios that ship and those of a folder's scenarios.toml, with every setting that they change.

    Example: `hubspoke scenarios`, and then `hubspoke solve -o plan --scenario smm-network`
    """
    console = get_console(ctx)
    chosen = check_language(lang)
    from hubspoke.inputs.settings import read_scenarios  # noqa: PLC0415
    from hubspoke.settings.reading.scenarios import scenario_changes  # noqa: PLC0415

    known = read_scenarios(folder)
    rows, blocks = [], []
    for name, scenario in known.items():
        changes, findings = scenario_changes(name, known)
        if findings:
            raise InputError(findings)
        titles = {"name_en": scenario.name_en, "name_ja": scenario.name_ja}
        rows.append({"scenario": name} | titles | {"inherits": list(scenario.inherits), "changes": changes})
        blocks.append(describe_scenario(scenario, chosen))
    console.give("\n\n".join(blocks), {"scenarios": rows})


def describe_scenario(scenario: Scenario, lang: Language) -> str:
    """Return a scenario as text: name, title, what it is, what it inherits, and the settings that it changes itself."""
    title, what = (getattr(scenario, f"{key}_{lang}") for key in ("name", "what"))
    lines = [f"{scenario.name}: {title}", *textwrap.wrap(what, 96, initial_indent="  ", subsequent_indent="  ")]
    lines += [f"  + {one}" for one in scenario.inherits]
    lines += [f"  {key} = {json.dumps(value, ensure_ascii=False)}" for key, value in scenario.changes.items()]
    return "\n".join(lines)

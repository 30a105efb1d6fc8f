"""Write a front beside what its search remembers: table, plants and page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.fronts.memory import MARK
from hubspoke.analysis.decisions.fronts.page import write_front_page
from hubspoke.analysis.decisions.fronts.words import summarise_front
from hubspoke.base.atomic_write import replaced_file
from hubspoke.base.json_text import write_json
from hubspoke.outputs.exports.csv_table import write_csv_table

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.decisions.fronts.find import FrontFound
    from hubspoke.words.language import Lang

POINTS_FILE, PLANTS_FILE, PAGE = "front.csv", "plants.csv", "front.html"


def write_front(found: FrontFound, folder: Path, *, lang: Lang = "en") -> None:
    """Write a front into a folder, each file whole or not at all.

    Parameters
    ----------
    found : FrontFound
    folder : Path
        That of a `FrontMemory`.
    lang : {"en", "ja"}
        Of the page.
    """
    for name, table in ((POINTS_FILE, found.points), (PLANTS_FILE, found.plants)):
        with replaced_file(folder / name) as part:
            write_csv_table(table, part)
    for name, text in ((PAGE, write_front_page(found, lang=lang)), (MARK, write_json(describe_front(found)))):
        with replaced_file(folder / name) as part:
            part.write_text(text, encoding="utf-8", newline="\n")


def describe_front(found: FrontFound) -> dict[str, Any]:
    """Return a front as data for JSON.

    Parameters
    ----------
    found : FrontFound
    """
    return {
        "against": found.measure.name,
        "column": found.measure.column,
        "method": found.method,
        "is_complete": found.is_complete,
        "was_ended": found.was_ended,
        "policy": found.policy,
        "year": found.year,
        "gap": found.gap,
        "knee": found.knee,
        "lines": summarise_front(found),
        "points": found.points.to_dict("records"),
        "plants": found.plants.to_dict("records"),
    }

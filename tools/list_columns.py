"""Write `docs/columns.md`, the columns of every table of a plan, from `plan/columns.py`.

python tools/list_columns.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.plan.columns import COLUMNS, EVERY

if TYPE_CHECKING:
    from hubspoke.plan.column import Column

PAGE = Path(__file__).resolve().parents[1] / "docs" / "columns.md"
KINDS = {"text": "text", "whole": "whole number", "number": "number"}
INTRODUCTION = """# Columns of the tables of a plan

Every table is a CSV file of the [run folder](plans.md), and a sheet of `plan.xlsx`. *As in* names the column of the
[input](input.md) that is repeated. The last column is what stands over the name in Japanese workbooks. Words are
those of batteries; another commodity has its own. `python tools/list_columns.py` writes this page.
"""
OF_YEARS = """# Columns of a plan over several years

These stand in the run folder of the whole; each of its years has a folder with the tables above.
"""


def describe_columns() -> str:
    """Return the page: a heading and a table of columns for each table of a plan."""
    own, years = (
        "\n".join("\n".join(_describe(table)) for table in EVERY if (table in COLUMNS) is of_plan)
        for of_plan in (True, False)
    )
    return f"{INTRODUCTION}\n{own}\n{OF_YEARS}\n{years}"


def _describe(table: str) -> list[str]:
    head = [
        f"## `{table}.csv`",
        "",
        "| column | kind | unit | holds | as in | in Japanese |",
        "|---|---|---|---|---|---|",
    ]
    return [*head, *map(_row, EVERY[table]), ""]


def _row(column: Column) -> str:
    holds = f"{column.en}; only in {column.only}" if column.only else column.en
    given = f"`{column.given}`" if column.given else ""
    cells = (f"`{column.name}`", KINDS[column.kind], column.unit, holds, given, column.ja)
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(describe_columns(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE}")

"""Define what a page is made of: sections of blocks, which hold the content and leave the looks to the template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from hubspoke.outputs.report.drawing.charts import Chart


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain words; its role is "" or `lead` (the decision), `note` (a caution) or `small`."""

    kind: ClassVar[str] = "paragraph"
    words: str
    role: str = ""


@dataclass(frozen=True)
class Figures:
    """Key figures: name and value of each, as texts."""

    kind: ClassVar[str] = "figures"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; its form is `text`, `number` (aligned to the right) or `prose` (wide, and wrapped)."""

    name: str
    form: str = "text"


@dataclass(frozen=True)
class Named:
    """A cell with a name, the identifier and remark that go with it, and the address that it leads to."""

    name: str
    code: str = ""
    remark: str = ""
    address: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose first column names the rows; `total` marks the last row as their sum, `folded` opens on a click."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Named, ...], ...]
    total: bool = False
    shows_caption: bool = False
    small: bool = False
    folded: bool = False


@dataclass(frozen=True)
class Charts:
    """Charts side by side, or one below the other where there is no room; `folded` is what opens them on a click."""

    kind: ClassVar[str] = "charts"
    charts: tuple[Chart, ...]
    folded: str = ""


@dataclass(frozen=True)
class Items:
    """A list of short lines."""

    kind: ClassVar[str] = "items"
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A sentence with what speaks for it, and the pages both rest on: what stands before them, address and name."""

    words: str
    detail: str
    rests: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Statements:
    """Sentences with what they rest on; those with a text in `folded` open on a click on it."""

    kind: ClassVar[str] = "statements"
    rows: tuple[Statement, ...]
    folded: str = ""


Block = Paragraph | Figures | Table | Charts | Items | Statements


@dataclass(frozen=True)
class Section:
    """A section of a page: `key` is its anchor, `title` its head and its line in the table of contents."""

    key: str
    title: str
    blocks: tuple[Block, ...] = field(default=())

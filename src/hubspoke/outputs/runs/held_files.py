"""Hold every file of a run folder against the plan in it: each is made once more, and compared."""

from __future__ import annotations

import re
import tempfile
import zipfile
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.audit.check import Check, Remark, make_check
from hubspoke.audit.ledger import check_ledger
from hubspoke.audit.road_loads import check_road_loads
from hubspoke.base.errors import AuditError, UsageError
from hubspoke.inputs.files.source import RUN_FILE
from hubspoke.outputs.briefing.page import write_briefing
from hubspoke.outputs.exports.csv_table import write_csv_table
from hubspoke.outputs.exports.derived import DERIVED, derive_tables
from hubspoke.outputs.exports.geopackage import write_geopackage
from hubspoke.outputs.exports.layers import write_geojson, write_parquet
from hubspoke.outputs.exports.workbook import write_workbook
from hubspoke.outputs.maps.tiles import KNOWN
from hubspoke.outputs.report.page import write_report
from hubspoke.outputs.runs.load import find_changed, read_run
from hubspoke.outputs.runs.maps import draw_maps, find_pages
from hubspoke.outputs.runs.unreadable import BrokenRunError, read_tables, tell_unreadable
from hubspoke.tracing.check import check_trace
from hubspoke.words.language import LANGUAGES, check_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from hubspoke.plan.plan import PlanData

LANG = re.compile(r'<html[^>]* lang="(en|ja)"')
TILES = re.compile(r'"(https?://[^"]*\{z\}[^"]*)"')
"""Address of a background in a map."""
SHOWN = 40
"""Letters around the first difference of two lines."""


def check_files(plan: PlanData, folder: Path) -> tuple[Check, ...]:
    """Check that every file of a run folder tells what the plan in it holds.

    Parameters
    ----------
    plan : PlanData
        As the tables in the folder have it, with the network that was planned; without it what the roads carry is
        compared with nothing else.
    folder : Path
        The run folder.

    Returns
    -------
    tuple of Check
        Named after what they look at: `written` for the tables of the plan, `derived`, `metals-ledger`, `trace`,
        `road-loads`, `report`, `briefing`, `maps`, `workbook`, `layers`.
    """
    text = (folder / RUN_FILE).read_text(encoding="utf-8")
    checks = [make_check("written", (f"{name} is not as it was written" for name in find_changed(folder, text)))]
    with tempfile.TemporaryDirectory() as scratch:
        for name, rule in RULES.items():
            made = Path(scratch) / name
            made.mkdir()
            try:
                checks.append(make_check(name, list(rule(plan, folder, made))))
            except AuditError as error:
                checks.append(make_check(name, [str(error)]))
            except BrokenRunError as error:
                checks.append(make_check(name, error.broken))
            except OSError as error:
                checks.append(make_check(name, [tell_unreadable(Path(str(error.filename)), error)]))
            except (KeyError, ValueError, TypeError, IndexError) as error:  # of tables that contradict each other
                checks.append(make_check(name, [f"cannot be made of the tables ({type(error).__name__}: {error})"]))
    return tuple(checks)


def _check_derived(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:
    for name, table in derive_tables(plan, road_loads=_find_road_loads(plan, folder)).items():
        write_csv_table(table, made / f"{name}.csv")
    for name in DERIVED:
        yield from _compare_texts(folder / f"{name}.csv", made / f"{name}.csv")


def _check_ledger(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:  # noqa: ARG001 - as the other rules
    """Recount the ledger that is there, by arithmetic of the audit's own."""
    yield from check_ledger(plan, _read(folder, "metals_ledger"))


def _check_trace(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:  # noqa: ARG001 - as the other rules
    """Check that all metal of the plan can be traced, whatever the chain of custody."""
    yield from check_trace(plan)


def _check_road_loads(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:  # noqa: ARG001 - as the other rules
    """Recount the table that is there, by arithmetic of the audit's own."""
    yield from check_road_loads(plan, _read(folder, "road_loads"), plan.network)


def _find_road_loads(plan: PlanData, folder: Path) -> pd.DataFrame | None:
    """Return the table as the folder has it where the network is not at hand, by which to compute it; else None."""
    there = plan.network is None and (folder / "road_loads.csv").is_file()
    return _read(folder, "road_loads") if there else None


def _read(folder: Path, table: str) -> pd.DataFrame:
    """Return a table that follows from the plan, as the folder has it."""
    made: pd.DataFrame = read_tables(folder, [table], str(folder))[table]
    return made


def _check_report(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:
    file = folder / "report.html"
    lang = check_language(_find(LANG, file, "en"))
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    pages = find_pages(plan, folder)  # those that the report links, as it may have been written without maps
    linked = {"maps": "map.html", "briefing": "briefing.html", "region_maps": "maps/"}
    pages = {key: there if f'href="{linked[key]}' in text else type(there)() for key, there in pages.items()}
    page = write_report(plan, lang=lang, **pages)
    (made / file.name).write_text(page, encoding="utf-8", newline="\n")
    yield from _compare_texts(file, made / file.name)
    if (folder / "report.pdf").is_file():
        yield Remark("report.pdf not looked at")


def _check_briefing(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:
    file = folder / "briefing.html"
    if not file.is_file():
        yield Remark("none written")
        return
    if plan.network is None and (loads := _find_road_loads(plan, folder)) is not None and len(loads):
        yield Remark("not looked at without the tables that were planned, by which roads are followed")
        return
    text = file.read_text(encoding="utf-8", errors="replace")
    links = tuple(name for name in ("map.html", "report.html") if f'href="{name}"' in text)
    lang, command = check_language(_find(LANG, file, "en")), read_run(folder).get("command")
    page = write_briefing(plan, lang=lang, links=links, command=command)
    (made / file.name).write_text(page, encoding="utf-8", newline="\n")
    yield from _compare_texts(file, made / file.name)


def _check_maps(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:
    file = folder / "map.html"
    if not file.is_file() and not (folder / "maps").is_dir():
        yield Remark("none drawn")
        return
    if plan.network is None and (loads := _find_road_loads(plan, folder)) is not None and len(loads):
        yield Remark("not looked at without the tables that were planned, by which roads are followed")
        return
    lang, tiles = check_language(_find(LANG, file, "en")), _find(TILES, file, "")
    known_tiles = {place.url: name for name, place in KNOWN.items()}
    drawn = draw_maps(
        plan,
        made,
        lang=lang,
        tiles=known_tiles.get(tiles, tiles) or None,
        regional=(folder / "maps").is_dir(),
        command=read_run(folder).get("command"),
    )
    for path in drawn:
        yield from _compare_texts(folder / path.relative_to(made), path)
    known = {path.name for path in drawn}
    yield from (
        f"maps/{path.name} is no map of the plan" for path in (folder / "maps").glob("*.html") if path.name not in known
    )


def _check_workbook(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:
    file, found = folder / "plan.xlsx", []
    if not file.is_file():
        yield "plan.xlsx is missing"
        return
    derived = derive_tables(plan, road_loads=_find_road_loads(plan, folder))
    for lang in LANGUAGES:  # that of a workbook stands nowhere in it
        write_workbook(plan, made / f"{lang}.xlsx", lang=lang, derived=derived)
        found.append(_find_other_parts(file, made / f"{lang}.xlsx"))
    if best := min(found, key=len):
        yield f"plan.xlsx is not what the plan holds: {', '.join(best[:3])}"


def _find_other_parts(file: Path, made: Path) -> list[str]:
    try:
        with zipfile.ZipFile(file) as here, zipfile.ZipFile(made) as there:
            names = sorted(set(here.namelist()) | set(there.namelist()))
            known = set(here.namelist()) & set(there.namelist())
            return [name for name in names if name not in known or here.read(name) != there.read(name)]
    except (OSError, zipfile.BadZipFile) as error:
        return [str(error)]


def _check_layers(plan: PlanData, folder: Path, made: Path) -> Iterator[str]:
    import pyogrio  # noqa: PLC0415 - heavy

    write_geopackage(plan, made / "plan.gpkg", road_loads=_find_road_loads(plan, folder))
    if not (folder / "plan.gpkg").is_file():
        yield "plan.gpkg is missing"
    elif (folder / "plan.gpkg").read_bytes() != (made / "plan.gpkg").read_bytes():
        for name in pyogrio.list_layers(made / "plan.gpkg")[:, 0]:
            try:
                here, there = (pyogrio.read_dataframe(home / "plan.gpkg", layer=name) for home in (folder, made))
            except Exception as error:  # noqa: BLE001 - the library raises many kinds for a damaged file
                yield f"plan.gpkg, layer {name}: cannot be read ({error})"
                continue
            if not here.equals(there):
                yield f"plan.gpkg, layer {name} is not what the plan holds"
    for kind, write in FOLDERS.items():
        if not (folder / kind).is_dir():
            continue
        (made / kind).mkdir()
        with suppress(UsageError):  # no library for it here
            write(plan, made / kind)
        for path in sorted((made / kind).iterdir()):
            other = folder / kind / path.name
            if not other.is_file() or other.read_bytes() != path.read_bytes():
                yield f"{kind}/{path.name} is not what the plan holds"


def _compare_texts(file: Path, made: Path) -> Iterator[str]:
    """Word the first line in which a file differs from the one that was made once more."""
    place = f"{file.parent.name}/{file.name}" if file.parent.name == "maps" else file.name
    if not file.is_file():
        yield f"{place} is missing"
        return
    texts = (path.read_text(encoding="utf-8", errors="replace").splitlines() for path in (file, made))
    for row, (here, there) in enumerate(zip_longest(*texts, fillvalue=""), start=1):
        if here != there:
            at = next(i for i, (a, b) in enumerate(zip_longest(here, there)) if a != b)
            start = max(at - SHOWN, 0)
            shown, wanted = here[start : at + SHOWN], there[start : at + SHOWN]
            yield f"{place}, line {row}: {shown!r} is not what the plan holds, {wanted!r}"
            return


def _find(pattern: re.Pattern[str], file: Path, default: str) -> str:
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    found = pattern.search(text)
    return found[1] if found else default


FOLDERS: dict[str, Callable[[PlanData, Path], object]] = {"geojson": write_geojson, "parquet": write_parquet}
RULES: dict[str, Callable[[PlanData, Path, Path], Iterator[str]]] = {
    "derived": _check_derived,
    "metals-ledger": _check_ledger,
    "trace": _check_trace,
    "road-loads": _check_road_loads,
    "report": _check_report,
    "briefing": _check_briefing,
    "maps": _check_maps,
    "workbook": _check_workbook,
    "layers": _check_layers,
}

"""Read the tonnes of sites, which may be stated by class and year, by class, by year, or for all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.base.errors import Finding
from hubspoke.base.spelling import find_nearest, list_words
from hubspoke.fleet.factors import divide_total, divides_by_fleet
from hubspoke.fleet.words import describe_split
from hubspoke.inputs.files.headings import split_unit
from hubspoke.inputs.tables.columns import COLUMN_LIKENESS, find_unstored, type_numbers
from hubspoke.inputs.tables.schema import SCHEMAS, Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hubspoke.inputs.files.raw_table import RawTable
    from hubspoke.settings.settings import Settings

TOTAL = "mass_t"
MASS_UNITS = {
    **dict.fromkeys(list_words("t ton tons tonne tonnes トン t/年 t/yr t/y t/a t/year tpa トン/年"), 1.0),
    **dict.fromkeys(list_words("kg kg/年 kg/yr kg/y kg/a kg/year キログラム キロ kgs"), 1e-3),
    **dict.fromkeys(list_words("千t 千トン kt 千t/年 千トン/年 kt/yr kt/年 kt/a"), 1e3),
    **dict.fromkeys(list_words("万t 万トン 万t/年 万トン/年"), 1e4),
    **dict.fromkeys(list_words("t/月 トン/月 t/month"), 12.0),
    **dict.fromkeys(list_words("kg/月 kg/month"), 12e-3),
}
"""Tonnes per year in a unit that titles state."""
TONNAGE_LIKENESS = 0.85
"""High, since the columns of two classes may differ by one letter: `bev_t` and `hev_t` have a likeness of 0.8."""


def tonnage_columns(settings: Settings) -> tuple[str, ...]:
    """Return the names of the columns of tonnes that a network has.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    tuple of str
        `<class>_<year>_t` for every year and, within a year, for every class, in the order of the settings.
    """
    return tuple(f"{name}_{year}_t" for year in settings.horizon.years for name in settings.classes)


def accepted_columns(settings: Settings) -> tuple[str, ...]:
    """Return the names of all columns from which tonnes can be read.

    Parameters
    ----------
    settings : Settings
        Whose classes and years count.

    Returns
    -------
    tuple of str
    """
    by_class = (f"{name}_t" for name in settings.classes)
    return (*tonnage_columns(settings), *by_class, *_total_columns(settings), TOTAL)


def read_tonnes(
    raw: RawTable, settings: Settings
) -> tuple[dict[str, NDArray[np.float64]], list[Finding], dict[str, dict[str, float]]]:
    """Return the columns `<class>_<year>_t` of a table of sites, the findings, and what was assumed on classes.

    The tonnes of a class are those of its own columns by year, else `<class>_t` in all years, else its share of
    `mass_<year>_t` as `divide_total` has it, else its default share of `mass_t`.

    Parameters
    ----------
    raw : RawTable
    settings : Settings

    Returns
    -------
    tonnes : dict of str to array, shape (rows,)
        By column.
    findings : list of Finding
    split : dict of str to (dict of str to float)
        Share of every class in the totals by year that state none, by year.
    """
    findings: list[Finding] = []
    typed: dict[str, NDArray[np.float64]] = {}
    for name in accepted_columns(settings):
        if name in raw.columns:
            column = Column(name, "number", required=True, default=0.0, rule="not_negative")
            typed[name], more = type_numbers(raw, column)
            findings += more
    findings += find_unstored(raw, typed)
    if not typed:
        return _zeros(raw, settings), [*findings, _find_no_tonnes(raw, settings)], {}
    totals = [column for column in _total_columns(settings) if column in typed]
    if totals:
        findings += _find_missing_years(raw, _total_columns(settings), typed)
    split = {str(year): divide_total(settings, year) for year in settings.horizon.years} if totals else {}
    taken: set[str] = set()
    tonnes: dict[str, NDArray[np.float64]] = {}
    for name, pack in settings.classes.items():
        own = [f"{name}_{year}_t" for year in settings.horizon.years]
        if any(column in typed for column in own):
            findings += _find_missing_years(raw, own, typed)
            values = [typed.get(column, np.zeros(raw.length)) for column in own]
        elif f"{name}_t" in typed:
            values = [typed[f"{name}_t"]] * len(own)
        elif totals:
            empty = np.zeros(raw.length)
            values = [typed.get(f"mass_{year}_t", empty) * split[year][name] for year in split]
            taken |= {year for year in split if split[year][name] > 0}
        elif TOTAL in typed:
            values = [typed[TOTAL] * float(pack.default_share)] * len(own)
        else:
            findings += _find_missing_class(raw, name, own, settings)
            values = [np.zeros(raw.length)] * len(own)
        tonnes |= dict(zip(own, values, strict=True))
    split = {year: shares for year, shares in split.items() if year in taken}
    findings += [*_find_overruled(raw, settings), *_find_split(raw, settings, split)]
    return {column: tonnes[column] for column in tonnage_columns(settings)}, findings, split


def _total_columns(settings: Settings) -> tuple[str, ...]:
    return tuple(f"mass_{year}_t" for year in settings.horizon.years)


def _find_split(raw: RawTable, settings: Settings, split: dict[str, dict[str, float]]) -> list[Finding]:
    """Report the classes that were assumed for totals by year."""
    if not split:
        return []
    by_fleet = divides_by_fleet(settings)
    used = f"by the fleet of the scenario {settings.supply.base!r}" if by_fleet else "by classes.<name>.default_share"
    problem = f"states no classes: divided {used} ({describe_split(split)})"
    cure = f"add columns such as {tonnage_columns(settings)[0]} where the classes are known"
    cure += "; --set supply.split=default_share divides by default_share" if by_fleet else ""
    return [Finding(raw.file, raw.header_row, f"mass_{next(iter(split))}_t", problem, cure, fatal=False, kind="split")]


def _zeros(raw: RawTable, settings: Settings) -> dict[str, NDArray[np.float64]]:
    return {column: np.zeros(raw.length) for column in tonnage_columns(settings)}


def _find_no_tonnes(raw: RawTable, settings: Settings) -> Finding:
    guesses = (find_nearest(name, raw.columns, likeness=COLUMN_LIKENESS) for name in accepted_columns(settings))
    near = next((guess for guess in guesses if guess is not None), None)
    classes = ", ".join(f"{name}_t" for name in settings.classes)
    forms = f"one per class ({classes}), or {_total_columns(settings)[0]} or {TOTAL} for all packs together"
    cure = f"add columns such as {tonnage_columns(settings)[0]}; or {forms}"
    if near is not None:
        cure = f"rename the column {near!r}; or {forms}"
    elif (title := _find_weights(raw, settings)) is not None:
        cure = f"if {title!r} states them, write [columns] \"{title}\" = '{TOTAL}' in the settings; or {forms}"
    return Finding(raw.file, raw.header_row, TOTAL, "no column states the tonnes", cure, kind="missing-column")


def _find_weights(raw: RawTable, settings: Settings) -> str | None:
    """Return the title of a column that is not read and states a weight, such as 委託量(t/年), if there is any."""
    known = (*SCHEMAS[raw.table].names, *SCHEMAS[raw.table].dropped, *accepted_columns(settings))
    titles = [title for name, title in raw.titles.items() if name not in known]
    return next((title for title in titles if split_unit(title)[1] in MASS_UNITS), None)


def _find_missing_years(raw: RawTable, own: Sequence[str], typed: dict[str, NDArray[np.float64]]) -> list[Finding]:
    findings = []
    for column in own:
        if column not in typed:
            year = column.rsplit("_", 2)[1]
            near = _nearest_spare(raw, column, [*own, *typed])
            cure = f"rename the column {near!r}" if near else f"add the column, or take {year} out of horizon.years"
            problem = f"the column {column!r} is missing: horizon.years lists {year}"
            findings.append(Finding(raw.file, raw.header_row, column, problem, cure, kind="missing-year"))
    return findings


def _find_missing_class(raw: RawTable, name: str, own: Sequence[str], settings: Settings) -> list[Finding]:
    """Report a class without a column of tonnes.

    It is a fault where some column that is no class's looks misspelt. Otherwise it is a warning if the class is a usual
    one, with a default share of `mass_t`; the other classes are at few sites, and nothing is reported.
    """
    known = accepted_columns(settings)
    candidates = [match for column in (*own, f"{name}_t") if (match := _nearest_spare(raw, column, known))]
    if candidates:
        problem, cure = f"no column states the tonnes of class {name!r}", f"rename the column {candidates[0]!r}"
        return [Finding(raw.file, raw.header_row, own[0], problem, cure, kind="missing-column")]
    if settings.classes[name].default_share <= 0:
        return []
    problem = f"no column states the tonnes of class {name!r}: taken as 0"
    cure = f"add {own[0]} or {name}_t if there are such packs"
    return [Finding(raw.file, raw.header_row, own[0], problem, cure, fatal=False, kind="missing-class")]


def _nearest_spare(raw: RawTable, column: str, taken: Sequence[str]) -> str | None:
    """Return a column that looks like another one misspelt, such as `hve_2030_t` for `hev_2030_t`, if there is any."""
    spare = [name for name in raw.columns if name not in taken and not _is_other_tonnage(name, column)]
    return find_nearest(column, spare, likeness=TONNAGE_LIKENESS)


def _is_other_tonnage(name: str, column: str) -> bool:
    """Return whether a name is that of the same class in another year, and so no misspelling of the column."""
    mine, other = column.split("_"), name.split("_")
    return len(mine) == len(other) == 3 and mine[0] == other[0] and other[1].isdigit() and len(other[1]) == 4


def _find_overruled(raw: RawTable, settings: Settings) -> list[Finding]:
    findings = []
    years, first = settings.horizon.years, settings.horizon.years[0]
    for name in settings.classes:
        if f"{name}_t" in raw.columns and any(f"{name}_{year}_t" in raw.columns for year in years):
            problem, cure = f"not read, since {name}_{first}_t and so on are there", "remove one of the two"
            findings.append(
                Finding(raw.file, raw.header_row, f"{name}_t", problem, cure, fatal=False, kind="overruled")
            )
    divided = [name for name, pack in settings.classes.items() if pack.default_share > 0]
    totals = [column for column in (*_total_columns(settings), TOTAL) if column in raw.columns]
    if all(_has_class(raw, name, years) for name in divided):
        problem, cure = "not read, since the classes have columns of their own", "remove it, or the others"
        findings += [
            Finding(raw.file, raw.header_row, column, problem, cure, fatal=False, kind="overruled") for column in totals
        ]
    elif TOTAL in totals and len(totals) > 1:
        problem, cure = f"not read, since {totals[0]} and so on are there", "remove one of the two"
        findings.append(Finding(raw.file, raw.header_row, TOTAL, problem, cure, fatal=False, kind="overruled"))
    return findings


def _has_class(raw: RawTable, name: str, years: Sequence[int]) -> bool:
    return f"{name}_t" in raw.columns or any(f"{name}_{year}_t" in raw.columns for year in years)

"""Damage a planner's folder in thousands of ways, and see that each is refused in words or planned with sense.

    python -m tools.mutate_inputs [DIR] [--count 2000] [--solve 10] [--seed 1] [--show]

Every case changes cells, rows, columns, bytes, the encoding or the settings of a copy of the folder, up to four times.
`check` must list findings and never raise; `read` must refuse where there is a fault and else return a network whose
numbers can be; every so-many-th network is planned, which must end in a plan that adds up or in an error of the
package. Whatever else comes, or takes more than a minute of processor time, is listed with the number of its case, by
which it comes again.
"""

from __future__ import annotations

import gc
import logging
import random
import signal
import sys
import tempfile
import warnings
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import hubspoke as hs
from hubspoke.base.errors import AuditError
from hubspoke.inputs.check.check import survey_and_check

if not __package__:  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.folders_to_damage import (
    Source,
    all_sources,
    join_rows,
    list_keys,
    read_folder,
    split_rows,
    write_source,
)

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_S = 60
MOST_JPY = 1e17
"""A plan that costs more has taken a number that cannot be."""
CELLS = (
    "", " ", "0", "-1", "-0", "1e308", "1e-320", "1e20", "nan", "NaN", "inf", "-inf", "999999999999", "0.1", "1,234",
    "12 t", "１２３", "#REF!", "#N/A", "=1+1", "TRUE", "None", "null", "東京", "が", "か\u3099", "\u202eabc",
    "\x1b[31m", "a\tb", "a\nb", "a;b", '"', "'", "\\", "/", "..", "<script>", "x" * 5000, "１．５", "1.5.5", "0x10",
    "1_000", "2040-01-01", "open", "closed", "35.6", "139.7", "\ufeff", "\u3000", "𠮷", "🔋", "\x7f", "%", "Infinity",
    "+5", "5-", "1e", "ｶﾅ",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    0, -1, 1, 1e20, 1e308, 1e-320, -1e-320, 1e9, 1e-9, float("nan"), float("inf"), "", "x", True, [], [1, 2], {},
    "+20%",    "x0", "x1e9", "-100%", "1e400", "2040", None, 2040, 0.5, 100, "open", "nowhere", [3, 1], [0, 0], "東京",
)  # fmt: skip
ENCODINGS = ("cp932", "utf-16", "utf-8-sig", "euc_jp", "iso2022_jp", "utf-32", "latin-1", "utf-16-be", "utf-7")


def mutate_cell(lines: list[list[str]], dice: random.Random) -> None:
    """Put something else into one cell."""
    row = dice.choice(lines)
    if row:
        row[dice.randrange(len(row))] = dice.choice(CELLS)


def mutate_rows(lines: list[list[str]], dice: random.Random) -> None:
    """Take a row away, double it, move it, cut it short or make it longer."""
    at = dice.randrange(len(lines))
    row = lines[at]
    match dice.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(dice.randrange(len(lines)), list(row))
        case 2:
            lines[at], lines[0] = lines[0], lines[at]
        case 3:
            lines[at] = row[: dice.randrange(len(row) + 1)]
        case 4:
            lines[at] = [*row, dice.choice(CELLS)]
        case _:
            lines.insert(at, [])


def mutate_columns(lines: list[list[str]], dice: random.Random) -> None:
    """Take a column away, double or rename it, or let two change places, with or without their heads."""
    width = len(lines[0])
    if width < 2:
        return
    one, other = dice.sample(range(width), 2)
    kind = dice.randrange(5)
    for number, row in enumerate(lines):
        if len(row) <= max(one, other):
            continue
        if kind == 0:
            del row[one]
        elif kind == 1:
            row.append(row[one])
        elif (kind == 2 and number == 0) or kind == 3:
            row[one], row[other] = row[other], row[one]
        elif kind == 4 and number == 0:
            row[one] = dice.choice((*CELLS, row[one].upper(), row[one][:-1], row[one] + "s", row[one] + "(t)"))


def mutate_bytes(data: bytes, dice: random.Random, *, text: bool = True) -> bytes:  # noqa: PLR0911 - one for each
    """Turn bits, cut, double, or write the text in another encoding or with other signs between."""
    kind = dice.randrange(7 if text else 4)
    at = dice.randrange(len(data) + 1)
    if kind == 0:
        return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
    if kind == 1:
        return data[:at]
    if kind == 2:
        return data + data[at:]
    if kind == 3:
        return data[:at] + dice.choice((b"\0", b"\r", b"\n\n", b'"', b"\xff", b"\x1b$B", b"\x80")) + data[at:]
    if kind == 4:
        return data.replace(b"\n", dice.choice((b"\r", b"\r\n", b"\n\n", b"\x0b")))
    if kind == 5:
        return data.replace(b",", dice.choice((b";", b"\t", b"|", b" ", b", ", b"\xef\xbc\x8c")))
    return data.decode("utf-8", errors="replace").encode(dice.choice(ENCODINGS), errors="replace")


class Damage:
    """One case: the files of a source, damaged, and settings to be changed."""

    def __init__(self, source: Source, number: int, keys: list[str]) -> None:
        dice = random.Random(number)  # noqa: S311 - for chance, not for secrets
        self.source, self.files = source, dict(source.files)
        self.changes: dict[str, Any] = {}
        self.kinds: list[str] = []
        self.told: list[str] = []
        for _ in range(dice.choice((1, 1, 1, 2, 4))):
            kind = dice.choice(("cell", "cell", "cell", "rows", "columns", "bytes", "settings", "settings", "file"))
            self.kinds.append(kind)
            if kind == "settings":
                key, value = dice.choice(keys), dice.choice(VALUES)
                self.changes[key] = value
                self.told.append(f"{key}={value!r:.60}")
            else:
                self._damage_file(kind, dice)
        self.broken = source.book and dice.random() < 1 / 12
        self.dice = dice

    def write(self, folder: Path) -> Path:
        """Write the case into an empty folder, and return what is to be read."""
        path = write_source(self.files, book=self.source.book, folder=folder)
        if self.broken:
            path.write_bytes(mutate_bytes(path.read_bytes(), self.dice, text=False))
        return path

    def _damage_file(self, kind: str, dice: random.Random) -> None:
        if not self.files:
            return
        name = dice.choice(sorted(self.files))
        data = self.files[name]
        if kind == "file":
            del self.files[name]
            stem, _, suffix = name.rpartition(".")
            match dice.randrange(4):
                case 0:
                    pass
                case 1:
                    self.files[name] = b""
                case 2:
                    self.files[dice.choice((f"{stem} (1).{suffix}", name.upper(), "x.csv", "sites.xlsx"))] = data
                case _:
                    self.files[name] = dice.choice(list(self.source.files.values()))
            self.told.append(f"{kind} {name}")
        elif kind == "bytes" or not name.endswith(".csv"):
            self.files[name] = mutate_bytes(data, dice)
            self.told.append(f"bytes of {name}")
        else:
            rows = split_rows(data)
            if not rows:
                return
            before = [list(row) for row in rows]
            change: Callable[[list[list[str]], random.Random], None]
            change = {"cell": mutate_cell, "rows": mutate_rows, "columns": mutate_columns}[kind]
            change(rows, dice)
            self.files[name] = join_rows(rows)
            self.told.append(f"{kind} of {name}{_tell_cell(before, rows) if kind == 'cell' else ''}")


def _title(rows: list[list[str]], column: int) -> str:
    return rows[0][column] if column < len(rows[0]) else str(column)


def _tell_cell(before: list[list[str]], after: list[list[str]]) -> str:
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        for column, (was, now) in enumerate(zip(old, new, strict=True)):
            if was != now:
                return f", row {number + 1}, {_title(before, column)}: {was!r:.40} -> {now!r:.40}"
    return ", the same"


def find_impossible(network: hs.Network) -> str:
    """Return what in a network cannot be; empty where all of it can."""
    for name in ("sites", "hubs", "refineries"):
        table = getattr(network, name)
        if table["id"].duplicated().any() or (table["id"].str.strip() == "").any():
            return f"ids of {name}"
        if not (table["lat"].abs().le(90).all() and table["lon"].abs().le(180).all()):
            return f"positions of {name}"
    for year in network.settings.horizon.years:
        tonnes = network.supply_t(year)
        if not (np.isfinite(tonnes).all() and (tonnes >= 0).all() and (tonnes <= 1e9).all()):
            return f"tonnes of {year}"
    for table in (network.hubs, network.refineries):
        if not (table["max_t"] > 0).all() or (np.isfinite(table["max_t"]) & (table["max_t"] > 1e9)).any():
            return "max_t"
    return ""


def try_case(path: Path, changes: dict[str, Any], usual: frozenset[str], *, solve: bool) -> str:  # noqa: PLR0911
    """Return how a case ended: in a word where as it must, else in a sentence that begins with FAULT."""
    found = survey_and_check(path, changes)  # what both `check` and `read` rest on, made once
    if any(finding.fatal for finding in found.findings):
        return "refused"
    told = "told" if {str(finding) for finding in found.findings} - usual else "taken"
    network = hs.Network.of_survey(found)
    if wrong := find_impossible(network):
        return f"FAULT: {wrong} cannot be, and were taken"
    if not solve:
        return told
    try:
        plan = hs.solve(network, time_limit=20)
    except AuditError:
        raise
    except hs.HubspokeError as error:
        return f"{told}, no plan: {type(error).__name__}: {' '.join(str(error).split())[:160]}"
    if not np.isfinite(plan.cost_jpy) or abs(plan.cost_jpy) > MOST_JPY:
        return f"FAULT: a plan of {plan.cost_jpy:g} yen"
    given = float(network.supply_t(plan.year).sum())
    if abs(plan.mass_t + plan.unserved_t - given) > 1e-6 * max(given, 1.0):
        return f"FAULT: {plan.mass_t:g} t planned of {given:g} t"
    return f"{told}, planned"


def list_usual(source: Source) -> frozenset[str]:
    """Return the findings of a source that nobody damaged."""
    with tempfile.TemporaryDirectory() as home:
        found = survey_and_check(write_source(source.files, book=source.book, folder=Path(home)), {})
    if any(finding.fatal for finding in found.findings):
        raise SystemExit(f"{source.name} is damaged to begin with: {found.findings}")
    return frozenset(map(str, found.findings))


def _ring(*_: object) -> None:
    raise TimeoutError(f"more than {LONGEST_S} s of processor time")


def main() -> None:
    """Run the cases, and print how they ended."""
    words = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("folder", nargs="?", help="small folders of all kinds, in turn, if none is named")
    words.add_argument("--count", type=int, default=2000)
    words.add_argument("--solve", type=int, default=10, help="plan one network of so many that are read")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--show", action="store_true", help="tell every case that is taken, and what was damaged")
    asked = words.parse_args()
    logging.getLogger("hubspoke").setLevel(logging.CRITICAL)
    warnings.simplefilter("error")
    gc.set_threshold(100_000, 50, 50)  # as the command does
    keys = list_keys()
    sources = [read_folder(Path(asked.folder))] if asked.folder else all_sources()
    usual = {source.name: list_usual(source) for source in sources}
    ends: Counter[str] = Counter()
    read = 0
    alarm = getattr(signal, "SIGPROF", None)  # processor time: a busy machine makes no case slow
    if alarm is not None:
        signal.signal(alarm, _ring)
    for number in range(asked.seed * 1_000_000, asked.seed * 1_000_000 + asked.count):
        source = sources[number % len(sources)]
        case = Damage(source, number, keys)
        with tempfile.TemporaryDirectory() as home:
            if alarm is not None:
                signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
            try:
                path = case.write(Path(home))
                end = try_case(path, case.changes, usual[source.name], solve=read % asked.solve == 0)
            except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
                end = f"FAULT: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
            if alarm is not None:
                signal.setitimer(signal.ITIMER_PROF, 0)
        read += end != "refused"
        if end.startswith("FAULT") or (asked.show and end != "refused"):
            sys.stdout.write(f"{number} {source.name} [{'; '.join(case.told)}]: {end}\n")
            sys.stdout.flush()
        ends[end.split(":")[0]] += 1
    sys.stdout.write(", ".join(f"{count} {end}" for end, count in ends.most_common()) + "\n")
    raise SystemExit(1 if ends["FAULT"] else 0)


if __name__ == "__main__":
    main()

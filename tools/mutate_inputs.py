"""Damage a planner's folder in thousands of ways, and see that each is refused in words or planned with sense.

    python tools/mutate_inputs.py [DIR] [--count 2000] [--solve 10] [--seed 1]

Every case changes cells, rows, columns, bytes, the encoding or the settings of a copy of the folder, up to four times.
`check` must list findings and never raise; `read` must refuse where there is a fault and else return a network whose
numbers can be; every so-many-th network is planned, which must end in a plan that adds up or in an error of the
package. Whatever else comes, or takes more than a minute of processor time, is listed with the number of its case, by
which it comes again.
"""

from __future__ import annotations

import logging
import random
import shutil
import signal
import sys
import tempfile
import tomllib
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import hubspoke as hs
from hubspoke.base.errors import AuditError
from hubspoke.base.shipped import SHIPPED_SETTINGS, shipped_data_folder
from hubspoke.inputs.check.check import check

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


def mutate_bytes(data: bytes, dice: random.Random) -> bytes:  # noqa: PLR0911 - one for each kind
    """Turn bits, cut, double, or write the text in another encoding or with other signs between."""
    kind = dice.randrange(7)
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


def list_settings(table: dict[str, Any], path: tuple[str, ...] = ()) -> list[str]:
    """List the dotted keys of all settings."""
    keys = []
    for key, value in table.items():
        if isinstance(value, dict) and "value" not in value:
            keys += list_settings(value, (*path, key))
        keys.append(".".join((*path, key)))
    return keys


class Damage:
    """One case: a copy of the folder, damaged, and settings to be changed."""

    def __init__(self, source: Path, home: Path, number: int, keys: list[str]) -> None:
        dice = random.Random(number)  # noqa: S311 - for chance, not for secrets
        self.folder = home / "case"
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(source, self.folder)
        self.changes: dict[str, Any] = {}
        self.kinds: list[str] = []
        for _ in range(dice.choice((1, 1, 1, 2, 4))):
            kind = dice.choice(("cell", "cell", "cell", "rows", "columns", "bytes", "settings", "settings", "file"))
            self.kinds.append(kind)
            if kind == "settings":
                self.changes[dice.choice(keys)] = dice.choice(VALUES)
            else:
                self._damage_file(kind, dice)

    def _damage_file(self, kind: str, dice: random.Random) -> None:
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        if not files:
            return
        file = dice.choice(files)
        if kind == "file":
            match dice.randrange(4):
                case 0:
                    file.unlink()
                case 1:
                    file.write_bytes(b"")
                case 2:
                    file.rename(
                        file.with_name(dice.choice((f"{file.stem} (1).csv", file.name.upper(), "x.csv", "sites.xlsx")))
                    )
                case _:
                    other = dice.choice(files)
                    file.write_bytes(other.read_bytes())
        elif kind == "bytes" or file.suffix != ".csv":
            file.write_bytes(mutate_bytes(file.read_bytes(), dice))
        else:
            text = file.read_text(encoding="utf-8", errors="replace")
            lines = [line.split(",") for line in text.splitlines()]
            if lines:
                change: Callable[[list[list[str]], random.Random], None]
                change = {"cell": mutate_cell, "rows": mutate_rows, "columns": mutate_columns}[kind]
                change(lines, dice)
            data = "\n".join(",".join(row) for row in lines) + "\n"
            file.write_text(data, encoding="utf-8", errors="surrogatepass", newline="")


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


def try_case(case: Damage, *, solve: bool) -> str:  # noqa: PLR0911 - one for each end
    """Return how a case ended: in a word where as it must, else in a sentence that begins with FAULT."""
    findings = check(case.folder, changes=case.changes)
    fatal = any(finding.fatal for finding in findings)
    try:
        network = hs.read(case.folder, changes=case.changes)
    except hs.InputError:
        return "refused" if fatal else "FAULT: read refuses what check passes"
    if fatal:
        return "FAULT: check finds a fault, read takes it"
    if wrong := find_impossible(network):
        return f"FAULT: {wrong} cannot be, and were taken"
    if not solve:
        return "read"
    try:
        plan = hs.solve(network, time_limit=20)
    except AuditError:
        raise
    except hs.HubspokeError as error:
        return f"no plan: {type(error).__name__}"
    if not np.isfinite(plan.cost_jpy) or abs(plan.cost_jpy) > MOST_JPY:
        return f"FAULT: a plan of {plan.cost_jpy:g} yen"
    given = float(network.supply_t(plan.year).sum())
    if abs(plan.mass_t + plan.unserved_t - given) > 1e-6 * max(given, 1.0):
        return f"FAULT: {plan.mass_t:g} t planned of {given:g} t"
    return "planned"


def _ring(*_: object) -> None:
    raise TimeoutError(f"more than {LONGEST_S} s of processor time")


def main() -> None:
    """Run the cases, and print how they ended."""
    words = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("folder", nargs="?", default="examples/shikoku_planner")
    words.add_argument("--count", type=int, default=2000)
    words.add_argument("--solve", type=int, default=10, help="plan one network of so many")
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    logging.getLogger("hubspoke").setLevel(logging.CRITICAL)
    keys = list_settings(tomllib.loads((shipped_data_folder() / SHIPPED_SETTINGS).read_text(encoding="utf-8")))
    ends: Counter[str] = Counter()
    alarm = getattr(signal, "SIGPROF", None)  # processor time: a busy machine makes no case slow
    if alarm is not None:
        signal.signal(alarm, _ring)
    with tempfile.TemporaryDirectory() as home:
        for number in range(asked.seed * 1_000_000, asked.seed * 1_000_000 + asked.count):
            case = Damage(Path(asked.folder), Path(home), number, keys)
            if alarm is not None:
                signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
            try:
                end = try_case(case, solve=number % asked.solve == 0)
            except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
                end = f"FAULT: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
            if alarm is not None:
                signal.setitimer(signal.ITIMER_PROF, 0)
            if end.startswith("FAULT"):
                sys.stdout.write(f"case {number} ({', '.join(case.kinds)}; {case.changes}): {end}\n")
                sys.stdout.flush()
            ends[end.split(":")[0]] += 1
    sys.stdout.write(", ".join(f"{count} {end}" for end, count in ends.most_common()) + "\n")
    raise SystemExit(1 if ends["FAULT"] else 0)


if __name__ == "__main__":
    main()

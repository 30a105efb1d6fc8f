"""Fill in `docs/sources.md`: what the sources describe, the commands that show it, and what these print.

python tools/tell_sources.py [--kept DIR] [--only WORD]

Every command is run; a row fails where a command ends badly or does not print the lines that the row asks for, and then
nothing is written. `--kept` keeps run folders and prints between runs, so that one row can be worked on by itself.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "sources.md"
TABLE = re.compile(r"(<!-- table: tools/tell_sources.py -->\n).*?(<!-- end of table -->)", re.DOTALL)
SHOWN = re.compile(r"(<!-- shown: tools/tell_sources.py -->\n).*?(<!-- end of shown -->)", re.DOTALL)
ROWS = ROOT / "tools" / "sources.toml"
RUN = "from hubspoke.cli.app import main; raise SystemExit(main())"
ENDS_WELL = (0, 5)
"""Exit codes of a command that gave an answer; 5 is a plan that is not proven within the gap asked for."""
LONGEST_S = 1800


def main() -> int:
    """Run all commands and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kept", type=Path, help="folder of run folders and prints that are kept between runs")
    parser.add_argument("--only", help="rows that describe this word; prints them and writes nothing")
    asked = parser.parse_args()
    every = tomllib.loads(ROWS.read_text(encoding="utf-8"))["row"]
    rows = [row for row in every if asked.only is None or asked.only.lower() in row["described"].lower()]
    with tempfile.TemporaryDirectory() as made:
        folder = (asked.kept or Path(made)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        link = folder / "examples"
        if not link.exists():
            link.symlink_to(ROOT / "examples", target_is_directory=True)
        told = [_tell(row, folder) for row in rows]
    if missing := [fault for _, faults in told for fault in faults]:
        print("\n".join(missing), file=sys.stderr)
        return 1
    sections = "\n\n".join(text for text, _ in told)
    if asked.only is not None:
        print(sections)
        return 0
    head = ["| described | state |", "|---|---|"]
    table = "\n".join(
        [*head, *(f"| [{row['described']}](#{_anchor(row['described'])}) | {_state(row)} |" for row in rows)]
    )
    text = PAGE.read_text(encoding="utf-8")
    text = TABLE.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text)
    text = SHOWN.sub(lambda found: f"{found[1]}{sections}\n{found[2]}", text)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _state(row: dict[str, Any]) -> str:
    return f"partly: {row['missing']}" if "missing" in row else "works"


def _anchor(heading: str) -> str:
    """Return the address of a heading within its page, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _tell(row: dict[str, Any], folder: Path) -> tuple[str, list[str]]:
    """Run the commands of a row; return its section, and what went wrong."""
    lines, faults = [f"### {row['described']}", ""], []
    lines.append("```")
    for command, patterns in ((shown["command"], shown["lines"]) for shown in row["shows"]):
        code, printed = _run(command, folder)
        found = [line.rstrip() for line in printed.splitlines() if any(re.search(one, line) for one in patterns)]
        lines += [f"$ {command}", *found, ""]
        if code not in ENDS_WELL:
            faults.append(f"{command} ended with {code}:\n{printed[-2000:]}")
        faults += [f"{command} prints no {one!r}" for one in patterns if not re.search(one, printed, re.MULTILINE)]
    lines[-1] = "```"
    words = [row.get("note", ""), f"Partly: {row['missing']}." if "missing" in row else ""]
    told = " ".join(word for word in words if word)
    return "\n".join([*lines, "", told] if told else lines), faults


def _run(command: str, folder: Path) -> tuple[int, str]:
    """Run a command of hubspoke in a folder, once for each text, and return its exit code and what it prints."""
    kept = folder / "prints" / f"{hashlib.sha256(command.encode()).hexdigest()[:16]}.txt"
    if kept.is_file():
        code, printed = kept.read_text(encoding="utf-8").split("\n", 1)
        return int(code), printed
    _, *words = shlex.split(command)
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-c", RUN, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    printed = ran.stdout if ran.returncode in ENDS_WELL else ran.stdout + ran.stderr
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(f"{ran.returncode}\n{printed}", encoding="utf-8")
    return ran.returncode, printed


if __name__ == "__main__":
    raise SystemExit(main())

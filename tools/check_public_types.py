"""Count the public names of the library whose type a type checker has to guess, and fail where there are any.

    python tools/check_public_types.py

With `py.typed` the library promises types to whoever installs it. pyright judges that promise as a user's checker meets
it: a name counts where it can be imported, and its type must be stated, or follow from what is stated. Types of other
packages are theirs: what they leave open does not count.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE = "hubspoke"
COMMAND = (sys.executable, "-m", "pyright", "--verifytypes", PACKAGE, "--ignoreexternal", "--outputjson")
QUIET = {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}


def run_pyright() -> dict[str, Any]:
    """Return the report of pyright on the package as it is installed beside this Python."""
    # with --verifytypes pyright asks the first `python` of the path where packages are, whatever --pythonpath says
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    env = os.environ | QUIET | {"PATH": path}
    done = subprocess.run(COMMAND, env=env, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        sys.exit(f"pyright gave no report: {done.stderr.strip() or done.stdout.strip()}")
    return report


def count_known(report: Mapping[str, Any]) -> int:
    """Return how many public names have a type."""
    return int(report["typeCompleteness"]["exportedSymbolCounts"]["withKnownType"])


def tell_guessed(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for every public name without a type, and for what kept pyright from looking.

    Parameters
    ----------
    report : mapping
        What pyright writes with `--verifytypes` and `--outputjson`.
    """
    found = report["typeCompleteness"]
    yield from (fault["message"] for fault in report["generalDiagnostics"] if fault["severity"] == "error")
    for name in found["symbols"]:
        if name["isExported"] and not name["isTypeKnown"]:
            why = [_tell_fault(fault) for fault in name["diagnostics"]]
            yield f"{name['name']}: {'; '.join(why) or 'what it holds has no type'}"
    if found["completenessScore"] < 1:
        yield f"{100 * found['completenessScore']:.2f} % of the public names of {found['packageName']} have a type"


def _tell_fault(fault: Mapping[str, Any]) -> str:
    message = " ".join(fault["message"].split())
    return f"{fault['file']}:{fault['range']['start']['line'] + 1} {message}" if "range" in fault else message


def main() -> int:
    """Print the figure and the names that fall short; return 1 where there are any."""
    report = run_pyright()
    guessed = list(tell_guessed(report))
    print(f"{count_known(report)} public names have a type")
    print("\n".join(guessed))
    return 1 if guessed else 0


if __name__ == "__main__":
    sys.exit(main())

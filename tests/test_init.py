"""Public names are the functions, whatever has been imported before."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import subprocess
import sys

import pytest

import hubspoke as hs

ORDERS = {
    "names first": "hs.read; hs.optimize; import hubspoke.inputs.read, hubspoke.engine.optimize",
    "files first": "import hubspoke.inputs.read, hubspoke.engine.optimize; hs.read; hs.optimize",
    "inner names": "from hubspoke.engine.optimize import optimize; from hubspoke.inputs.read import read",
    "outer names": "from hubspoke import optimize, read",
    "folders": "import hubspoke.planning, hubspoke.cli.app, hubspoke.outputs.runs.folder",
}


CHECK = """
import sys
from types import FunctionType

import hubspoke as hs

exec(sys.argv[1])
from hubspoke import optimize, read

assert all(isinstance(f, FunctionType) for f in (hs.read, hs.optimize, read, optimize)), sys.argv[1]
assert (read, optimize) == (hs.read, hs.optimize), sys.argv[1]
"""
EACH_ORDER = """
import sys

check, *orders = sys.argv[1:]
for order in orders:  # each finds nothing of ours imported, while other libraries stay
    for name in [name for name in sys.modules if name.partition(".")[0] == "hubspoke"]:
        del sys.modules[name]
    sys.argv[1:] = [order]
    exec(check, {})
print(len(orders))
"""


@pytest.mark.heavy
def test_public_names_are_functions_in_every_order_of_import() -> None:
    script = [sys.executable, "-W", "error", "-c", EACH_ORDER, CHECK, *ORDERS.values()]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (str(len(ORDERS)), "")


def test_no_folder_or_file_beside_the_face_bears_a_public_name() -> None:
    beside = {entry.name for entry in pkgutil.iter_modules(hs.__path__)}
    assert beside
    assert beside.isdisjoint(hs.__all__)


def test_every_public_name_is_there_and_listed() -> None:
    assert set(hs.__all__) <= set(dir(hs))
    assert all(getattr(hs, name) is not None for name in hs.__all__)
    assert dir(hs) == sorted(dir(hs))


@pytest.mark.parametrize("name", ["read", "optimize", "solve", "Problem", "Status"])
def test_public_names_can_be_pickled(name: str) -> None:
    value = getattr(hs, name)
    assert pickle.loads(pickle.dumps(value)) is value  # noqa: S301 - our own bytes


def test_other_names_can_be_set_and_unknown_ones_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hs, "read", len)
    assert hs.read is len  # type: ignore[comparison-overlap] # replaced for a moment
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = hs.nonsense


@pytest.mark.parametrize(("path", "name"), [("certificate", "check_bound"), ("generate", "generate_problem")])
def test_an_old_path_warns_and_names_the_new_way(path: str, name: str) -> None:
    sys.modules.pop(f"hubspoke.{path}", None)
    with pytest.warns(DeprecationWarning, match=f"import {name} from hubspoke"):
        old = importlib.import_module(f"hubspoke.{path}")
    assert getattr(old, name) is getattr(hs, name)

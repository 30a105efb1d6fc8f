"""Public names are the functions, whatever has been imported before."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

import hubspoke as hs

ORDERS = {
    "names first": "import hubspoke as hs; hs.read; hs.optimize; import hubspoke.read, hubspoke.optimize",
    "submodules first": "import hubspoke.read, hubspoke.optimize; import hubspoke as hs",
    "by importlib": "from importlib import import_module as i; i('hubspoke.read'); import hubspoke as hs",
    "inner names": "from hubspoke.optimize import optimize; from hubspoke.read import read; import hubspoke as hs",
    "outer names": "from hubspoke import optimize, read; import hubspoke as hs",
    "as": "import hubspoke.optimize as a, hubspoke.read as b, hubspoke as hs; assert (a, b) == (hs.optimize, hs.read)",
    "through the rest": "import hubspoke.api, hubspoke.cli, hubspoke.run_folder, hubspoke as hs",
}


@pytest.mark.parametrize("order", ORDERS)
def test_public_names_are_functions_in_every_order_of_import(order: str) -> None:
    checks = (
        "import sys; from types import FunctionType, ModuleType;"
        "from hubspoke import optimize, read;"
        "assert all(isinstance(f, FunctionType) for f in (hs.read, hs.optimize, read, optimize));"
        "assert (read, optimize) == (hs.read, hs.optimize);"
        "m = sys.modules['hubspoke.optimize']; assert isinstance(m, ModuleType) and m.optimize is optimize"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", f"{ORDERS[order]}\n{checks}"], check=True)


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

"""What is asked from Python: a wrong type is named, with what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import hubspoke as hs
from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"regions": "kanto"}, "regions takes a list of names; got the text 'kanto': put it in square brackets"),
        ({"opened": "hk1"}, "opened takes a list"),
        ({"closed": "hk1"}, "closed takes a list"),
        ({"year": "2040"}, "year takes a whole number, such as 2040; got '2040'"),
        ({"year": 2040.0}, "year takes a whole number"),
        ({"year": 1999}, "choose one of .*, or add it to horizon.years"),
    ],
)
def test_a_wrong_type_is_named(tiny_network: Network, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        hs.solve(tiny_network, **asked)

"""What is of another kind than a frame, settings or a folder is refused by the name of the argument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import hubspoke as hs

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network

FRAMES = (
    "sites",
    "hubs",
    "refineries",
    "ports",
    "overseas",
    "roads",
    "cities",
    "lanes",
    "sizes",
    "existing",
    "outlines",
)
WRONG = ({"id": ["a"]}, [1, 2], pd.Series([1]), "sites.csv", 5)


@pytest.mark.parametrize("name", [*FRAMES, "settings"])
def test_every_argument_of_from_frames_is_named(name: str, tiny_network: Network) -> None:
    good: dict[str, Any] = {table: getattr(tiny_network, table) for table in ("sites", "hubs", "refineries")}
    for wrong in WRONG[1:3] if name == "settings" else WRONG:
        with pytest.raises(hs.UsageError, match=f"^{name} must be .*; got {type(wrong).__name__}"):
            hs.Network.from_frames(**{**good, name: wrong})


@pytest.mark.parametrize("name", ["sites", "given_lanes", "outlines", "settings"])
@pytest.mark.parametrize("wrong", [*WRONG, None])
def test_replace_names_what_is_no_table(name: str, wrong: object, tiny_network: Network) -> None:
    with pytest.raises(hs.UsageError, match=f"^{name} must be .*; got {type(wrong).__name__}"):
        tiny_network.replace(**{name: wrong})


@pytest.mark.parametrize("wrong", [["policy.name"], "policy.name=open", 5, pd.Series([1])])
def test_changes_that_are_no_mapping_are_refused(wrong: Any) -> None:
    with pytest.raises(hs.UsageError, match=f"^changes must be .*; got {type(wrong).__name__}"):
        hs.read(changes=wrong)


def test_keys_of_changes_are_texts() -> None:
    with pytest.raises(hs.UsageError, match=r"^changes must have dotted keys .*; got 1$"):
        hs.read(changes={1: 2})  # type: ignore[dict-item]


def test_a_frame_in_place_of_a_folder_is_refused(tiny_network: Network) -> None:
    with pytest.raises(hs.UsageError, match="folder must be a path; got DataFrame"):
        hs.read(tiny_network.sites)  # type: ignore[arg-type]

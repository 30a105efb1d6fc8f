"""Instances that the benchmarks draw are read as the files of their families, and hold what these do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks.draw_instances import draw_diaz, draw_p_median, draw_tbed1, draw_yang

from hubspoke.engine.problem.problem import Problem
from hubspoke.instances.read import read_instances

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, text: str, form: str | None = None) -> Problem:
    """Read an instance by its text."""
    (folder / "drawn.txt").write_text(text)
    (instance,) = read_instances(folder / "drawn.txt", form)
    assert isinstance(instance.problem, Problem)
    return instance.problem


@pytest.mark.parametrize(("text", "room"), [(draw_yang(6, 40), 2.5), (draw_diaz(9, 40), 1.4)])
def test_whole_customers_have_the_room_of_their_family(tmp_path: Path, text: str, room: float) -> None:
    problem = read(tmp_path, text)
    assert problem.single_sourcing
    assert problem.n_sites == 40
    assert problem.hubs.capacity.sum() == pytest.approx(room * problem.mass.sum(), rel=0.05)
    assert (problem.collection_cost == np.round(problem.collection_cost)).all()


def test_one_file_is_read_as_divided_and_as_whole_customers(tmp_path: Path) -> None:
    text = draw_tbed1(7, 30)
    divided, whole = read(tmp_path, text), read(tmp_path, text, "tbed1-single")
    assert not divided.single_sourcing
    assert whole.single_sourcing
    assert divided.collection_cost == pytest.approx(whole.collection_cost)


def test_every_node_of_a_drawn_graph_is_reached(tmp_path: Path) -> None:
    problem = read(tmp_path, draw_p_median(60, 4))
    assert np.isfinite(problem.collection_cost).all()
    assert draw_p_median(60, 4) == draw_p_median(60, 4)

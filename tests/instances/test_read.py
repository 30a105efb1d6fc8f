"""Public instances: every format is told from its content, and read as its publisher meant it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from typer.testing import CliRunner

from hubspoke.base.errors import InputError, UsageError
from hubspoke.cli.app import app
from hubspoke.engine.cases.cases import Cases
from hubspoke.engine.optimize import optimize
from hubspoke.engine.problem.problem import Problem
from hubspoke.instances.bench import run_bench
from hubspoke.instances.read import form_names, read_instances

if TYPE_CHECKING:
    from pathlib import Path

DEMAND, CAPACITY, FIXED = [4, 3, 5], [9, 10], [70, 40]
COST = [[10, 40], [30, 12], [25, 15]]  # of the whole demand, by customer and facility


def text(*parts: object) -> str:
    return "\n".join(" ".join(str(value) for value in np.asarray(part, object).ravel()) for part in parts)


def files() -> dict[str, str]:
    """Write one little problem in every form; the same optimum for divided customers, and for whole ones."""
    pairs = list(zip(CAPACITY, FIXED, strict=True))
    by_facility = np.array(COST).T
    unit = by_facility / np.array(DEMAND)
    rows = [[demand, *cost] for demand, cost in zip(DEMAND, COST, strict=True)]
    return {
        "orlib-cap": text([2, 3], pairs, rows),
        "holmberg": text([2, 3], pairs, DEMAND, by_facility),
        "tbed1": text([3, 2], DEMAND, CAPACITY, FIXED, unit),
        "diaz": text([3, 2], COST, DEMAND, FIXED, CAPACITY),
        "two-stage": text([1, 2, 3], DEMAND, [[20, 5]], [[1, 2]], pairs, unit),
        "p-median": text([4, 4, 1], [[1, 2, 3], [2, 3, 4], [3, 4, 5], [1, 2, 9]]),
        "incremental": text([2, 3, 2], [1, 1], [1, 3], [9, 5, 1, 2, 4, 3, 6, 1], [8, 4, 3, 5, 2, 6, 5, 7]),
        "p-median-cap": text(1, [1, 7], [3, 2, 9], [[1, 0, 0, 4], [2, 3, 2, 3], [3, 9, 9, 5]]),
    }


def optimum(single: bool) -> float:  # noqa: FBT001 - one flag
    """Try both facilities: together they need both open; 12 t do not fit into one."""
    fixed = sum(FIXED)
    if single:
        best = np.inf
        for choice in np.ndindex(2, 2, 2):
            load = [sum(d for d, at in zip(DEMAND, choice, strict=True) if at == j) for j in (0, 1)]
            if load[0] <= CAPACITY[0] and load[1] <= CAPACITY[1]:
                best = min(best, fixed + sum(COST[i][at] for i, at in enumerate(choice)))
        return float(best)
    return float(fixed + 10 + 12 + 15)


@pytest.mark.parametrize("form", list(files()))
def test_the_format_is_told_from_the_content(tmp_path: Path, form: str) -> None:
    """A file as published needs no --format, and naming it gives the same problem."""
    (tmp_path / "one.txt").write_text(files()[form])
    told, named = read_instances(tmp_path / "one.txt"), read_instances(tmp_path / "one.txt", form)
    assert [(one.name, one.form) for one in told] == [("one_1" if form == "p-median-cap" else "one", form)]
    one, other = (read[0].problem for read in (told, named))
    if isinstance(one, Cases) and isinstance(other, Cases):
        one, other = one.problems[-1], other.problems[-1]
    assert isinstance(one, Problem)
    assert isinstance(other, Problem)
    assert np.array_equal(one.collection_cost, other.collection_cost)


@pytest.mark.parametrize(("form", "best"), [
    ("orlib-cap", optimum(single=False)),
    ("tbed1", optimum(single=False)),
    ("holmberg", optimum(single=True)),
    ("diaz", optimum(single=True)),
    ("two-stage", optimum(single=False) + 5 + 4 * 1 + 8 * 2),
    ("p-median", 9.0 + 4.0 + 9.0),  # from vertex 2; the last length of an edge counts
    ("incremental", 9.0 + 4.0 + 1.0 + (2 + 3 + 1)),  # the first site serves one, then both serve all
    ("p-median-cap", 3.0),  # the first two share one; the distance 3.6 is rounded down
])  # fmt: skip
def test_the_optimum_is_that_of_the_form(tmp_path: Path, form: str, best: float) -> None:
    """Solved, each form gives the optimum worked out by hand."""
    (tmp_path / "one").write_text(files()[form])
    (result,) = run_bench([tmp_path / "one"])
    assert (result.status, result.format) == ("optimal", form)
    assert result.objective == pytest.approx(best)
    assert result.bound == pytest.approx(best)


def test_a_capacity_may_be_larger_than_the_file_is_long(tmp_path: Path) -> None:
    """Of the capacitated p-median, whose capacity stands beside the numbers of points and medians."""
    (tmp_path / "one").write_text(text(1, [1, 7], [3, 2, 900], [[1, 0, 0, 400], [2, 3, 2, 300], [3, 9, 9, 500]]))
    (result,) = run_bench([tmp_path / "one"])
    assert (result.format, result.status) == ("p-median-cap", "optimal")
    assert result.objective == pytest.approx(3.0)


def test_the_word_capacity_stands_for_four_published_ones(tmp_path: Path) -> None:
    """OR-Library's large files hold a word: four instances, named by capacity; another file's name is refused."""
    whole = text([1, 1], ["capacity", 5], [[3, 2]])
    (tmp_path / "capb.txt").write_text(whole)
    (tmp_path / "mine.txt").write_text(whole)
    found = read_instances(tmp_path / "capb.txt")
    assert [one.name for one in found] == ["capb_5000", "capb_6000", "capb_7000", "capb_8000"]
    with pytest.raises(InputError, match="name it capa"):
        read_instances(tmp_path / "mine.txt")


@pytest.mark.parametrize("content", ["", "3", "1 2 x", "2 2 5", "nan nan nan"])
def test_what_is_no_instance_is_refused(tmp_path: Path, content: str) -> None:
    """Empty, cut off or not numeric: one clear finding with the file's name."""
    (tmp_path / "bad.txt").write_text(content)
    with pytest.raises(InputError, match=r"bad\.txt"):
        read_instances(tmp_path / "bad.txt")


def test_unknown_formats_are_wrong_usage_and_absent_files_bad_input(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of"):
        read_instances(tmp_path / "none", "cplex")
    with pytest.raises(InputError, match="none"):
        read_instances(tmp_path / "none")


@pytest.mark.heavy
def test_the_command_gives_json_for_every_file(tmp_path: Path) -> None:
    """`hubspoke bench FILE... --json` gives instance, status, objective, bound, gap and seconds of each."""
    for name, content in files().items():
        (tmp_path / name).write_text(content)
    paths = [str(tmp_path / name) for name in files()]
    answer = CliRunner().invoke(app, ["bench", *paths, "--json"])
    assert answer.exit_code == 0, answer.output
    rows = json.loads(answer.stdout)
    assert [row["format"] for row in rows] == list(files())
    assert all({"instance", "status", "objective", "bound", "gap", "seconds"} <= set(row) for row in rows)
    assert all(row["gap"] <= 1e-6 for row in rows)


@pytest.mark.heavy
def test_the_command_tells_a_line_for_every_file(tmp_path: Path) -> None:
    (tmp_path / "p1").write_text(files()["holmberg"])
    answer = CliRunner().invoke(app, ["bench", str(tmp_path / "p1")])
    assert answer.exit_code == 0, answer.output
    assert [line.split()[0] for line in answer.stdout.splitlines()] == ["instance", "p1"]


@pytest.mark.parametrize(("form", "given", "best"), [
    ("orlib-cap-single", "orlib-cap", optimum(single=True)),
    ("tbed1-single", "tbed1", optimum(single=True)),
    ("orlib-uncap", "orlib-cap", min(sum(row[j] for row in COST) + FIXED[j] for j in (0, 1))),
])  # fmt: skip
def test_other_readings_of_the_same_numbers_are_asked_for_by_name(
    tmp_path: Path, form: str, given: str, best: float
) -> None:
    """Whole customers, or no capacities: the same file under another format's name."""
    (tmp_path / "one").write_text(files()[given])
    (result,) = run_bench([tmp_path / "one"], form=form)
    assert (result.status, result.format) == ("optimal", form)
    assert result.objective == pytest.approx(best)


def test_every_format_is_named_in_the_help() -> None:
    shown = CliRunner().invoke(app, ["bench", "--help"]).output
    assert all(form in shown for form in form_names())


@pytest.mark.heavy
def test_a_bad_file_does_not_lose_the_others(tmp_path: Path) -> None:
    """Each file has its row; the bad one says why, on stderr too, and the exit code is that of bad input."""
    (tmp_path / "bad").write_text("1 2 x")
    (tmp_path / "p1").write_text(files()["holmberg"])
    answer = CliRunner().invoke(app, ["bench", str(tmp_path / "bad"), str(tmp_path / "p1"), "--json"])
    rows = json.loads(answer.stdout)
    assert answer.exit_code == 3
    assert [(row["instance"], row["status"]) for row in rows] == [("bad", "unreadable"), ("p1", "optimal")]
    assert "not a table of numbers" in rows[0]["problem"]
    assert "not a table of numbers" in answer.stderr


@pytest.mark.heavy
def test_ctrl_c_keeps_what_was_solved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted in the second instance, the command still gives the first."""
    for name in ("p1", "p2"):
        (tmp_path / name).write_text(files()["holmberg"])
    calls: list[int] = []

    def solve_once(*args: Any, **options: Any) -> Any:
        if calls:
            raise KeyboardInterrupt
        calls.append(1)
        return optimize(*args, **options)

    monkeypatch.setattr("hubspoke.instances.bench.optimize", solve_once)
    answer = CliRunner().invoke(app, ["bench", str(tmp_path / "p1"), str(tmp_path / "p2"), "--json"])
    assert answer.exit_code == 130
    assert [row["instance"] for row in json.loads(answer.stdout)] == ["p1"]


@pytest.mark.parametrize("form", ["orlib-cap", "tbed1"])
def test_the_format_is_told_where_as_many_customers_as_facilities_fit_several(tmp_path: Path, form: str) -> None:
    rng = np.random.default_rng(0)
    demand, capacity, fixed = rng.integers(5, 36, 30), rng.integers(50, 400, 30), rng.integers(3000, 9000, 30)
    unit = rng.integers(1, 100, (30, 30))
    head, pairs = [30, 30], np.column_stack([capacity, fixed])
    content = {
        "orlib-cap": text(head, pairs, np.column_stack([demand, unit * demand[:, None]])),
        "tbed1": text(head, demand, capacity, fixed, unit),
    }
    path = tmp_path / "square.txt"
    path.write_text(content[form], encoding="ascii")
    (instance,) = read_instances(path)
    assert instance.form == form
    assert isinstance(instance.problem, Problem)
    assert instance.problem.mass.tolist() == demand.tolist()


UNCAPACITATED = min(sum(row[j] for row in COST) + FIXED[j] for j in (0, 1))


def test_a_file_of_ufllib_has_a_headline_and_numbered_facilities(tmp_path: Path) -> None:
    rows = [[j + 1, FIXED[j], *np.array(COST)[:, j]] for j in (0, 1)]
    (tmp_path / "one").write_text("FILE: D50.2\n" + text([2, 3, 0], rows))
    (tmp_path / "median").write_text("FILE: 2-median\n" + text([2, 3, 1], [[0, 0, 5, 1, 4], [1, 0, 3, 3, 3]]))
    one, median = run_bench([tmp_path / "one", tmp_path / "median"])
    assert (one.format, one.status, median.format) == ("ufl-simple", "optimal", "ufl-simple")
    assert one.objective == pytest.approx(UNCAPACITATED)
    assert median.objective == pytest.approx(9.0)  # both together would cost 7


@pytest.mark.parametrize("word", ["0", "capacity"])
def test_a_capacity_of_nothing_is_none(tmp_path: Path, word: str) -> None:
    rows = [[0, *cost] for cost in COST]
    (tmp_path / "one").write_text(text([2, 3], [[word, fixed] for fixed in FIXED], rows))
    (result,) = run_bench([tmp_path / "one"], form=None if word == "0" else "orlib-uncap")
    assert result.format == "orlib-uncap"
    assert result.objective == pytest.approx(UNCAPACITATED)


@pytest.mark.parametrize(("form", "given"), [("holmberg-split", "holmberg"), ("diaz-split", "diaz")])
def test_customers_of_single_source_files_are_divided_when_asked(tmp_path: Path, form: str, given: str) -> None:
    (tmp_path / "one").write_text(files()[given])
    (whole,) = run_bench([tmp_path / "one"])
    (divided,) = run_bench([tmp_path / "one"], form=form)
    assert whole.why is not None
    assert form in whole.why
    assert divided.objective == pytest.approx(optimum(single=False))


@pytest.mark.parametrize("content", [
    b"\xef\xbb\xbf" + files()["diaz"].encode(),
    files()["diaz"].encode() + b"\r\n\x1a",
    files()["diaz"].encode() + b"\x1a\x00\x00 9",
    b"\x00\x00" + files()["diaz"].replace("\n", "\r\n").encode() + b"\x00" * 9,
    files()["diaz"].encode("utf-16"),
])  # fmt: skip
def test_marks_and_padding_around_the_numbers_are_no_matter(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p1").write_bytes(content)
    (instance,) = read_instances(tmp_path / "p1")
    assert instance.form == "diaz"


def square(seed: int, count: int) -> dict[str, str]:
    """Write a problem with as many customers as facilities in the four forms of as many numbers each."""
    rng = np.random.default_rng(seed)
    demand, capacity = rng.integers(5, 36, count), 3 * rng.integers(10, 161, count)
    fixed = np.round(rng.integers(0, 91, count) + 100 * np.sqrt(capacity)).astype(int)
    customer, facility = rng.random((2, count, 2))
    unit = np.round(1000 * np.hypot(*(customer[:, None] - facility[None]).transpose(2, 0, 1))).astype(int)
    whole, pairs = unit * demand[:, None], np.column_stack([capacity, fixed])
    return {
        "orlib-cap": text([count] * 2, pairs, np.column_stack([demand, whole])),
        "holmberg": text([count] * 2, pairs, demand, whole.T),
        "tbed1": text([count] * 2, demand, capacity, fixed, unit.T),
        "diaz": text([count] * 2, whole, demand, fixed, capacity),
    }


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [12, 60])
def test_a_format_is_never_guessed_wrongly(tmp_path: Path, seed: int, count: int) -> None:
    """Where four formats fit in number, the right one is taken, or the file asks for a name; large ones are told."""
    for form, content in square(seed, count).items():
        (tmp_path / "square").write_text(content)
        try:
            (instance,) = read_instances(tmp_path / "square")
        except InputError as error:
            told = "fit several formats" in str(error) or f"looks like {form}, but" in str(error)
            assert told
            assert count < 60
        else:
            assert instance.form == form

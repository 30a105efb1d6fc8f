"""Fill in what `docs/decisions.md` says of Japan over many futures: no-regret plants, and what rules cost in each.

python tools/tell_decisions.py [FOLDER]

A sweep over tonnes, plants that stand, the size of kilns and policies, and the fronts of cost against CO2 by tonnes.
The folder remembers what was solved, so that a run that was ended goes on there. The text of the page is kept; what
stands between two marks is written anew.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hubspoke as hs
from hubspoke.words.numbers import format_gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

PAGE = Path(__file__).resolve().parents[1] / "docs" / "decisions.md"
FUTURES = re.compile(r"(<!-- futures of Japan -->\n).*?(<!-- end of futures -->)", re.DOTALL)
TONNES, STANDING, KILN, POLICY = (
    *("supply.scenario", "existing.sunk_share", "hub_technologies.kiln.largest_t_per_yr"),
    "policy.name",
)
VARY: dict[str, Any] = {
    TONNES: ["mizuho", "late", "export"],
    STANDING: [1.0, 0.0],
    KILN: [15000.0, 3000.0],
    POLICY: ["regional", "shared-refinery", "open"],
}
MOSTLY, SECONDS, POINTS = 0.9, 90.0, 8
"""Share of futures from which on plants are named, time limit of each plan, and points of a front."""
BN, KT = 1e9, 1e3


def main() -> int:
    """Plan all cases, and write the section."""
    if len(sys.argv) > 1:
        text = tell(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            text = tell(Path(folder))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(FUTURES.sub(lambda hit: f"{hit[1]}{text}\n{hit[2]}", page), encoding="utf-8", newline="\n")
    return 0


def tell(folder: Path) -> str:
    """Return the section."""
    found = hs.sweep(out=folder / "sweep", vary=VARY, mode="grid", time_limit=SECONDS)
    cases = found.cases[found.cases["case"] != "base"]
    parts = [*tell_rules(cases), "", *tell_plants(cases), "", *tell_fronts(folder)]
    return "\n".join(parts)


def tell_rules(cases: pd.DataFrame) -> Iterator[str]:
    """Yield a table of the futures: what they cost under `regional`, and what other policies save."""
    yield "| tonnes | plants that stand | largest kiln | regional, bn yen/yr | shared refineries save | open saves |"
    yield "|---|---|---:|---:|---:|---:|"
    costs = cases.set_index([TONNES, STANDING, KILN, POLICY])["cost_jpy"]
    gaps = cases.groupby(POLICY)["gap"].max()
    for tonnes, standing, kiln in cases[[TONNES, STANDING, KILN]].drop_duplicates().itertuples(index=False):
        base = float(costs[tonnes, standing, kiln, "regional"])
        saved = [base - float(costs[tonnes, standing, kiln, name]) for name in VARY[POLICY][1:]]
        told = [f"{one / BN:.2f} ({100 * one / base:.1f} %)" for one in saved]
        stands = "paid for" if standing else "paid again"
        yield f"| {tonnes} | {stands} | {kiln:,.0f} | {base / BN:.2f} | {told[0]} | {told[1]} |"
    yield ""
    most = ", ".join(f"{name} {format_gap(gap)}" for name, gap in gaps[VARY[POLICY]].items())
    shares = [
        (1 - costs.xs(name, level=POLICY) / costs.xs("regional", level=POLICY)) * 100 for name in VARY[POLICY][1:]
    ]
    shared, free = (f"{one.min():.0f} to {one.max():.0f} %" for one in shares)
    yield f"The regional rule costs {free} in every one of these futures, {shared} of it because every region refines."
    yield f"Proven to, at the worst: {most}."


def tell_plants(cases: pd.DataFrame) -> Iterator[str]:
    """Yield the plants that are built in all futures of a policy, or nearly all."""
    yield f"| policy | in all futures | in {MOSTLY:.0%} of them or more | plants in some |"
    yield "|---|---|---|---:|"
    every: list[set[str]] = []
    for policy in VARY[POLICY]:
        built = [
            {*row["hubs_built"].split(";"), *row["refineries_built"].split(";")} - {""}
            for row in cases[cases[POLICY] == policy].to_dict("records")
        ]
        every += built
        always, mostly = share_out(built)
        yield f"| {policy} | {', '.join(always) or '-'} | {', '.join(mostly) or '-'} | {len(set().union(*built))} |"
    always, _ = share_out(every)
    yield ""
    yield f"Under every policy and in every future: {', '.join(always) or 'none'}."


def share_out(built: list[set[str]]) -> tuple[list[str], list[str]]:
    """Return the plants that are in all sets, and those that are in most but not in all."""
    count = {name: sum(name in one for one in built) for one in built for name in one}
    always = sorted(name for name, number in count.items() if number == len(built))
    mostly = sorted(name for name, number in count.items() if MOSTLY * len(built) <= number < len(built))
    return always, mostly


def tell_fronts(folder: Path) -> Iterator[str]:
    """Yield where the front of cost against CO2 bends under `regional`, by tonnes."""
    head = "cheapest: bn yen/yr, kt CO2/yr | knee: bn yen/yr, kt CO2/yr | thousand yen/t CO2 up to it | beyond it"
    yield f"| tonnes | {head} |"
    yield "|---|---:|---:|---:|---:|"
    for tonnes in VARY[TONNES]:
        network = hs.read(changes={TONNES: tonnes})
        out = folder / f"front-{tonnes}"
        found = hs.front(network, against="co2", points=POINTS, policy="regional", out=out)
        rows: list[Mapping[str, Any]] = found.points.to_dict("records")  # type: ignore[assignment]
        first, last = rows[0], rows[-1]
        if found.knee is None:
            yield f"| {tonnes} | {pair(first)} | none |  |  |"
            continue
        knee = rows[found.knee - 1]
        yield f"| {tonnes} | {pair(first)} | {pair(knee)} | {slope(first, knee)} | {slope(knee, last)} |"


def pair(row: Mapping[str, Any]) -> str:
    """Return cost and CO2 of a point."""
    return f"{row['cost_jpy'] / BN:.2f}, {row['co2_t'] / KT:.1f}"


def slope(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Return what a tonne of CO2 costs on the way from one point to another, thousand yen."""
    return f"{(other['cost_jpy'] - one['cost_jpy']) / (one['co2_t'] - other['co2_t']) / 1e3:,.0f}"


if __name__ == "__main__":
    sys.exit(main())

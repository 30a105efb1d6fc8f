"""Fill in the worked examples of `docs/decisions.md`: of Shikoku and of all Japan.

python tools/solve_decisions.py

The text of the page is kept; what stands between two marks is written anew.
"""

from __future__ import annotations

import math
import re
import tempfile
from pathlib import Path

import hubspoke as hs
from hubspoke.analysis.decisions.collaboration.words import tell_collaboration
from hubspoke.analysis.decisions.fronts.words import summarise_front
from hubspoke.analysis.decisions.worth.rules import price_rules
from hubspoke.planning.infeasible.conflict_words import tell_conflicts

PAGE = Path(__file__).resolve().parents[1] / "docs" / "decisions.md"
EXAMPLE = re.compile(r"(<!-- example -->\n).*?(<!-- end -->)", re.DOTALL)
FRONT = re.compile(r"(<!-- front -->\n).*?(<!-- end of front -->)", re.DOTALL)
VARY = {
    "supply.scenario": ["trend", "late", "fast"],
    "supply.factor": "0.7..1.3",
    "energy.power_jpy_per_kwh": "range",
    "finance.discount_rate_per_yr": "range",
    "hub_technologies.kiln.offered": [False],
    "policy.hubs_per_region": [[1, 2]],
}


COLLABORATION = re.compile(r"(<!-- collaboration -->\n).*?(<!-- end of collaboration -->)", re.DOTALL)
RULES = re.compile(r"(<!-- rules -->\n).*?(<!-- end of rules -->)", re.DOTALL)
CONFLICT = re.compile(r"(<!-- conflict -->\n).*?(<!-- end of conflict -->)", re.DOTALL)
SECONDS, DEAREST = 60.0, 12
"""Time limit of each plan without a rule, and rules that are shown."""


def main() -> int:
    """Run what is shown, and write the examples."""
    with tempfile.TemporaryDirectory() as folder:
        found = hs.sweep(out=Path(folder) / "sweep", vary=VARY, mode="one-at-a-time", regions=["shikoku"])
    base = float(found.cases["cost_jpy"].iloc[0])
    rows = ["| case | bn yen/yr | change | hub | refinery |", "|---|---:|---:|---|---|"]
    for case in found.cases.to_dict("records"):
        change = f"{100 * (case['cost_jpy'] / base - 1):+.1f} %"
        plants = " | ".join(case[f"{kind}_built"].replace(";", ", ") for kind in ("hubs", "refineries"))
        rows.append(f"| {case['case']} | {case['cost_jpy'] / 1e9:.3f} | {change} | {plants} |")
    said = "\n".join(f"> {line}  " for line in found.lines)
    text = PAGE.read_text(encoding="utf-8")
    made = f"{said}\n\n" + "\n".join(rows)
    text = EXAMPLE.sub(lambda hit: f"{hit[1]}{made}\n{hit[2]}", text)
    front = tell_front_of_japan()
    text = FRONT.sub(lambda hit: f"{hit[1]}{front}\n{hit[2]}", text)
    rules = tell_rules_of_japan()
    text = RULES.sub(lambda hit: f"{hit[1]}{rules}\n{hit[2]}", text)
    conflict = tell_conflict_of_shikoku()
    text = CONFLICT.sub(lambda hit: f"{hit[1]}{conflict}\n{hit[2]}", text)
    together = tell_collaboration_of_japan()
    text = COLLABORATION.sub(lambda hit: f"{hit[1]}{together}\n{hit[2]}", text)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


def tell_collaboration_of_japan() -> str:
    """Return what regions gain by refineries that all share."""
    found = hs.collaborate(hs.read(), by="region", policy="shared-refinery")
    return f"```\n{tell_collaboration(found)}\n```"


def tell_front_of_japan() -> str:
    """Return the front of cost against CO2 under `regional` as a table."""
    found = hs.front(hs.read(), against="co2", policy="regional")
    rows = ["| point | bn yen/yr | kt CO2/yr | a step costs, thousand yen/t CO2 | opens | closes |"]
    rows.append("|---:|---:|---:|---:|---|---|")
    for row in found.points.to_dict("records"):
        step = "" if math.isnan(row["jpy_per_unit"]) else f"{row['jpy_per_unit'] / 1e3:,.0f}"
        opens = row["opens"] if row["point"] > 1 else f"{len(row['opens'].split())} plants"
        name = f"**{row['point']}**" if row["knee"] else str(row["point"])
        rows.append(
            f"| {name} | {row['cost_jpy'] / 1e9:.3f} | {row['co2_t'] / 1e3:.2f} | {step} | {opens} | {row['closes']} |"
        )
    said = "\n".join(f"> {line}  " for line in summarise_front(found))
    return f"{said}\n\n" + "\n".join(rows)


def tell_rules_of_japan() -> str:
    """Return what the dearest rules and borders cost under `regional` as a table."""
    network = hs.read()
    plan = hs.solve(network, policy="regional")
    rows = ["| without | saves, million yen/yr | proven |", "|---|---:|---|"]
    for one in price_rules(plan, network, seconds=SECONDS, borders=True)[:DEAREST]:
        found = one.difference
        proven = f"{-found.most / 1e6:,.1f} to {-found.least / 1e6:,.1f}"
        rows.append(f"| {one.rule.english} | {-found.jpy / 1e6:,.1f} | {proven} |")
    return "\n".join(rows)


def tell_conflict_of_shikoku() -> str:
    """Return which rules are in conflict in Shikoku where hauls are short."""
    network = hs.read(changes={"policy.longest_haul_km": 100})
    lines = tell_conflicts(hs.conflict(network, regions=["shikoku"]), network)
    return "\n".join(f"> {line.strip()}  " for line in lines)


if __name__ == "__main__":
    raise SystemExit(main())

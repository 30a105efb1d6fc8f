"""Fill in the worked example of `docs/decisions.md`: a sweep of Shikoku, one setting at a time.

python tools/solve_decisions.py

The text of the page is kept; what stands between the two marks is written anew.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import hubspoke as hs

PAGE = Path(__file__).resolve().parents[1] / "docs" / "decisions.md"
EXAMPLE = re.compile(r"(<!-- example -->\n).*?(<!-- end -->)", re.DOTALL)
VARY = {
    "supply.scenario": ["trend", "late", "fast"],
    "supply.factor": "0.7..1.3",
    "energy.power_jpy_per_kwh": "range",
    "finance.discount_rate_per_yr": "range",
    "hub_technologies.kiln.offered": [False],
    "policy.hubs_per_region": [[1, 2]],
}


def main() -> int:
    """Run the sweep and write the example."""
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
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

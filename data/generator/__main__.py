"""Write all shipped tables; see the package's docstring."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator import plants, sites
from generator.boundaries import make_boundaries
from generator.geojson import write_features
from generator.notes import make_notes
from generator.tables import REGIONS, read_table, write_table


def write_all(output: Path) -> None:
    """Write every generated file below the folder `output`."""
    tables = {
        "sites": (sites.COLUMNS, sites.make_sites()),
        "hubs": (plants.COLUMNS, plants.make_hubs()),
        "refineries": (plants.COLUMNS, plants.make_refineries()),
    }
    for name, (columns, by_region) in tables.items():
        for region, rows in by_region.items():
            write_table(output / region / f"{name}.csv", columns, rows)
    for name in ("cities", "roads"):
        source = read_table(name)
        write_table(output / f"{name}.csv", list(source[0]), source)
    write_features(output / "boundaries.geojson", make_boundaries())
    notes = make_notes({name: by_region for name, (_, by_region) in tables.items()})
    (output / "SOURCES.md").write_text(notes, encoding="utf-8", newline="\n")


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(prog="python -m generator", description="Write the data that ship.")
    parser.add_argument("output", nargs="?", type=Path, default=REGIONS, help="folder to write to")
    write_all(parser.parse_args().output)


if __name__ == "__main__":
    main()

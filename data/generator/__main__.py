"""Write all shipped tables; see the package's docstring."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator import gazetteer, other_sources, plants, sites
from generator.boundaries import make_boundaries
from generator.geojson import write_features
from generator.notes import make_notes
from generator.tables import REGIONS, read_table, write_table

Rows = dict[str, list[dict[str, object]]]


def write_all(output: Path) -> None:
    """Write every generated file below the folder `output`."""
    tables = {
        "sites": (sites.COLUMNS, _join_sites(sites.make_sites(), other_sources.make_works())),
        "hubs": (plants.COLUMNS, plants.make_hubs()),
        "refineries": (plants.COLUMNS, plants.make_refineries()),
        "ports": (other_sources.PORT_COLUMNS, other_sources.make_ports()),
    }
    for name, (columns, by_region) in tables.items():
        for region, rows in by_region.items():
            write_table(output / region / f"{name}.csv", columns, rows)
    write_table(output / "lanes.csv", other_sources.LANE_COLUMNS, other_sources.make_sea_lanes())
    write_table(output / "gazetteer.csv", gazetteer.COLUMNS, gazetteer.make_gazetteer())
    for name in ("cities", "roads", "overseas"):
        source = read_table(name)
        write_table(output / f"{name}.csv", list(source[0]), source)
    write_features(output / "boundaries.geojson", make_boundaries())
    notes = make_notes({name: by_region for name, (_, by_region) in tables.items()})
    (output / "SOURCES.md").write_text(notes, encoding="utf-8", newline="\n")


def _join_sites(dismantlers: Rows, works: Rows) -> Rows:
    """Put the cell works of each region behind its dismantling sites; who has none of a class has 0 t of it."""
    none = dict.fromkeys((*sites.TONNE_COLUMNS, *sites.SCRAP_COLUMNS), 0.0)
    return {region: [none | row for row in (*rows, *works.get(region, []))] for region, rows in dismantlers.items()}


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(prog="python -m generator", description="Write the data that ship.")
    parser.add_argument("output", nargs="?", type=Path, default=REGIONS, help="folder to write to")
    write_all(parser.parse_args().output)


if __name__ == "__main__":
    main()

"""Write a starter folder: the data that ship, ready for a planner to edit."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from hubspoke.base.atomic_write import cannot_write, replaced_folder
from hubspoke.base.errors import UsageError
from hubspoke.base.shipped import shipped_data_folder
from hubspoke.inputs.tables.gazetteer import FILE as GAZETTEER

README = """\
# A plan of your own

This folder holds the data that ship with hubspoke. Edit what differs for you, delete what you do not need, then:

    hubspoke check {name}              every problem at once: file, row, column, what to do
    hubspoke solve {name} -o plan      the plan, its tables and maps

- `<region>/sites.csv`: where packs come from, in tonnes per class and year (`nmc_2030_t`), per class (`nmc_t`) or in
  all (`mass_t`); needed: `id, lat, lon` and tonnes.
- `<region>/hubs.csv`, `<region>/refineries.csv`: where plants stand (`status` open) or could stand (candidate);
  needed: `id, lat, lon`. An empty `max_t` means no limit. Add places of your own as new rows.
- `japan.toml`: every number with unit and source. It may be cut down to the lines that differ.
- `roads.csv`, `cities.csv`, `boundaries.geojson`: the road graph and the outlines; delete them to use those shipped.
- `overseas.csv`, `<region>/ports.csv` and the sea lanes in `lanes.csv`: black mass from abroad, read only with
  `sources.overseas = true`; rows of kind `cell-works` in `sites.csv` only with `sources.factory_scrap = true`.
- Optional: `lanes.csv` (`from_id, to_id, distance_km, cost_jpy_per_t, co2_kg_per_t`), `sizes.csv` (`plant_id,
  capacity_t, fixed_jpy_per_yr, variable_jpy_per_t`), `existing.csv` (`plant_id, status`).
- `SOURCES.md`: where the figures come from, how sure they are, and what is synthetic.

Tables may be CSV (UTF-8 or CP932), Excel (a sheet per table), GeoPackage (a layer per table) or Parquet.
"""


def write_starter(folder: str | Path) -> Path:
    """Write the data that ship and a short README into a new folder, whole or not at all.

    Parameters
    ----------
    folder : str or Path
        A folder that is empty or not there yet.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    UsageError
        It is not a folder, holds anything, or cannot be written.
    """
    target = Path(folder).absolute()
    try:
        refuse_filled(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    with replaced_folder(target) as made:
        _fill(made, target.name)
    return target


def refuse_filled(target: Path) -> None:
    """Refuse a folder to be made that is none, or that holds anything.

    Parameters
    ----------
    target : Path

    Raises
    ------
    UsageError
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target} is not a folder; name a new one")
    if target.is_dir() and any(target.iterdir()):
        raise UsageError(f"{target} is not empty; name a new folder, or empty it first")


def _fill(made: Path, name: str) -> None:
    shipped = shipped_data_folder()
    for path in sorted(shipped.iterdir()):
        if path.name.startswith((".", "_")) or path.name == GAZETTEER:
            continue
        if path.is_dir():
            shutil.copytree(path, made / path.name, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(path, made / path.name)
    (made / "README.md").write_text(README.format(name=shlex.quote(name)), encoding="utf-8")

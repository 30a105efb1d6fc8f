"""Write the layers of a plan as files of their own: GeoJSON for the web, GeoParquet for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyogrio

from hubspoke.base.errors import UsageError
from hubspoke.outputs.exports.plan_layers import LAYER_KINDS, plan_layers

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.plan.plan import PlanData

PLAIN = ("costs", "regions")
"""Tables of a plan whose rows have no place on a map."""


def write_geojson(plan: PlanData, folder: Path) -> None:
    """Write each layer of a plan as `<layer>.geojson`: UTF-8, degrees WGS84.

    Parameters
    ----------
    plan : PlanData
    folder : Path
        An empty folder.
    """
    for name, layer in plan_layers(plan).items():
        file = folder / f"{name}.geojson"
        pyogrio.write_dataframe(layer, file, driver="GeoJSON", geometry_type=LAYER_KINDS.get(name, "Point"))


def write_parquet(plan: PlanData, folder: Path) -> None:
    """Write each layer of a plan as GeoParquet, and the tables without places as Parquet, `<name>.parquet`.

    Parameters
    ----------
    plan : PlanData
    folder : Path
        An empty folder.

    Raises
    ------
    UsageError
        pyarrow is not installed.
    """
    try:
        for name, layer in plan_layers(plan).items():
            layer.to_parquet(folder / f"{name}.parquet", index=False)
        for name in PLAIN:
            getattr(plan, name).to_parquet(folder / f"{name}.parquet", index=False)
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow: pip install 'hubspoke[parquet]'") from error

"""The ground that plants share: those that stand at one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hubspoke.inputs.tables.schema import GIVEN, PRECISION

if TYPE_CHECKING:
    import pandas as pd


def fill_ground(*tables: pd.DataFrame) -> None:
    """Fill in empty grounds, in place: plants whose positions agree to four decimals of a degree share one ground.

    The ground bears the first of their ids. Positions found by name are shared by plants that stand apart, so that each
    of these has a ground of its own.

    Parameters
    ----------
    *tables : DataFrame
        Hubs and refineries.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    first: dict[tuple[float, float], str] = {}
    for frame in tables:
        given = (frame[PRECISION] == GIVEN).tolist()
        for key, spot, stands in zip(frame["id"].tolist(), _spots(frame), given, strict=True):
            if stands:
                first[spot] = min(key, first.get(spot, key))
    for frame in tables:
        named = (frame[PRECISION] != GIVEN).tolist()
        rows = zip(frame["ground"].tolist(), frame["id"].tolist(), _spots(frame), named, strict=True)
        frame["ground"] = pd.Series(
            [own or (key if by_name else first.get(spot, "")) for own, key, spot, by_name in rows], dtype=str
        )


def _spots(frame: pd.DataFrame) -> list[tuple[float, float]]:
    with np.errstate(over="ignore"):  # positions that cannot be are told by a check
        return list(zip(frame["lat"].round(4).tolist(), frame["lon"].round(4).tolist(), strict=True))

"""Ask a routing server (OSRM) for the distances of all lanes, and write them as a planner's lanes."""

from __future__ import annotations

import csv
import json
import math
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from hubspoke.base.atomic_write import replaced_file
from hubspoke.base.errors import UsageError
from hubspoke.inputs.read import read
from hubspoke.inputs.tables.schema import ALLOWED, FORBIDDEN

if TYPE_CHECKING:
    import pandas as pd

FILE = "lanes.csv"
HEAD = ("from_id", "to_id", "distance_km", "status", "source")
SIDE = 50
"""Starts and ends asked for at once: public servers take a hundred places."""
TIMEOUT_S = 60.0


def write_distances(
    folder: str | Path, url: str, *, side: int = SIDE, timeout_s: float = TIMEOUT_S
) -> tuple[Path, int]:
    """Write `lanes.csv` of a planner's folder with the distances by road of all sites, hubs and refineries.

    Parameters
    ----------
    folder : str or Path
        A planner's folder without lanes of its own.
    url : str
        Address of an OSRM server, such as `http://localhost:5000`.
    side : int
        Most starts, and most ends, in one request.
    timeout_s : float
        Seconds after which a request is given up.

    Returns
    -------
    file : Path
    lanes : int
        Pairs written; those that the server knows no way for are forbidden.

    Raises
    ------
    UsageError
        The folder is none or has lanes already, or the server does not answer as one of OSRM does.
    InputError
        The folder has faults.
    """
    target = Path(folder).absolute() / FILE
    if not target.parent.is_dir():
        raise UsageError(f"{folder} is no folder; distances are written into a folder of tables")
    if target.exists():
        raise UsageError(f"{target} is there already; move it away to have it written anew")
    if urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"{url} is no address of a server; write it as http://localhost:5000")
    network = read(folder)
    if len(network.given_lanes):
        raise UsageError(f"{folder} has lanes of its own already; move them away to have distances written")
    rows: list[tuple[str, str, str, str, str]] = []
    for starts, ends in ((network.sites, network.hubs), (network.hubs, network.refineries)):
        for some, others in product(_part(starts, side), _part(ends, side)):
            rows += _ask(url.rstrip("/"), some, others, timeout_s)
    with replaced_file(target) as made, made.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(rows)
    return target, len(rows)


def _part(table: pd.DataFrame, side: int) -> list[list[tuple[str, float, float]]]:
    """Return id, longitude and latitude of the rows of a table, so many at a time."""
    spots = [(str(row["id"]), float(row["lon"]), float(row["lat"])) for row in table.to_dict("records")]
    return [spots[start : start + side] for start in range(0, len(spots), side)]


def _ask(
    url: str, starts: list[tuple[str, float, float]], ends: list[tuple[str, float, float]], timeout_s: float
) -> list[tuple[str, str, str, str, str]]:
    places = ";".join(f"{lon:.6f},{lat:.6f}" for _, lon, lat in (*starts, *ends))
    sources = ";".join(map(str, range(len(starts))))
    targets = ";".join(map(str, range(len(starts), len(starts) + len(ends))))
    asked = f"{url}/table/v1/driving/{places}?sources={sources}&destinations={targets}&annotations=distance"
    metres = _read_metres(_fetch(url, asked, timeout_s), url, len(starts), len(ends))
    rows = []
    for start, line in zip(starts, metres, strict=True):
        for end, m in zip(ends, line, strict=True):
            told = ("", FORBIDDEN) if m is None else (f"{m / 1000:.3f}", ALLOWED)
            rows.append((start[0], end[0], *told, f"OSRM at {url}"))
    return rows


def _fetch(url: str, asked: str, timeout_s: float) -> Any:
    try:
        with urlopen(asked, timeout=timeout_s) as answer:  # noqa: S310 - the scheme was checked
            return json.load(answer)
    except HTTPError as error:
        told = error.read(300).decode("utf-8", errors="replace")
        raise UsageError(f"{url} refused to answer ({error.code}): {told}") from error
    except (URLError, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise UsageError(f"{url} does not answer within {timeout_s:g} s ({reason}); is the server running?") from error
    except ValueError as error:
        raise UsageError(f"{url} is no server of OSRM: its answer is no JSON") from error


def _read_metres(answer: Any, url: str, starts: int, ends: int) -> list[list[float | None]]:
    table: Any = answer.get("distances") if isinstance(answer, dict) and answer.get("code") == "Ok" else None
    shaped = isinstance(table, list) and len(table) == starts
    if not shaped or not all(isinstance(line, list) and len(line) == ends for line in table):
        told = answer.get("message", answer.get("code", "")) if isinstance(answer, dict) else ""
        raise UsageError(f"{url} returned no table of distances ({told}); OSRM from 5.22 on has one")
    numbers = [cell for line in table for cell in line if cell is not None]
    if not all(isinstance(cell, int | float) and math.isfinite(cell) and cell >= 0 for cell in numbers):
        raise UsageError(f"{url} returned distances that are no numbers")
    lines: list[list[float | None]] = table
    return lines

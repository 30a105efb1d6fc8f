"""A collaboration as files, and as data for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.base.atomic_write import check_replaceable, replaced_folder
from hubspoke.outputs.exports.csv_table import write_csv_table

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.analysis.decisions.collaboration.collaborate import Collaboration

MEMBERS, COALITIONS = "members.csv", "coalitions.csv"


def write_collaboration(found: Collaboration, folder: Path) -> None:
    """Write the tables of a collaboration into a folder, whole or not at all.

    Parameters
    ----------
    found : Collaboration
    folder : Path
        New, or one that was written so before.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written.
    """
    check_replaceable(folder, mark=COALITIONS, kind="tables of a collaboration", example="collaboration")
    with replaced_folder(folder, own=(MEMBERS, COALITIONS)) as made:
        for name, table in ((MEMBERS, found.members), (COALITIONS, found.coalitions)):
            write_csv_table(table, made / name)


def describe_collaboration(found: Collaboration) -> dict[str, Any]:
    """Return a collaboration as data for JSON; what has no value is null there.

    Parameters
    ----------
    found : Collaboration
    """
    names = found.members["member"].tolist()

    def name(coalition: int) -> str:
        return " + ".join(member for at, member in enumerate(names) if coalition >> at & 1)

    return {
        "by": found.by,
        "policy": found.policy,
        "year": found.year,
        "gap": found.gap,
        "together_jpy": found.together_jpy,
        "gain_jpy": found.gain_jpy,
        "least_core_jpy": found.least_core_jpy,
        "left_out_t": found.left_out_t,
        "members": found.members.to_dict("records"),
        "divisions": [
            {
                "method": one.method,
                "pays_jpy": None if one.share is None else dict(zip(names, one.share.tolist(), strict=True)),
                "outcome": None if one.stability is None else one.stability.outcome,
                "coalition": None if one.stability is None else name(one.stability.coalition),
                "gains_by_leaving_jpy": None if one.stability is None else one.stability.gains,
            }
            for one in found.divisions
        ],
        "coalitions": found.coalitions.to_dict("records"),
    }

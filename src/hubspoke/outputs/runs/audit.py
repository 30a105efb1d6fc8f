"""Recount a saved plan against the input that it was made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hubspoke.audit.audit import Audit, raise_failures, recount
from hubspoke.audit.check import Check, make_check
from hubspoke.outputs.runs.held_files import check_files
from hubspoke.outputs.runs.kept_input import ChangedInputError, read_kept_input
from hubspoke.outputs.runs.load import load_plan
from hubspoke.outputs.runs.unreadable import BrokenRunError
from hubspoke.plan.planned import fit_network

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network


def recount_run(folder: str | Path, *, source: str | Path | None = None, network: Network | None = None) -> Audit:
    """Recount a saved plan against the tables that were planned, and hold every file beside it against the plan.

    Parameters
    ----------
    folder : str or Path
        A run folder.
    source : str or Path, optional
        Folder of the input; by default the tables that the run folder keeps.
    network : Network, optional
        The input itself.

    Returns
    -------
    Audit
        Every check made, and the names of those that were skipped as the tables kept are damaged.

    Raises
    ------
    UsageError
        No run folder, or an input named that is not what was planned.
    """
    try:
        plan = load_plan(folder, as_it_is=True)
    except BrokenRunError as error:
        return Audit((make_check("files", error.broken),))
    if source is not None:
        from hubspoke.inputs.read import read_as_planned  # noqa: PLC0415 - only where an input is named

        network = read_as_planned(source, plan.settings)
    faults: list[Check] = []
    known: Network | None
    if network is not None:
        known = fit_network(plan, network)
    else:
        try:
            known = read_kept_input(plan, Path(folder))
        except ChangedInputError as error:
            known = None
            faults = [make_check("input", [str(error)])]
    found = recount(plan, known)
    return replace(found, checks=(*faults, *found.checks, *check_files(replace(plan, network=known), Path(folder))))


def audit_run(folder: str | Path, *, network: Network | None = None) -> Audit:
    """Recount a saved plan as `recount_run` does, and raise where it breaks a rule.

    Parameters
    ----------
    folder : str or Path
        A run folder.
    network : Network, optional
        The input; by default the tables that the run folder keeps.

    Returns
    -------
    Audit
        All of its checks passed.

    Raises
    ------
    UsageError
        No run folder.
    AuditError
        A check failed; the message names every one that did.
    """
    return raise_failures(recount_run(folder, network=network))

"""Audit a saved run against the input it was made from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.audit.audit import Audit, raise_failures, recount

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network


def audit_run(folder: str | Path, *, network: Network | None = None) -> Audit:
    """Audit a saved run folder, against its input where that is still what it was.

    Parameters
    ----------
    folder
        A run folder.
    network : Network, optional
        The input; by default it is read again from where `run.json` says it was.

    Raises
    ------
    AuditError
        Naming every check that failed.
    """
    from hubspoke.outputs.runs.load import load_plan, read_input_again  # noqa: PLC0415 - run folders are a later room

    plan = load_plan(folder)
    network = network or read_input_again(folder)
    if network is None or dict(network.hashes) != dict(plan.hashes):
        return raise_failures(recount(plan, None))
    return raise_failures(recount(plan, replace(network, settings=plan.settings)))

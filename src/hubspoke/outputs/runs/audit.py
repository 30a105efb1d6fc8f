"""Recount a saved plan against the input that it was made from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hubspoke.audit.audit import Audit, raise_failures, recount
from hubspoke.base.errors import UsageError
from hubspoke.outputs.runs.load import load_plan, read_input_again

if TYPE_CHECKING:
    from pathlib import Path

    from hubspoke.inputs.network import Network


def recount_run(folder: str | Path, *, source: str | Path | None = None, network: Network | None = None) -> Audit:
    """Recount a saved plan, against its input where that is still what it was.

    Parameters
    ----------
    folder : str or Path
        A run folder.
    source : str or Path, optional
        Folder of the input; by default where `run.json` says it was.
    network : Network, optional
        The input itself.

    Returns
    -------
    Audit
        Every check made, and the names of those that were skipped as the input is gone or has changed.

    Raises
    ------
    UsageError
        No run folder, or a folder named as the input that is not what was planned.
    """
    plan = load_plan(folder)
    if source is not None:
        from hubspoke.inputs.read import read_as_planned  # noqa: PLC0415 - only where an input is named

        network = read_as_planned(source, plan.settings)
    known = read_input_again(folder, plan.settings) if network is None else network
    same = known is not None and all(
        plan.hashes.get(file) == known.hashes.get(file)
        for file in set(plan.hashes) | set(known.hashes)
        if not file.endswith(".toml")  # the plan has its own settings
    )
    if source is not None and not same:
        raise UsageError(f"{source} is not what was planned: a table has changed since; name the input as it was")
    if known is None or not same:
        return recount(plan, None)
    return recount(plan, replace(known, settings=plan.settings))


def audit_run(folder: str | Path, *, network: Network | None = None) -> Audit:
    """Recount a saved plan as `recount_run` does, and raise where it breaks a rule.

    Parameters
    ----------
    folder : str or Path
        A run folder.
    network : Network, optional
        The input; by default it is read again from where `run.json` states it was.

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

"""What keeps a plant closed: the input, an order of the settings, or the request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection

    from hubspoke.settings.orders import Orders

Closure = Literal["status", "close", "only", "request"]


def closed_by(plant_id: str, *, status: str, orders: Orders, kind: Collection[str]) -> Closure:
    """Return what keeps a closed plant closed.

    Parameters
    ----------
    plant_id : str
    status : str
        Its status in the tables.
    orders : Orders
        Those of the settings.
    kind : collection of str
        Ids of all plants of its kind, among which `orders.only` may name some.

    Returns
    -------
    {"status", "close", "only", "request"}
        `status` where the tables say so, `close` and `only` by the order of that name, `request` by who asked for the
        plan.
    """
    if status == "closed":
        return "status"
    if plant_id in orders.close:
        return "close"
    return "only" if not set(orders.only).isdisjoint(kind) and plant_id not in orders.only else "request"

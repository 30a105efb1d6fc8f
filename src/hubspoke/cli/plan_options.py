"""What commands that plan a network anew all ask: policy, year, regions, plants, and what of the input is changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, get_type_hints

from hubspoke.cli.options import (
    Changes,
    Closed,
    Costs,
    Lang,
    Opened,
    PolicyName,
    Regions,
    Scenario,
    Supply,
    Year,
    parse_changes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hubspoke.cli.console import Console

OPTIONS: dict[str, Any] = {
    "policy": PolicyName,
    "year": Year,
    "region": Regions,
    "opened": Opened,
    "closed": Closed,
    "scenario": Scenario,
    "supply": Supply,
    "costs": Costs,
    "changes": Changes,
}
"""In the order of help, behind a command's own options and before its language."""


@dataclass(frozen=True)
class Asked:
    """What was asked; None where an option is not given."""

    policy: str | None = None
    year: int | None = None
    region: list[str] | None = None
    opened: list[str] | None = None
    closed: list[str] | None = None
    scenario: str | None = None
    supply: str | None = None
    costs: str | None = None
    changes: list[str] | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """Return the changes of settings by dotted key, as `read` takes them."""
        return parse_changes(self.changes, self.supply, self.scenario, self.costs)

    @property
    def request(self) -> dict[str, Any]:
        """Return policy, year, regions and plants as the functions of the library take them."""
        plants = {"opened": self.opened, "closed": self.closed}
        asked = {"policy": self.policy, "year": self.year, "regions": self.region or ()}
        return asked | {name: ids for name, ids in plants.items() if ids}


def with_plan_options(*, without: tuple[str, ...] = ()) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what gives a command the options of every plan, which it takes as one argument `asked`.

    Parameters
    ----------
    without : tuple of str
        Options that the command does not have.
    """
    names = [name for name in OPTIONS if name not in without]

    def add(run: Callable[..., None]) -> Callable[..., None]:
        kinds = get_type_hints(run, include_extras=True)
        own = [one.replace(annotation=kinds[one.name]) for one in signature(run).parameters.values()]
        own = [one for one in own if one.name != "asked"]
        last = [one for one in own if kinds[one.name] == Lang]
        more = [Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=OPTIONS[name]) for name in names]
        options = Signature([*(one for one in own if one not in last), *more, *last])

        @wraps(run)
        def command(*args: Any, **given: Any) -> None:
            asked = Asked(**{name: given.pop(name) for name in names})
            run(*args, **given, asked=asked)

        command.__signature__ = options  # type: ignore[attr-defined] # the standard place, though not in the stubs
        command.__annotations__ = {one.name: one.annotation for one in options.parameters.values()}
        return command

    return add


def note_prices(console: Console, changed: Iterable[str], objective: str) -> None:
    """Name prices that are changed and do not enter the plan, and say what to do.

    Parameters
    ----------
    console : Console
    changed : iterable of str
        Dotted keys of settings.
    objective : {"cost", "profit", "co2"}
        What is planned for.
    """
    from hubspoke.settings.money import list_prices  # noqa: PLC0415 - pydantic loads when something is read

    prices = list_prices(changed)
    if prices and objective != "profit":
        names = ", ".join(prices)
        console.say(
            f"{names}: prices of what is sold do not enter least cost or least CO2; plan with --objective profit, or "
            "see what a plan earns with hubspoke market"
        )

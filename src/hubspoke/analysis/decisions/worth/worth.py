"""What lies deeper in a plan: what its rules cost, or what a site's tonne or a plant's room is worth."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hubspoke.analysis.decisions.worth.plant import find_break_even, price_room
from hubspoke.analysis.decisions.worth.rules import price_rules
from hubspoke.analysis.decisions.worth.site import price_tonne
from hubspoke.analysis.decisions.worth.words import tell_plant, tell_rules, tell_tonne
from hubspoke.base.errors import UsageError
from hubspoke.plan.states import is_built

if TYPE_CHECKING:
    from hubspoke.inputs.network import Network
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def tell_worth(
    plan: PlanData,
    network: Network | None,
    name: str | None,
    *,
    seconds: float,
    borders: bool = False,
    lang: Lang = "en",
) -> tuple[list[str], dict[str, Any]]:
    """Plan anew what tells the worth of rules, tonnes, room or a plant; return it in lines, and as data.

    Parameters
    ----------
    plan : PlanData
        At least cost, every site served.
    network : Network or None
        That was planned.
    name : str, optional
        A site, hub or refinery of it; the rules of the plan when left out.
    seconds : float
        Time limit of each plan.
    borders : bool
        Whether borders are opened one by one, too.
    lang : {"en", "ja"}

    Raises
    ------
    UsageError
        The input is not at hand, or the plan is not at least cost.
    """
    if network is None:
        raise UsageError("the plan was saved without its input: nothing can be planned anew; name it by --input DIR")
    settings = plan.settings
    if name is None:
        rules = price_rules(plan, network, seconds=seconds, borders=borders)
        data = [{"rule": one.rule.key, "words": one.rule.english, **asdict(one.difference)} for one in rules]
        return tell_rules(rules, settings, lang), {"rules": data}
    if name in set(plan.assignments["site_id"]):
        tonne = price_tonne(plan, network, name, seconds=seconds)
        if tonne is None:
            return [], {"tonne": None}
        return [tell_tonne(tonne, settings, lang)], {"tonne": {"step_t": tonne.step_t, **asdict(tonne.difference)}}
    built = {str(one) for table in (plan.hubs, plan.refineries) for one in table.loc[is_built(table), "id"]}
    if name in built:
        room = price_room(plan, network, name, seconds=seconds)
        return tell_plant(room, None, settings, lang), {"room": {"step_t": room.step_t, **asdict(room.difference)}}
    even = find_break_even(plan, network, name, seconds=seconds)
    return tell_plant(None, even, settings, lang), {"break_even": None if even is None else asdict(even)}

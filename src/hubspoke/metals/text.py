"""The metals of a plan in a few readable tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hubspoke.metals.account import record_account, take_account
from hubspoke.metals.told import tell_co2, tell_exported, tell_ledger, tell_shares, tell_walk
from hubspoke.metals.told_duties import tell_duties
from hubspoke.metals.words import metals_words
from hubspoke.words.names import name_title
from hubspoke.words.policies import say_policy
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.metals.account import Account
    from hubspoke.metals.told import Told
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang


def metals_answer(plan: PlanData, *, by_site: bool = False, lang: Lang = "en") -> tuple[str, dict[str, Any]]:
    """Answer `hubspoke metals`: in words, and the same as data.

    Parameters
    ----------
    plan : PlanData
    by_site : bool
        Whether the ledger in the data has a row for every site.
    lang : {"en", "ja"}

    Returns
    -------
    text : str
    data : dict
        See `record_account`.
    """
    account = take_account(plan, by_site=by_site)
    words = metals_words(plan.settings, lang)
    policy = say_policy(plan.policy, lang)
    title = words["title"].format(name_title(plan.title, plan.settings, lang), plan.year, policy)
    parts = [title, *(write_told(told) for told in tell_account(account, lang))]
    return "\n\n".join(parts), record_account(account)


def tell_account(account: Account, lang: Lang) -> Iterator[Told]:
    """Yield everything that is told of an account, in its order.

    Parameters
    ----------
    account : Account
    lang : {"en", "ja"}

    Yields
    ------
    Told
    """
    first = (tell_ledger(account, lang), tell_shares(account, lang))
    yield from (told for told in first if told is not None)
    yield from tell_walk(account, lang)
    yield from tell_duties(account, lang)
    yield from tell_co2(account, lang)
    if (exported := tell_exported(account, lang)) is not None:
        yield exported


def write_told(told: Told) -> str:
    """Return a table of texts and its notes, as lines for a terminal.

    Parameters
    ----------
    told : Told
    """
    right = set(range(told.names, len(told.head) - told.ends_in_words))
    return "\n".join([told.title, *lay_out([told.head, *told.rows], right=right), *told.notes])

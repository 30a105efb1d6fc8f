"""Report where the metals go, what demand they meet, which duties the plan meets, and its CO2 beside ores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspoke.metals.account import take_account
from hubspoke.metals.text import tell_account
from hubspoke.outputs.report.blocks import Charts, Column, Paragraph, Section, Table
from hubspoke.outputs.report.metal_flow import draw_ledger, draw_plants, draw_regions
from hubspoke.words.commodity import in_commodity_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.metals.told import Told
    from hubspoke.outputs.report.blocks import Block
    from hubspoke.plan.plan import PlanData
    from hubspoke.words.language import Lang

TITLE = {
    "en": "Metals: where they go, demand, duties, CO2",
    "ja": "金属のゆくえ・需要・義務・CO2",
}

BY_REGION = {"en": "The same region by region", "ja": "地域別"}
BY_PLANT = {"en": "The same plant by plant", "ja": "施設別"}


def describe_metals(plan: PlanData, lang: Lang) -> Section | None:
    """Return the section on metals; None for a plan without any."""
    account = take_account(plan)
    if account.ledger.empty:
        return None
    blocks = tuple(block for told in tell_account(account, lang) for block in _set(told))
    picture = draw_ledger(plan, account.ledger, lang)
    charts = (Charts((picture,)),) if picture is not None else ()
    apart = ((BY_REGION, draw_regions), (BY_PLANT, draw_plants))
    drawn = tuple((words[lang], tuple(draw(plan, account.ledger, lang).values())) for words, draw in apart)
    folded = tuple(Charts(pictures, folded=words) for words, pictures in drawn if pictures)
    return Section("metals", in_commodity_words(TITLE[lang], plan.settings, lang), (*charts, *folded, *blocks))


def _set(told: Told) -> Iterator[Block]:
    """Yield a table and its notes."""
    last = len(told.head) - 1
    forms = ["prose" if told.ends_in_words and at == last else "number" for at in range(len(told.head))]
    forms[: told.names] = ["prose", *["text"] * (told.names - 1)]
    columns = tuple(Column(name, form) for name, form in zip(told.head, forms, strict=True))
    yield Table(told.title, columns, told.rows, total=told.total, shows_caption=True, small=True)
    yield from (Paragraph(note, role="small") for note in told.notes)

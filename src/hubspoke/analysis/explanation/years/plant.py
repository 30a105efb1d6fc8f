"""Explain a plant of a plan over several years: why it opens when it does, and what another year would cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from hubspoke.analysis.explanation.words import as_data, list_names
from hubspoke.analysis.explanation.years.trial import ROUNDED_JPY, base_network, first_open, try_opening
from hubspoke.analysis.explanation.years.words import format_amount, format_more, story_words
from hubspoke.base.errors import UsageError
from hubspoke.base.status import EXACT_GAP
from hubspoke.plan.horizon.steps import tell_steps
from hubspoke.plan.years import ABSENT
from hubspoke.settings.plants import Plant
from hubspoke.settings.technologies import split_technologies
from hubspoke.words.messages import translate
from hubspoke.words.names import name_plant, name_technology
from hubspoke.words.numbers import format_yen
from hubspoke.words.text_table import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubspoke.analysis.explanation.years.trial import YearsTrial
    from hubspoke.inputs.network import Network
    from hubspoke.plan.years import YearsData
    from hubspoke.settings.settings import Settings
    from hubspoke.words.language import Lang, Words


TRIED = 4
"""Most years in which a plant that is never open is opened for a trial, the first and the last among them."""


@dataclass(frozen=True)
class PlantYear:
    """What a plant is in one planned year; money per year but for the investment."""

    year: int
    stage: str
    step: str
    size_t: float
    load_t: float
    idle_share: float
    invested_jpy: float
    capital_jpy: float


@dataclass(frozen=True)
class PlantStory:
    """What a plant does over the years, and what its opening in another year would cost.

    Attributes
    ----------
    opens : int or None
        First year in which it is open; None where it never is.
    earliest : int or None
        Year before which nothing new of it can run, by lead time or permit; None where it can at any time.
    years : tuple of PlantYear
        Each planned year; empty where it is never open.
    trials : tuple of YearsTrial or None
        All planned again: one planned year earlier, one later, never; of a plant that is never open, open in
        some years. None where the input is not at hand.
    """

    plant_id: str
    kind: Literal["hub", "refinery"]
    name: str
    name_ja: str
    region: str
    technology: str
    existing_t: float
    objective: str
    opens: int | None
    earliest: int | None
    years: tuple[PlantYear, ...]
    trials: tuple[YearsTrial, ...] | None
    settings: Settings | None = field(default=None, repr=False)
    """Settings of the plan, for its words for the commodity."""

    def to_dict(self) -> dict[str, Any]:
        """Return the reasons as plain data."""
        return as_data(self)

    def summary(self, lang: Lang = "en") -> str:
        """Describe the reasons in a few lines."""
        return "\n".join(_describe(self, lang))


def explain_opening(plan: YearsData, plant_id: str, *, time_limit: float) -> PlantStory:
    """Explain a plant, planning all years again with its opening elsewhere.

    Parameters
    ----------
    plan : YearsData
        With the networks of its years; without them nothing is planned again.
    plant_id : str
    time_limit : float
        Seconds for each of the new plans.

    Raises
    ------
    UsageError
        An electric furnace, which stands anyway.
    """
    first = plan.plans[plan.years[0]]
    kind: Literal["hub", "refinery"] = "hub" if plant_id in set(first.hubs["id"]) else "refinery"
    table = first.hubs if kind == "hub" else first.refineries
    row = table[table["id"] == plant_id].iloc[0]
    if row["state"] == "furnace" or str(row["technology"]) in plan.settings.furnaces:
        raise UsageError(f"{plant_id} is an electric furnace, which stands anyway and takes what pays: it never opens")
    rows = tell_stages(plan, plant_id)
    opens = first_open(plan).get(plant_id)
    network = base_network(plan) if first.network is not None else None
    earliest = None if network is None else _earliest(network, kind, plant_id, str(row["technologies"]))
    trials = None
    if network is not None:
        years = _other_years(plan.years, opens)
        trials = tuple(
            try_opening(plan, plant_id, str(row["region"]), year, network, seconds=time_limit)
            for year in years
        )  # fmt: skip
    return PlantStory(
        plant_id=plant_id,
        kind=kind,
        name=str(row["name"]),
        name_ja=str(row["name_ja"]),
        region=str(row["region"]),
        technology=next((one["technology"] for one in rows if one["technology"]), ""),
        existing_t=float(row["existing_t"]),
        objective=plan.objective,
        opens=opens,
        earliest=earliest,
        years=tuple(
            PlantYear(
                year=int(one["year"]), stage=str(one["stage"]), step=str(one["step"]),
                **{name: float(one[name])
                   for name in ("size_t", "load_t", "idle_share", "invested_jpy", "capital_jpy")},
            )
            for one in rows
        ),
        trials=trials,
        settings=plan.settings,
    )  # fmt: skip


def tell_stages(plan: YearsData, plant_id: str) -> list[dict[Any, Any]]:
    """Return the rows of a plant in the schedule, steps in the words of `tell_steps`.

    Parameters
    ----------
    plan : YearsData
    plant_id : str
    """
    rows = plan.schedule[plan.schedule["id"] == plant_id]
    steps = tell_steps(rows).set_index("year")["step"]
    told: list[dict[Any, Any]] = rows.assign(step=rows["year"].map(steps).fillna("")).to_dict("records")
    return told


def _other_years(years: tuple[int, ...], opens: int | None) -> list[int | None]:
    """Return the years to try: the one before, the one after and never; of a plant that is never open up to `TRIED`."""
    if opens is None:
        shown = sorted({round(at * (len(years) - 1) / (TRIED - 1)) for at in range(TRIED)})
        return [years[at] for at in shown]
    at = years.index(opens)
    return [*years[max(at - 1, 0) : at], *years[at + 1 : at + 2], None]


def _earliest(network: Network, kind: str, plant_id: str, technologies: str) -> int | None:
    """Return the year before which nothing new of a plant can run; None where it can at any time."""
    plants = network.hubs if kind == "hub" else network.refineries
    row = plants[plants["id"] == plant_id].iloc[0]
    settings = network.settings
    known = settings.hub_technologies if kind == "hub" else settings.refinery_technologies
    limits = [float(row["opens_from"])] if float(row["opens_from"]) > 0 else []
    if settings.years.decided_from is not None and row["status"] != "open" and not float(row["existing_t"]) > 0:
        leads = [
            float(one.lead_time_yr)
            for name in split_technologies(technologies)
            if isinstance(one := known.get(name), Plant)
        ]
        limits += [settings.years.decided_from + min(leads)] if leads else []
    return None if not limits else int(-(-max(limits) // 1))


def _describe(story: PlantStory, lang: Lang) -> Iterator[str]:
    words, settings = story_words(lang, story.settings), story.settings
    technology = ""
    if story.technology and settings is not None:
        technology = words["technology_told"].format(name_technology(settings, story.technology, lang))
    name = name_plant({"id": story.plant_id, "name": story.name, "name_ja": story.name_ja}, lang)
    yield words["plant_head"].format(
        id=story.plant_id,
        name="" if name == story.plant_id else name,
        kind=words[story.kind] if lang == "ja" else words[story.kind].lower(),
        region=story.region,
        technology=technology,
    )
    if story.existing_t > 0:
        yield words["stood"].format(tonnes=f"{story.existing_t:,.0f}")
    if story.opens is None:
        yield words["never_used"]
    else:
        rows = [tuple(words[key] for key in ("year", "step", "size", "takes", "use", "invested", "owed"))]
        rows += [_tell_year(one, words) for one in story.years]
        yield from lay_out(rows, right={2, 3, 4, 5, 6})
    yield ""
    if story.trials is None:
        yield words["no_input"]
        return
    yield words["trials_head"]
    for trial in story.trials:
        yield from _tell_trial(story, trial, words, lang)
    yield from _tell_why(story, words, lang)


def _tell_year(one: PlantYear, words: Words) -> tuple[str, ...]:
    if one.stage == ABSENT:
        return (str(one.year), words["is_absent"], "", "", "", "", "")
    step = words[f"is_{one.step}"] if one.step or one.stage == "open" else words[f"is_{one.stage}"]
    used = f"{100 * (1 - one.idle_share):.0f} %" if one.size_t > 0 else ""
    return (
        str(one.year),
        step,
        f"{one.size_t:,.0f}",
        f"{one.load_t:,.0f}",
        used,
        f"{one.invested_jpy / 1e6:,.0f}",
        f"{one.capital_jpy / 1e6:,.1f}",
    )


def _tell_trial(story: PlantStory, trial: YearsTrial, words: Words, lang: Lang) -> Iterator[str]:
    key = "opens_never" if trial.year is None else "opens_in"
    if story.opens is not None and trial.year is not None:
        key = "opens_earlier" if trial.year < story.opens else "opens_later"
    head = "  " + words[key].format(year=trial.year) + words["colon"]
    if trial.outcome != "plan" or trial.more is None or trial.least_more is None or trial.most_more is None:
        early = trial.year is not None and story.earliest is not None and trial.year < story.earliest
        if trial.outcome == "infeasible" and early:
            yield head + words["too_early"].format(year=story.earliest)
        elif trial.outcome == "infeasible":
            yield head + words["no_plan"].format(reason=translate(trial.reason, lang))
        else:
            yield head + words["nothing_proven"]
        return

    def tell(value: float) -> str:
        return format_amount(value, story.objective, words, lang, story.settings)

    told = [format_more(trial.more, story.objective, words, lang, story.settings)]
    ends = {"least": tell(trial.least_more), "most": tell(trial.most_more)}
    if trial.most_more - trial.least_more <= max(ROUNDED_JPY, 10 * EXACT_GAP * abs(trial.more)) or (
        ends["least"] == ends["most"]
    ):
        told.append(words["proven_exactly"])
    else:
        told.append(words["proven_range" if trial.is_proven else "not_proven"].format(**ends))
    yield head + words["list_comma"].join(told)
    parts = [
        f"{words[name]} {'+' if value > 0 else '−'}{format_yen(abs(value), lang, story.settings)}"
        for name, value in trial.parts_jpy.items()
        if abs(value) >= ROUNDED_JPY
    ]
    if parts:
        yield "    " + words["made_of_parts"].format(parts=words["list_comma"].join(parts))
    names = [words["instead_opens"].format(id=name, year=year) for name, year in trial.opens]
    names += [words["instead_drops"].format(id=name) for name in trial.drops]
    if names:
        yield "    " + words["instead"].format(names=list_names(names, words))


def _tell_why(story: PlantStory, words: Words, lang: Lang) -> Iterator[str]:
    """Yield which part of the cost speaks against each other year, and which for it."""
    if story.objective != "cost":
        return
    for trial in story.trials or ():
        if trial.more is None or trial.more <= ROUNDED_JPY:
            continue
        dearer = max(trial.parts_jpy, key=lambda name: trial.parts_jpy[name])
        saving = min(trial.parts_jpy, key=lambda name: trial.parts_jpy[name])
        saves = trial.parts_jpy[saving] < -ROUNDED_JPY
        if trial.year is None:
            key = "why_never" if saves else "why_never_no_saving"
        else:
            key = "why_not_earlier" if saves else "why_no_saving"
        yield words[key].format(
            year=trial.year,
            dearer=words[dearer],
            more=format_yen(trial.parts_jpy[dearer], lang, story.settings),
            saving=words[saving],
            less=format_yen(-trial.parts_jpy[saving], lang, story.settings),
        )
    if story.opens is not None and not any(
        trial.year is not None and trial.year < story.opens for trial in story.trials or ()
    ):
        yield words["no_earlier"].format(year=story.opens)

"""A line on the terminal that moves while something takes time: how long it has, and how far a search has come."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console as Rich
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from hubspoke.words.language import speak
from hubspoke.words.numbers import format_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hubspoke.base.search_log import Reached
    from hubspoke.words.language import Lang, Pairs

WORDS: Pairs = {
    "gap": ("within {gap} of the best", "最良との差{gap}以内"),
    "hub": ("{count} hub", "ハブ{count}か所"),
    "hubs": ("{count} hubs", "ハブ{count}か所"),
    "comma": (", ", "、"),
}
LOG = logging.getLogger("hubspoke")


@contextmanager
def live_line(words: str, tell_value: Callable[[float], str] | None, lang: Lang = "en") -> Iterator[None]:
    """Show the line while the block runs; what is written to stderr meanwhile stands above it.

    Parameters
    ----------
    words : str
        What is being done.
    tell_value : callable, optional
        Puts the value of a plan in words, where the search has one to show.
    lang : {"en", "ja"}
    """
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[told]}"),
    )
    with Progress(*columns, console=Rich(stderr=True), transient=True) as shown:
        task = shown.add_task(words, total=None, told="")
        listener = _Listener(lambda reached: shown.update(task, told=tell_reached(reached, tell_value, lang)))
        level = LOG.level
        LOG.addHandler(listener)
        LOG.setLevel(min(level, logging.INFO) if level else logging.INFO)
        try:
            yield
        finally:
            LOG.removeHandler(listener)
            LOG.setLevel(level)


def tell_reached(reached: Reached, tell_value: Callable[[float], str] | None, lang: Lang = "en") -> str:
    """Put in words how far a search has come; empty while there is no plan.

    Parameters
    ----------
    reached : Reached
    tell_value : callable, optional
        As for `live_line`.
    lang : {"en", "ja"}
    """
    if not reached.hubs:
        return ""
    words = speak(WORDS, lang)
    parts = [] if tell_value is None else [tell_value(reached.best)]
    if reached.gap < 1:
        parts.append(words["gap"].format(gap=format_gap(reached.gap)))
    parts.append(words["hubs" if reached.hubs > 1 else "hub"].format(count=reached.hubs))
    return words["comma"].join(parts)


class _Listener(logging.Handler):
    """Hand on what the log tells of a search."""

    def __init__(self, hand_on: Callable[[Reached], None]) -> None:
        super().__init__(logging.INFO)
        self._hand_on = hand_on

    def emit(self, record: logging.LogRecord) -> None:
        reached = getattr(record, "reached", None)
        if reached is not None:
            self._hand_on(reached)

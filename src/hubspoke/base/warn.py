"""Warnings to whoever plans, by the logger of the library; the command line says them in the language asked for."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGGER = logging.getLogger("hubspoke")


def warn_user(words: str) -> None:
    """Warn whoever plans.

    Parameters
    ----------
    words : str
        In English, of one line.
    """
    LOGGER.warning("%s", words)


@contextmanager
def gathered_warnings() -> Iterator[list[str]]:
    """Hold back what is warned of, so that it can be told at once.

    Yields
    ------
    list of str
        Filled as long as the context lasts.
    """
    held: list[str] = []

    def hold(record: logging.LogRecord) -> bool:
        if record.levelno != logging.WARNING:
            return True
        held.append(record.getMessage())
        return False

    LOGGER.addFilter(hold)
    try:
        yield held
    finally:
        LOGGER.removeFilter(hold)


def warn_of_cases(told: dict[str, list[str]]) -> None:
    """Warn once of what holds for several cases, with their names where it does not hold for all.

    Parameters
    ----------
    told : dict of str to (list of str)
        What was warned of, by the name of the case.
    """
    for words in dict.fromkeys(line for lines in told.values() for line in lines):
        names = [name for name, lines in told.items() if words in lines]
        warn_user(words if len(names) == len(told) else f"{', '.join(names)}: {words}")

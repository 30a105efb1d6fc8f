"""Read one folder under many settings: files, typed tables and what is found in them are shared where they can be."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import InputError, list_findings
from hubspoke.base.shipped import shipped_data_folder
from hubspoke.base.warn import warn_user
from hubspoke.inputs.check.check import apply_rules
from hubspoke.inputs.check.supply import scale_sites
from hubspoke.inputs.check.table_changes import change_tables
from hubspoke.inputs.files.folder import find_files
from hubspoke.inputs.network import Network
from hubspoke.inputs.tables.survey import Survey, survey_folder
from hubspoke.settings.load import load_settings
from hubspoke.settings.reading.recorded import record, sections_equal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubspoke.settings.settings import Settings

HELD = 4
"""Most readings that are held, one for each set of sections that differ."""


@dataclass(frozen=True)
class _Reading:
    """What a folder holds under some settings, and the sections of them on which it depends."""

    survey: Survey
    settings: Settings
    sections: frozenset[str]


class SharedInput:
    """A planner's folder that is read under many settings.

    Parameters
    ----------
    folder : str or Path, optional
        As in `read`; None for the data that ship.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder: Path | None = None if folder is None else Path(folder)
        self._layout = find_files(self.folder or shipped_data_folder())
        if self.folder is not None and (faults := [one for one in self._layout.findings if one.fatal]):
            raise InputError(faults)
        self._held: OrderedDict[int, _Reading] = OrderedDict()
        self._next = 0
        self._told: set[str] = set()
        self._hashes: dict[str, str] | None = None

    def settings(self, changes: Mapping[str, Any]) -> Settings:
        """Return the settings of the folder under changes.

        Parameters
        ----------
        changes : mapping of str to any
            As in `read`.

        Raises
        ------
        InputError
            With every fault of the settings.
        """
        return load_settings(self._layout.settings, changes, self._layout.scenarios, self._layout.titles)

    def hashes(self, settings: Settings) -> dict[str, str]:
        """Return the SHA-256 of every file of tables and outlines, by its name, without those of settings.

        Parameters
        ----------
        settings : Settings
            By which the files are read the first time; what they hold depends on no settings.
        """
        if self._hashes is None:
            found = self._survey(settings)
            self._hashes = {name: digest for name, digest in sorted(found.hashes.items()) if not name.endswith(".toml")}
        return self._hashes

    def read(self, settings: Settings) -> Network:
        """Return the network under some settings, the same as `read` makes it.

        Parameters
        ----------
        settings : Settings
            Those of the folder under changes.

        Raises
        ------
        InputError
            With every fault at once. A warning is told once, however many settings it holds for.
        """
        found = self._survey(settings)
        found.tables["sites"] = scale_sites(found.tables["sites"], settings)
        change_tables(found)
        apply_rules(found)
        if faults := [finding for finding in found.findings if finding.fatal]:
            raise InputError(faults)
        for line in list_findings(found.findings, per_kind=5):
            if line not in self._told:
                self._told.add(line)
                warn_user(line)
        return Network.of_survey(found)

    def _survey(self, settings: Settings) -> Survey:
        """Return what the folder holds, to be changed freely: read now, or as it was read under settings that agree."""
        for number, held in self._held.items():
            if sections_equal(held.settings, settings, held.sections):
                self._held.move_to_end(number)
                return _copy(held.survey, settings)
        noting, noted = record(settings)
        survey = survey_folder(self.folder, None, noting)
        sections = frozenset(noted)
        survey.settings = settings
        self._held[self._next] = _Reading(survey, settings, sections)
        self._next += 1
        if len(self._held) > HELD:
            self._held.popitem(last=False)
        return _copy(survey, settings)


def _copy(survey: Survey, settings: Settings) -> Survey:
    """Return a survey in which tables can take the place of others; the tables are shared, and never changed."""
    return replace(
        survey,
        settings=settings,
        tables=dict(survey.tables),
        hashes=dict(survey.hashes),
        findings=list(survey.findings),
        split=dict(survey.split),
    )

"""Find the data that ship with the package."""

from __future__ import annotations

from pathlib import Path

from hubspoke.base.errors import HubspokeError

SHIPPED_SETTINGS = "japan.toml"


def shipped_data_folder() -> Path:
    """Return the folder of the Japanese data, inside the installed package or else in the source tree.

    Raises
    ------
    HubspokeError
        Neither of the two is there.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "data" / "regions", package.parents[1] / "data" / "regions"):
        if (folder / SHIPPED_SETTINGS).is_file():
            return folder
    raise HubspokeError(f"the data that ship with hubspoke are missing beside {package}; install the package again")

"""Addresses of lots, places and processes: what formats ask for as URIs."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from hubspoke.base.errors import UsageError

USUAL_BASE = "https://hubspoke.example/"
"""Of a name that nobody can own (RFC 2606): a planner who hands files on names his own."""


@dataclass(frozen=True)
class Addresses:
    """Addresses below one of a planner's own."""

    base: str = USUAL_BASE

    def lot(self, name: str) -> str:
        """Return the address of a lot."""
        return f"{self.base}lot/{quote(name, safe='')}"

    def place(self, kind: str, name: str) -> str:
        """Return the address of a site or plant."""
        return f"{self.base}{quote(kind, safe='')}/{quote(name, safe='')}"

    def process(self, name: str) -> str:
        """Return the address of a process or a pool."""
        return f"{self.base}process/{quote(name, safe='')}"


def choose_addresses(base: str = USUAL_BASE) -> Addresses:
    """Return addresses below a base.

    Parameters
    ----------
    base : str
        An absolute URI, such as `https://example.com/` or `urn:example:`.

    Returns
    -------
    Addresses

    Raises
    ------
    UsageError
        It is no absolute URI.
    """
    parts = urlsplit(base)
    if not parts.scheme or not (parts.netloc or parts.path) or any(letter.isspace() for letter in base):
        raise UsageError(f"--uri {base}: write an absolute address, such as https://example.com/")
    return Addresses(base if base.endswith(("/", ":", "#")) else f"{base}/")

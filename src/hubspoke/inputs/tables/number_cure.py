"""Say how to write a cell that was meant as a number."""

from __future__ import annotations

import re
import unicodedata

from hubspoke.base.spelling import list_words

NUMBER_IN_TEXT = re.compile(r"^([-+]?\d+(?:\.\d+)?)\s*[^\d.,]+$")

MULTIPLES = {"千": 1e3, "万": 1e4, "億": 1e8, "k": 1e3, "K": 1e3, "M": 1e6}
"""Words and signs behind a number that stand for zeros."""
NOTHING = frozenset(list_words("- – — ― ー ‐ なし 無し 無 制限なし 上限なし 無制限 該当なし n/a na none nil unlimited"))
"""What people write in a cell that has no number."""
MULTIPLIED = re.compile(rf"([-+]?[\d,]*\d(?:\.\d+)?)\s*([{''.join(MULTIPLES)}])\s*(?:トン|t)?")


def number_cure(cell: str, *, limit: bool = True) -> str:
    """Return how to write a cell that was meant as a number; an empty one may mean that there is no limit.

    Parameters
    ----------
    cell : str
    limit : bool
        Whether an empty cell of the column means that there is no limit.

    Returns
    -------
    str
    """
    plain = unicodedata.normalize("NFKC", cell).strip()
    if re.fullmatch(r"[-+]?\d{1,3}([, '’]\d{3})+(\.\d+)?", plain):
        return f"write {re.sub('[^0-9.+-]', '', plain)}, without thousands separators"
    if re.fullmatch(r"[-+]?\d+,\d+", plain):
        return f"write {plain.replace(',', '.')}, with a decimal point"
    if plain != cell and re.fullmatch(r"[-+]?\d+(\.\d+)?", plain):
        return f"write {plain} in half-width digits"
    if match := NUMBER_IN_TEXT.match(plain) or MULTIPLIED.fullmatch(plain):
        return _write_alone(plain, match[1])
    return _cure_word(plain.lower(), limit=limit)


def _cure_word(word: str, *, limit: bool) -> str:
    """Return what to write for a cell without a number in it."""
    if word in NOTHING:
        return "leave the cell empty where there is no limit" if limit else "leave the cell empty"
    if limit and word.lstrip("+-") in ("inf", "infinity"):
        return "write a finite number, or leave the cell empty where there is no limit"
    return "write a number with a decimal point, such as 1234.5"


def _write_alone(plain: str, number: str) -> str:
    if match := MULTIPLIED.fullmatch(plain):
        return f"write {float(match[1].replace(',', '')) * MULTIPLES[match[2]]:.15g}, without words"
    return f"write {number} alone; the unit stands in the column's name"

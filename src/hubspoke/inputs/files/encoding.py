"""Decode the bytes of a text file: UTF-8, CP932 or 7-bit JIS, or say which other encoding they seem to be."""

from __future__ import annotations

import re

from hubspoke.base.errors import Finding

SAVE_AS = "save the file as CSV UTF-8 (Excel: Save As, CSV UTF-8)"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
FIRST_8_BIT = 0x80
HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
SURELY_NATURAL = 0.98
"""Of kana and usual kanji; EUC-JP read as CP932 is below it but for a few single words."""
JIS_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([BJI])")


def decode(data: bytes, name: str) -> tuple[str | None, list[Finding]]:
    """Decode UTF-8, with or without a byte-order mark, CP932 as Excel in Japan writes it, or 7-bit JIS.

    Parameters
    ----------
    data : bytes
        Content of the file.
    name : str
        Name of the file in findings.

    Returns
    -------
    text : str or None
        None where the bytes are none of these.
    findings : list of Finding
        What the encoding may be where the text is None; a warning where it is 7-bit JIS.
    """
    if data.startswith(UTF16_MARKS):
        return None, [_bad_encoding(name, 0, "the text is UTF-16")]
    if JIS_ESCAPE.search(data) and max(data, default=0) < FIRST_8_BIT:
        return _decode_jis(data, name)
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _decode_cp932(data, name, error)


def _decode_cp932(data: bytes, name: str, utf8: UnicodeDecodeError) -> tuple[str | None, list[Finding]]:
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError as error:
        return None, [_explain(data, name, utf8, error.start)]
    natural = HALF_WIDTH.search(text) is not None and _naturalness(text) >= SURELY_NATURAL
    if not natural and (_is_damaged_utf8(data) or _is_euc_jp(data, text)):
        return None, [_explain(data, name, utf8, 0)]
    if natural and _is_euc_jp(data, ""):
        word = next(found[0] for found in HALF_WIDTH.finditer(text))
        problem = f"could be CP932 or EUC-JP; read as CP932, with half-width katakana such as {word!r}"
        return text, [Finding(name, 0, "", problem, SAVE_AS, fatal=False, kind="encoding")]
    return text, []


def _decode_jis(data: bytes, name: str) -> tuple[str | None, list[Finding]]:
    try:
        text = data.decode("iso2022_jp_ext")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        return None, [_bad_encoding(name, row, "the text looks like 7-bit JIS (ISO-2022-JP), but is damaged")]
    problem = "the text is 7-bit JIS (ISO-2022-JP); read that way"
    return text, [Finding(name, 0, "", problem, SAVE_AS, fatal=False, kind="encoding")]


def _explain(data: bytes, name: str, utf8: UnicodeDecodeError, cp932_start: int) -> Finding:
    if _is_damaged_utf8(data):
        row = data[: utf8.start].count(b"\n") + 1
        return _bad_encoding(name, row, f"byte 0x{data[utf8.start]:02x} is not UTF-8, though the rest is")
    if _is_euc_jp(data, ""):
        return _bad_encoding(name, 0, "the text looks like EUC-JP")
    row = data[:cp932_start].count(b"\n") + 1
    return _bad_encoding(name, row, "the text is neither UTF-8 nor CP932 (Shift_JIS)")


def _bad_encoding(name: str, row: int, problem: str) -> Finding:
    return Finding(name, row, "", problem, SAVE_AS, kind="encoding")


def _is_damaged_utf8(data: bytes) -> bool:
    foreign = [sign for sign in data.decode("utf-8", errors="replace") if ord(sign) > 127]
    lost = sum(sign == "\ufffd" for sign in foreign)
    return data.startswith(b"\xef\xbb\xbf") or lost * 2 < len(foreign)


def _is_euc_jp(data: bytes, as_cp932: str) -> bool:
    """Return whether bytes that CP932 can read, too, are rather EUC-JP.

    Half-width katakana of CP932, two by two, are kanji of EUC-JP, and text of EUC-JP, read as CP932, is half-width
    katakana. The reading that makes more usual signs is taken.
    """
    foreign = [sign for sign in as_cp932 if ord(sign) > 127]
    half_width = sum("\uff61" <= sign <= "\uff9f" for sign in foreign)
    try:
        text = data.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    if as_cp932 and half_width * 2 < len(foreign):
        return False
    return _naturalness(text) >= _naturalness(as_cp932) if as_cp932 else True


def _naturalness(text: str) -> float:
    """Return the share of signs beyond ASCII that are usual in names: kana, frequent kanji, and whole half-width words.

    Rare kanji, which JIS keeps on its second level, and half-width marks in odd places count as 0.
    """
    foreign = [(place, sign) for place, sign in enumerate(text) if ord(sign) > 127]
    usual = sum(_is_usual(text, place, sign) for place, sign in foreign)
    return usual / len(foreign) if foreign else 0.0


def _is_usual(text: str, place: int, sign: str) -> bool:
    before = text[place - 1] if place else ""
    if sign in "\uff9e\uff9f":  # voicing marks of half-width katakana
        return "\uff76" <= before <= "\uff8e"
    if sign in "\uff67\uff68\uff69\uff6a\uff6b\uff6c\uff6d\uff6e\uff6f\uff70":  # small kana and the long vowel
        return "\uff66" <= before <= "\uff9f"
    if "\uff61" <= sign <= "\uff65":
        return False
    if "\uff71" <= sign <= "\uff9d" or "\u3041" <= sign <= "\u30fe":
        return True
    try:
        high = sign.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return len(high) == 2 and 0xB0 <= high[0] <= 0xCF  # kanji of JIS level 1

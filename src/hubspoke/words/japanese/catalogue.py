"""Every text of errors and findings with its Japanese."""

from __future__ import annotations

from hubspoke.words.japanese import checks, files, folders, settings, tables

FRAMES = {
    "{count} problem{s} in the input:": "入力に問題が{count}件ある：",
    "{place}: and {more} more row{s} like these": "{place}：同様の行がほかに{more}件",
    "{place}: {problem} -> {cure}": "{place}：{problem} → {cure}",
    "{file}, row {row}, column {column}": "{file} {row}行目（{column}）",
    "{file}, row {row}": "{file} {row}行目",
    "{file}, column {column}": "{file}（{column}）",
}
"""How findings are listed; those that say most come first."""
CATALOGUE = {
    **checks.MESSAGES,
    **files.MESSAGES,
    **folders.MESSAGES,
    **settings.MESSAGES,
    **tables.MESSAGES,
}
"""Japanese by English, both as `str.format` takes them; the names of holes are those of this catalogue alone."""

"""The help page in Japanese, for whoever asks with `--lang ja` or works in a Japanese locale."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ASKING = ("--help", "-h")
LANG = "--lang"
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system keeps its language; the first that is set holds."""
WIDTH = 100
"""Columns of a help page that no terminal reads, and the most of one."""


def take_language(args: Sequence[str], environment: Mapping[str, str] = os.environ) -> tuple[str, list[str]]:
    """Return the language in which help is told, and the arguments without it where no command takes it.

    Parameters
    ----------
    args : sequence of str
        Behind the name of the program.
    environment : mapping of str to str
        `HUBSPOKE_LANG` and the locale, where `--lang` is not among the arguments.

    Returns
    -------
    lang : str
        "en" or "ja", or what else was written behind `--lang`.
    rest : list of str

    Examples
    --------
    >>> take_language(["--lang", "ja", "--help"], {})
    ('ja', ['--help'])
    >>> take_language(["solve", "--help", "--lang=ja"], {})
    ('ja', ['solve', '--help', '--lang=ja'])
    >>> take_language(["--help"], {"LANG": "ja_JP.UTF-8"})
    ('ja', ['--help'])
    """
    rest, lang, ahead = list(args), "", True
    for at, word in enumerate(args):
        name, equals, value = word.partition("=")
        if name == LANG:
            lang = value if equals else next(iter(args[at + 1 :]), "")
            if ahead:
                rest = [*args[:at], *args[at + (1 if equals else 2) :]]
            break
        ahead = ahead and word.startswith("-")
    if not lang:
        local = next((environment[name] for name in LOCALE if environment.get(name)), "")
        lang = environment.get("HUBSPOKE_LANG") or ("ja" if local.startswith("ja") else "en")
    return lang, rest


def help_in_japanese(group: Any, ctx: Any, args: list[str]) -> tuple[str, list[str]]:
    """Return the help page that is asked for, where Japanese is spoken, else none and the arguments to go on with.

    Typer folds lines at spaces, and cuts off what has none, as Japanese; so these pages are laid out here.

    Parameters
    ----------
    group : TyperGroup
    ctx : Context
    args : list of str
        Of the program.

    Returns
    -------
    page : str
        Empty where no help is asked for, or not in Japanese.
    args : list of str
    """
    if args and not set(ASKING) & set(args):
        return "", args
    lang, rest = take_language(args)
    named = next((word for word in rest if not word.startswith("-")), "")
    if lang != "ja" or (named and named not in group.commands):
        return "", rest
    from hubspoke.words.fitted import fit_lines  # noqa: PLC0415 - takes time at every start
    from hubspoke.words.japanese.help import translate_help  # noqa: PLC0415 - takes time at every start
    from hubspoke.words.text_table import lay_out  # noqa: PLC0415 - takes time at every start

    command = group.commands.get(named, group)
    usage = " ".join([ctx.command_path, *([] if command is group else [named]), *command.collect_usage_pieces(ctx)])
    text = translate_help(command.help or "").replace("`", "")
    options = [*command.params, command.get_help_option(ctx)]
    parts = [
        ("引数", [_tell_option(option) for option in options if option.param_type_name == "argument"]),
        ("オプション", [_tell_option(option) for option in options if option.param_type_name == "option"]),
        ("コマンド", [(name, one.help) for name, one in group.commands.items()] if command is group else []),
    ]
    lines = [f"使い方：{usage}", "", text]
    for title, rows in parts:
        if rows:
            told = [("", name, next(iter(translate_help(words).split("\n"))).replace("`", "")) for name, words in rows]
            lines += ["", f"{title}：", *lay_out(told, right=set())]
    return fit_lines("\n".join(lines), min(shutil.get_terminal_size((WIDTH, 0)).columns, WIDTH)), rest


def _tell_option(option: Any) -> tuple[str, str]:
    """Return an option as it is written, and what it says."""
    flag = getattr(option, "is_flag", False) or getattr(option, "count", False)
    takes = "" if flag else option.metavar or option.opts[0].strip("-").upper()
    if option.param_type_name == "argument":
        return takes, option.help or ""
    return f"{', '.join([*option.opts, *option.secondary_opts])} {takes}".strip(), option.help or ""

"""The language that is spoken, and the help page in Japanese: with `--lang ja` or in a Japanese locale."""

from __future__ import annotations

import os
import shutil
from locale import getlocale
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

ASKING = ("--help", "-h")
LANG = "--lang"
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system keeps its language; the first that is set holds."""
WIDTH = 100
"""Columns of a help page that no terminal reads, and the most of one."""


def find_language(args: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that is spoken: that of `--lang`, of `HUBSPOKE_LANG`, or of the locale.

    Parameters
    ----------
    args : sequence of str
        Behind the name of the program; the last `--lang` counts.
    environment : mapping of str to str

    Returns
    -------
    str
        "en" or "ja", or what else was asked for.

    Examples
    --------
    >>> find_language(["--lang", "ja", "solve"], {"HUBSPOKE_LANG": "en"})
    'ja'
    >>> find_language(["--help"], {"LANG": "ja_JP.UTF-8"})
    'ja'
    """
    asked = ""
    for word, following in zip(args, [*args[1:], ""], strict=False):
        name, equals, value = word.partition("=")
        if name == LANG:
            asked = value if equals else following
    local = next((environment[name] for name in LOCALE if environment.get(name)), "")
    local = local or (getlocale()[0] or "")  # where the system keeps its language elsewhere
    return asked or environment.get("HUBSPOKE_LANG") or ("ja" if local.lower().startswith("ja") else "en")


def hand_language(args: Sequence[str], commands: Collection[str], lang: str) -> list[str]:
    """Return the arguments of the program with the language behind its command, which alone takes it.

    Parameters
    ----------
    args : sequence of str
        Behind the name of the program.
    commands : collection of str
        Names of the commands that take a language.
    lang : str
        Handed over where the command is not told one.

    Examples
    --------
    >>> hand_language(["--lang", "ja", "solve", "-o", "plan"], ["solve"], "ja")
    ['solve', '--lang', 'ja', '-o', 'plan']
    """
    at = next((place for place, word in enumerate(args) if word in commands), len(args))
    ahead = [
        word
        for before, word in zip(["", *args], args[:at], strict=False)
        if LANG not in {before, word.partition("=")[0]}
    ]
    named = any(word.partition("=")[0] == LANG for word in args[at:])
    command, behind = args[at : at + 1], args[at + 1 :]
    return [*ahead, *command, *([LANG, lang] if command and not named else []), *behind]


def help_in_japanese(group: Any, ctx: Any, args: Sequence[str]) -> str:
    """Return the help page that is asked for, in Japanese; empty where none is.

    Typer folds lines at spaces, and cuts off what has none, as Japanese; so these pages are laid out here.

    Parameters
    ----------
    group : TyperGroup
    ctx : Context
    args : sequence of str
        Of the program, without a language ahead of its command.
    """
    named = next((word for word in args if not word.startswith("-")), "")
    if (args and not set(ASKING) & set(args)) or (named and named not in group.commands):
        return ""
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
        ("コマンド", [(name, one.help, "") for name, one in group.commands.items()] if command is group else []),
    ]
    lines = [f"使い方：{usage}", "", text]
    for title, rows in parts:
        if rows:
            told = [
                ("", name, next(iter(translate_help(words).split("\n"))).replace("`", "") + notes)
                for name, words, notes in rows
            ]
            lines += ["", f"{title}：", *lay_out(told, right=set())]
    return fit_lines("\n".join(lines), min(shutil.get_terminal_size((WIDTH, 0)).columns, WIDTH))


def _tell_option(option: Any) -> tuple[str, str, str]:
    """Return an option as it is written, what it says, and what holds for it, such as its default."""
    flag = getattr(option, "is_flag", False) or getattr(option, "count", False)
    takes = "" if flag else option.metavar or option.opts[0].strip("-").upper()
    names = sorted([*option.opts, *option.secondary_opts], key=lambda name: name.startswith("--"), reverse=True)
    name = takes if option.param_type_name == "argument" else f"{', '.join(names)} {takes}".strip()
    held = [
        "必須" if option.required else "",
        "" if flag else tell_limits(option),
        f"既定値：{default}" if (default := _tell_default(option, flag=flag)) else "",
        f"環境変数：{option.envvar}" if option.envvar else "",
    ]
    notes = "、".join(filter(None, held))
    return name, option.help or "", f"［{notes}］" if notes else ""


def tell_limits(option: Any) -> str:
    """Return between which numbers the value of an option lies, in Japanese; empty where there are none.

    Parameters
    ----------
    option : Parameter
        Of typer, which keeps the limits itself, or of click, in its type.
    """
    holder = option if hasattr(option, "min") else getattr(option, "type", None)
    least, most = getattr(holder, "min", None), getattr(holder, "max", None)
    if least is not None and most is not None:
        return f"{least:g}～{most:g}"
    return f"{least:g}以上" if least is not None else f"{most:g}以下" if most is not None else ""


def _tell_default(option: Any, *, flag: bool) -> str:
    """Return the value of an option that is not given; empty where there is none to tell."""
    if not getattr(option, "show_default", False) or option.default in {None, ""} or option.required:
        return ""
    if flag:
        return (option.opts if option.default else option.secondary_opts)[0] if option.secondary_opts else ""
    return str(option.default)

"""What is said, in Japanese or as data, of a call that cannot be read: a wrong command, option or value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hubspoke.base.errors import UsageError
from hubspoke.cli.help import tell_limits

if TYPE_CHECKING:
    from hubspoke.cli.console import Console

NUMBERS = {"integer": "整数", "number": "数値", "float": "数値"}
"""Words of typer's by which it asks for a kind of number."""
NO_COMMAND = re.compile(r"No such command '(?P<name>.*?)'\.")
EXTRA = re.compile(r"unexpected extra argument\S* \((?P<names>.*)\)")
QUOTED = re.compile(r"'(.*?)'")
NEAREST = re.compile(r"Did you mean (?P<names>.*)\?")


def refuse_call(error: Exception, console: Console) -> bool:
    """Report a call that typer cannot read, in Japanese or as data, and return whether that was done.

    Parameters
    ----------
    error : Exception
    console : Console

    Returns
    -------
    bool
        False where typer's own words, which are English, will do.
    """
    if getattr(error, "exit_code", 0) != UsageError.exit_code or not hasattr(error, "format_message"):
        return False
    if console.lang != "ja" and not console.as_json:
        return False
    ctx: Any = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "hubspoke"
    console.fail(UsageError(error.format_message() if console.as_json else _tell_with_help(error, path)))
    return True


def _tell_with_help(error: Any, path: str) -> str:
    return f"{_tell(error)}（説明は {path} --help）"


def _tell(error: Any) -> str:
    """Return a call's fault in Japanese, by what typer keeps of it: its wording changes between releases."""
    kind: str = type(error).__name__
    message: str = error.format_message()
    if kind == "NoSuchOption":
        near = "、".join(sorted(error.possibilities or ()))
        return f"オプション {error.option_name} はない" + (f"。近いもの：{near}" if near else "")
    if kind == "BadOptionUsage":
        takes = "は値をとらない" if "does not take" in message else "には値が要る"
        return f"オプション {error.option_name} {takes}"
    if kind == "MissingParameter" and error.param is not None:
        return f"{_name(error.param)} が要る"
    if kind == "BadParameter" and error.param is not None:
        number = next((word for said, word in NUMBERS.items() if said in error.message), "")
        wanted = "の".join(filter(None, [tell_limits(error.param), number]))
        return f"{_name(error.param)} の値が正しくない" + (f"。{wanted}を書く" if wanted else f"：{error.message}")
    return _tell_words(message)


def _tell_words(message: str) -> str:
    """Return in Japanese what typer says of a call whose fault it keeps as words alone."""
    unknown, extra = NO_COMMAND.search(message), EXTRA.search(message)
    if unknown:
        near = NEAREST.search(message)
        names = "、".join(QUOTED.findall(near["names"])) if near else ""
        return f"コマンド {unknown['name']} はない" + (f"。近いもの：{names}" if names else "")
    return f"余分な引数がある：{extra['names']}" if extra else message


def _name(param: Any) -> str:
    """Return how an option or argument is written."""
    if param.param_type_name == "argument":
        return f"引数 {param.metavar or param.name.upper()}"
    return f"オプション {' / '.join(param.opts)}"

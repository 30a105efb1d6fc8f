"""How the command line talks: data on stdout, words on stderr."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, TextIO

from hubspoke.base.errors import CHANGES, BilingualError, HubspokeError, InputError
from hubspoke.base.json_text import keep_finite
from hubspoke.base.printable import escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from hubspoke.base.errors import Finding
    from hubspoke.words.language import Lang

LEVELS = {"warning": "注意", "error": "エラー", "info": "情報", "debug": "詳細"}
"""Levels of the log in Japanese."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells expect it."""

CHANGED = re.compile(rf"^( *){CHANGES}(?=, key |: )", re.MULTILINE)
"""Where a finding is placed in what was changed for one call, named here by its option."""
OPTION = "--set"
NARROWEST = 40
"""Columns below which nothing is folded any further."""


@dataclass(frozen=True)
class Console:
    """How much a command says, and in which form.

    Attributes
    ----------
    as_json : bool
        Write one JSON document to stdout and nothing else there.
    quiet : bool
        Write errors only.
    verbose : int
        1 adds steps and their seconds, 2 details and tracebacks.
    lang : {"en", "ja"}
        Language of all words; data and their keys are the same in both.
    stopped : str
        What is said in that language where somebody ends the command, of one that keeps what it did until then.
    """

    as_json: bool = False
    quiet: bool = False
    verbose: int = 0
    lang: Lang = "en"
    stopped: str = ""

    @property
    def shows_tracebacks(self) -> bool:
        """Whether an error is shown with its traceback."""
        return self.verbose > 1 or bool(os.environ.get("HUBSPOKE_DEBUG"))

    @property
    def width(self) -> int | None:
        """Columns of the terminal that reads the answer; None where that is a file or a program."""
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else None

    def listen(self) -> None:
        """Send the library's own log to stderr."""
        logger = logging.getLogger("hubspoke")
        level = logging.ERROR if self.quiet else [logging.WARNING, logging.INFO, logging.DEBUG][min(self.verbose, 2)]
        for handler in [held for held in logger.handlers if isinstance(held, StderrHandler)]:
            logger.removeHandler(handler)
        logger.addHandler(StderrHandler(level, self.lang))
        logger.setLevel(level)
        self._hush_libraries()

    def _hush_libraries(self) -> None:
        """Keep warnings and logs of libraries off the terminal, which belong to whoever looks for a fault."""
        logging.captureWarnings(capture=True)
        warned = logging.getLogger("py.warnings")
        warned.propagate = False
        warned.handlers = [StderrHandler(logging.DEBUG) if self.shows_tracebacks else logging.NullHandler()]
        root = logging.getLogger()
        if not root.handlers:  # else logging writes what nobody takes to stderr
            root.addHandler(logging.NullHandler())

    def give(self, text: str, data: Any, *, dim: Iterable[str] = ()) -> None:
        """Write the answer to stdout: the data as JSON if asked for, otherwise the text unless quiet.

        Words that are `dim`, such as identifiers beside names, stand back on a terminal that has colours.
        """
        if self.as_json:
            sys.stdout.write(json.dumps(keep_finite(data), indent=1, allow_nan=False) + "\n")  # ASCII passes every pipe
        elif not self.quiet:
            sys.stdout.write(_dim(_fit(escape_controls(text), sys.stdout), dim, sys.stdout) + "\n")

    def give_files(self, files: Collection[object], data: Any) -> None:
        """Write which files were made, where nothing else is told.

        A program that reads stdout has them as data, one a line or as JSON; on a terminal the words say it.
        """
        if self.as_json or not sys.stdout.isatty():
            self.give("\n".join(map(str, files)), data)
        if not self.as_json:
            self.wrote(*files, below=False)

    def say(self, words: str) -> None:
        """Write words to stderr, unless quiet."""
        if not self.quiet:
            sys.stderr.write(_fit(escape_controls(in_language(words, self.lang)), sys.stderr) + "\n")

    def wrote(self, *written: object, page: object = None, below: bool = True) -> None:
        """Write to stderr what was written, in one line at the end of a command.

        Parameters
        ----------
        *written : Path or str
            Files, or a folder.
        page : Path, optional
            What to open of it.
        below : bool
            Whether an answer stands above.
        """
        names = ", ".join(map(str, written))
        if below and not self.as_json:
            self.say("")
        self.say(f"wrote {names}" if page is None else f"wrote {names}; open {page}")

    def detail(self, words: str) -> None:
        """Write words to stderr, where verbose."""
        if self.verbose:
            self.say(words)

    def fail(self, error: HubspokeError) -> None:
        """Report an error: in words on stderr, or under `--json` as data on stdout."""
        if self.as_json:
            self.give("", {"error": describe_error(error)})
        else:
            head = "エラー" if self.lang == "ja" else "error"
            told = _fit(f"{head}: {escape_controls(_tell_error(error, self.lang))}", sys.stderr)
            sys.stderr.write(told.replace(head, _paint(head), 1) + "\n")

    @contextmanager
    def live(self, words: str, tell_value: Callable[[float], str] | None = None) -> Iterator[None]:
        """Show a line that moves while something takes time, where stderr is a terminal; see `live_line`."""
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield
            return
        from hubspoke.cli.live import live_line  # noqa: PLC0415 - only terminals need it

        with live_line(in_language(words, self.lang), tell_value, self.lang):
            yield


class StderrHandler(logging.StreamHandler[TextIO]):
    """Write log records to stderr as it is when they come, so that they stand above a line that moves."""

    stream: TextIO

    def __init__(self, level: int, lang: Lang = "en") -> None:
        super().__init__(sys.stderr)
        self.setLevel(level)
        self.lang = lang

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        self.stream = sys.stderr
        super().emit(record)

    def format(self, record: logging.LogRecord) -> str:
        """Return `warning: words`."""
        level = record.levelname.lower()
        head = LEVELS.get(level, level) if self.lang == "ja" else level
        return escape_controls(f"{head}: {in_language(record.getMessage(), self.lang)}")


def in_language(words: str, lang: Lang) -> str:
    """Return what the program says in a language; the catalogue loads where it is not English.

    Parameters
    ----------
    words : str
        In English.
    lang : {"en", "ja"}
    """
    words = CHANGED.sub(rf"\1{OPTION}", words)
    if lang == "en":
        return words
    from hubspoke.words.messages import translate  # noqa: PLC0415 - takes time at every start

    return translate(words, lang)


def _tell_error(error: HubspokeError, lang: Lang) -> str:
    own = error.japanese if lang == "ja" and isinstance(error, BilingualError) else ""
    return own or in_language(str(error), lang)


def _fit(text: str, stream: TextIO) -> str:
    """Return a text folded to the terminal; unchanged for a file or a pipe, where programs read lines."""
    if not stream.isatty():
        return text
    from hubspoke.words.fitted import fit_lines  # noqa: PLC0415 - only terminals need it

    return fit_lines(text, max(shutil.get_terminal_size().columns, NARROWEST))


def describe_error(error: HubspokeError) -> dict[str, Any]:
    """Return an error as plain data."""
    told: dict[str, Any] = {
        "type": type(error).__name__,
        "exit_code": error.exit_code,
        "message": in_language(str(error), "en"),
    }
    if isinstance(error, InputError):
        told["findings"] = list_as_data(error.findings)
    return told


def list_as_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain data, those on what was changed for one call under the name of the option.

    Parameters
    ----------
    findings : iterable of Finding
    """
    return [asdict(replace(one, file=OPTION) if one.file == CHANGES else one) for one in findings]


def _paint(word: str) -> str:
    return f"\x1b[1;31m{word}\x1b[0m" if _has_colours(sys.stderr) else word


def _has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _dim(text: str, words: Iterable[str], stream: TextIO) -> str:
    """Return a text in which whole words stand back, where the stream has colours."""
    known = sorted({escape_controls(word) for word in words if word}, key=len, reverse=True)
    if not known or not _has_colours(stream):
        return text
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, known))})(?![\w-])"
    return re.sub(pattern, lambda found: f"\x1b[2m{found[0]}\x1b[22m", text)

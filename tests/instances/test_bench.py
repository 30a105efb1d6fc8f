"""`hubspoke bench`: a line for each instance, and why a file is none, in the language asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from hubspoke.cli.app import app
from hubspoke.instances.bench import UNREADABLE, WORDS, Result, describe_result, describe_result_head
from hubspoke.words.text_table import text_width

if TYPE_CHECKING:
    from pathlib import Path

SOLVED = Result("cap41", "orlib-cap", "optimal", 1_040_444.375, 1_040_443.3, 1e-6, 1.25)


def test_figures_stand_under_their_heads_in_both_languages() -> None:
    heads = [describe_result_head("en"), describe_result_head("ja")]
    lines = [describe_result(SOLVED, "en"), describe_result(SOLVED, "ja")]
    assert len({text_width(line) for line in (*heads, *lines)}) == 1
    assert heads[1].startswith("例題")
    assert "最適" in lines[1]
    assert "1,040,444.375" in lines[0]


def test_what_is_no_instance_is_told_in_japanese(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("a b c", encoding="utf-8")
    files = [str(tmp_path / "words.txt"), str(tmp_path / "gone.txt")]
    made = CliRunner().invoke(app, ["bench", *files, "--solver", "highs", "--lang", "ja"])
    assert made.exit_code == 3
    assert made.stdout.count(WORDS[UNREADABLE][1]) == 2
    first, second = made.stderr.splitlines()
    assert first.startswith("エラー: ")
    assert "数値の表でない" in first
    assert second.endswith("ファイルやフォルダがない → 公開された例題のファイルを与える")

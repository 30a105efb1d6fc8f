"""Files and folders written whole or not at all, and never in the place of something else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hubspoke.base.atomic_write import cannot_write, check_replaceable, replaced_file, replaced_folder
from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

MARK = "mark.json"


def check(folder: str | Path) -> Path:
    return check_replaceable(folder, mark=MARK, kind="box", example="mybox")


def stop_halfway(file: Path) -> None:
    file.write_text("half", encoding="utf-8")
    raise ZeroDivisionError


def test_a_new_an_empty_and_a_known_folder_may_be_written(tmp_path: Path) -> None:
    assert check(tmp_path / "deep" / "new") == tmp_path.resolve() / "deep" / "new"
    (tmp_path / "empty").mkdir()
    assert check(tmp_path / "empty") == tmp_path.resolve() / "empty"
    known = tmp_path / "known"
    known.mkdir()
    for name in (MARK, "other.txt"):
        (known / name).touch()
    assert check(known) == known.resolve()


def test_anything_else_is_refused_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, full = tmp_path / "file", tmp_path / "full"
    file.touch()
    full.mkdir()
    (full / "other.txt").touch()
    with pytest.raises(UsageError, match=f"^{file} is a file; name a folder with -o$"):
        check(file)
    with pytest.raises(UsageError, match=f"^{full} holds other files and is no box of hubspoke; name another with -o$"):
        check(full)
    with pytest.raises(UsageError, match="file may not be written to; name another folder with -o"):
        check(file / "below")
    monkeypatch.chdir(full)
    for folder in (".", ".."):
        with pytest.raises(UsageError, match=r"is the folder you work in; name a folder inside it, such as -o mybox$"):
            check(folder)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UsageError, match=r"may not be written to; name another folder with -o$"):
        check("new")


def test_a_file_takes_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), replaced_file(target) as part:
        stop_halfway(part)
    assert target.read_text(encoding="utf-8") == "old"
    with replaced_file(target) as part:
        assert part.parent.parent == tmp_path
        part.write_text("new", encoding="utf-8")
        assert target.read_text(encoding="utf-8") == "old"
    assert target.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_cannot_be_written_is_told_with_its_cure(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "model.mps"
    with (
        pytest.raises(UsageError, match=f"^cannot write {target}: No such file or directory; try elsewhere$"),
        replaced_file(target, cure="try elsewhere") as part,
    ):
        part.write_text("model", encoding="utf-8")


def test_a_folder_takes_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    for name in ("own.txt", "mine.txt"):
        (target / name).write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), replaced_folder(target, own=["own.txt"]) as made:
        stop_halfway(made / "own.txt")
    assert (target / "own.txt").read_text(encoding="utf-8") == "old"
    with replaced_folder(target, own=["own.txt"]) as made:
        (made / "new.txt").write_text("new", encoding="utf-8")
    assert {path.name for path in target.iterdir()} == {"new.txt", "mine.txt"}
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_without_words_of_the_system_keeps_its_own(tmp_path: Path) -> None:
    assert "cannot write" in str(cannot_write(tmp_path, OSError("odd")))
    assert ": odd; close its files" in str(cannot_write(tmp_path, OSError("odd")))

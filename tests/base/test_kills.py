"""Killed at any step, a folder that was being replaced is the old one or the new one, and nothing stays behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hubspoke.base.atomic_write import replaced_folder
from hubspoke.base.scratch import MARK, locked, scratch_folder, sweep
from hubspoke.cli.terminate import TERMINATED

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("a.txt", "b.txt")
SCRIPT = '''
"""Replace a folder in child after child, each killed one file operation later than the one before."""
import os, signal, sys
from pathlib import Path
from hubspoke.base import atomic_write
from hubspoke.base.atomic_write import put_back, replaced_folder

if sys.argv[2] == "two-steps":
    atomic_write.exchange = lambda one, other: False
home = Path(sys.argv[1])
target = home / "out"
FILES = ("a.txt", "b.txt", "deep/c.txt")


def write(words):
    with replaced_folder(target, own={"a.txt", "b.txt", "deep"}) as made:
        (made / "deep").mkdir()
        for name in FILES:
            (made / name).write_text(words)


def child(words, step):
    counted = 0

    def count(event, args):
        nonlocal counted
        if event != "os.kill" and event.startswith(("open", "os.", "shutil.", "fcntl.", "tempfile.")):
            counted += 1
            if counted > step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    write(words)
    os._exit(0)


write("old")
(target / "mine.txt").write_text("mine")
held, steps, gone, seen = "old", 0, 0, set()
while True:
    if not (process := os.fork()):
        child(f"new {steps}", steps)
    _, status = os.waitpid(process, 0)
    gone += not target.exists()
    put_back(target)
    words = {(target / name).read_text() for name in FILES}
    assert len(words) == 1, (steps, words)
    found = words.pop()
    assert found in (held, f"new {steps}"), (steps, found, held)
    assert (target / "mine.txt").read_text() == "mine", steps
    seen.add("new" if found != held else "old")
    held = found
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        break
    steps += 1
    if steps % 3 == 0:  # what several killed ones leave is swept by one
        write(held)
        assert [path.name for path in home.iterdir()] == ["out"], (steps, list(home.iterdir()))
write("last")
assert [path.name for path in home.iterdir()] == ["out"]
print(steps, gone, *sorted(seen))
'''


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="forks, and asks for the exchange that only Linux has")
@pytest.mark.parametrize(("way", "may_be_gone"), [("one-step", False), ("two-steps", True)])
def test_a_folder_survives_a_kill_at_every_step(
    tmp_path_factory: pytest.TempPathFactory, way: str, *, may_be_gone: bool
) -> None:
    home = tmp_path_factory.mktemp("kills")
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(home), way], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    steps, gone, *seen = done.stdout.split()
    assert int(steps) > 20
    assert seen == ["new", "old"]
    assert (int(gone) > 0) == may_be_gone


def test_what_another_program_is_still_writing_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with scratch_folder(target) as alive, scratch_folder(target) as beside:
        assert alive.is_dir()
        assert beside.is_dir()
        (tmp_path / f".out{MARK}deadbeef").mkdir()
        (tmp_path / f".out-b{MARK}deadbeef").mkdir()  # of another target
        (tmp_path / ".out-archived").mkdir()  # of the planner
        with locked(tmp_path):
            assert not sweep(target)
        assert {path.name for path in tmp_path.iterdir()} == {
            alive.name,
            beside.name,
            f".out-b{MARK}deadbeef",
            ".out-archived",
        }


def test_two_that_write_one_folder_do_not_mix(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with replaced_folder(target, own=FILES) as one, replaced_folder(target, own=FILES) as other:
        for name in FILES:  # file by file, as two processes would
            (one / name).write_text("one")
            (other / name).write_text("other")
    assert {(target / name).read_text() for name in FILES} == {"one"}
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a program could hear")
def test_a_request_to_end_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    command = """
import signal, sys
from pathlib import Path
from hubspoke.base.atomic_write import replaced_folder
from hubspoke.cli.app import app, main

@app.command()
def hang(out: str):
    with replaced_folder(Path(out)):
        print("here", flush=True)
        signal.pause()

sys.argv[0] = "hubspoke"
main()
"""
    words = [sys.executable, "-c", command, "hang", str(tmp_path / "out")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate()
    assert process.returncode == TERMINATED
    assert told == "stopped; nothing was written\n"
    assert list(tmp_path.iterdir()) == []

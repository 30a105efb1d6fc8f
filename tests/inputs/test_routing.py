"""Distances come from a routing server: a small one of this test, on this machine alone."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

import hubspoke as hs
from builders import write_folder
from hubspoke.base.errors import UsageError
from hubspoke.inputs.routing import write_distances
from hubspoke.lanes.lanes import build_lanes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Server(ThreadingHTTPServer):
    """An OSRM whose distances are 111 km for each degree of longitude and latitude."""

    asked = 0
    answer: bytes | None = None
    status = 200

    @property
    def url(self) -> str:
        """Address."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers as the table service does."""

    server: Server

    def do_GET(self) -> None:
        """Answer a table."""
        self.server.asked += 1
        told = urlsplit(self.path)
        places = [tuple(map(float, spot.split(","))) for spot in told.path.rsplit("/", 1)[1].split(";")]
        query = parse_qs(told.query)
        one, other = ([places[int(at)] for at in query[name][0].split(";")] for name in ("sources", "destinations"))
        table = [[111_000 * (abs(a[0] - b[0]) + abs(a[1] - b[1])) for b in other] for a in one]
        data = self.server.answer or json.dumps({"code": "Ok", "distances": table}).encode()
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """Run the server."""
    made = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def test_all_pairs_are_written_in_batches_and_planned(tmp_path: Path, server: Server) -> None:
    folder = write_folder(tmp_path / "plan")
    network = hs.read(folder)
    sites, hubs, refineries = (len(table) for table in (network.sites, network.hubs, network.refineries))
    file, count = write_distances(folder, server.url + "/", side=2)
    assert count == sites * hubs + hubs * refineries
    assert server.asked > 2
    made = hs.read(folder)
    km = build_lanes(made, 2040).distance_km
    spots = made.sites[["lon", "lat"]].to_numpy(), made.hubs[["lon", "lat"]].to_numpy()
    assert km[0, 0] == pytest.approx(111 * abs(spots[0][0] - spots[1][0]).sum(), abs=0.01)
    with pytest.raises(UsageError, match="there already"):
        write_distances(folder, server.url)
    assert file.is_file()


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (b"<html>", 200, "no JSON"),
        (b'{"code": "NoTable", "message": "Table could not be found"}', 200, "could not be found"),
        (b'{"code": "TooBig"}', 400, "400"),
        (b'{"code": "Ok", "distances": [[1]]}', 200, "no table of distances"),
        (b"[1]", 200, "no table of distances"),
    ],
)
def test_another_answer_is_refused_and_nothing_written(
    tmp_path: Path, server: Server, answer: bytes, status: int, words: str
) -> None:
    folder = write_folder(tmp_path / "plan")
    server.answer, server.status = answer, status
    with pytest.raises(UsageError, match=words):
        write_distances(folder, server.url)
    assert not (folder / "lanes.csv").exists()


def test_a_server_that_is_not_there_is_told(tmp_path: Path, server: Server) -> None:
    folder = write_folder(tmp_path / "plan")
    url = server.url
    server.shutdown()
    server.server_close()
    with pytest.raises(UsageError, match="does not answer"):
        write_distances(folder, url, timeout_s=5)
    with pytest.raises(UsageError, match="no address"):
        write_distances(folder, "localhost:5000")

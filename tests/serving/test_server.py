"""The preview's server, asked through raw sockets: by browsers, by other programs, and by those who try to harm it."""

import contextlib
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT

from build_tools.project import Project
from build_tools.serving import connections
from build_tools.serving.server import Server

PAGE = "/with-clubs/policy.html"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("council")
    for name in ("policy_src", "schools"):
        shutil.copytree(ROOT / "tests/policies/groups" / name, folder / name)
    return Project(folder)


@contextlib.contextmanager
def _serving(project: Project) -> Iterator[Server]:
    served = Server(project, (), 0, lambda _problems: None)
    thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield served
    served.shutdown()
    served.server_close()


@pytest.fixture(scope="module")
def server(project: Project) -> Iterator[Server]:
    """Return a server that has read the project once for all tests."""
    with _serving(project) as served:
        yield served


@pytest.fixture
def fresh(project: Project) -> Iterator[Server]:
    """Return a server to which nobody has a connection."""
    with _serving(project) as served:
        yield served


def _connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.server_port), timeout=60)


def _received(connection: socket.socket) -> bytes:
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


def _sent(server: Server, request: bytes) -> tuple[int, str, bytes]:
    """Return the status, the headers and the content of the answer to a request."""
    with _connected(server) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        head, _, content = _received(connection).partition(b"\r\n\r\n")
    first, _, headers = head.decode("latin-1").partition("\r\n")
    return int(first.split()[1]), f"{headers}\r\n", content


def _asked(server: Server, path: str, method: str = "GET", *headers: str) -> tuple[int, str, bytes]:
    lines = (f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{server.server_port}", *headers)
    return _sent(server, "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1"))


def test_a_page_is_answered(server: Server) -> None:
    status, headers, content = _asked(server, PAGE)
    assert status == 200
    assert f"Content-Length: {len(content)}\r\n" in headers
    assert content.startswith(b"<!doctype html>")
    for header in (
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Cross-Origin-Resource-Policy: same-origin",
    ):
        assert f"{header}\r\n" in headers
    assert "Access-Control" not in headers


def test_no_version_is_told(server: Server) -> None:
    for path, method in ((PAGE, "GET"), ("/nowhere", "GET"), ("/", "PUT")):
        _, headers, content = _asked(server, path, method)
        assert "Server: policy\r\n" in headers
        assert b"Python" not in content


@pytest.mark.parametrize("path", [PAGE, "/with-clubs/", "/with-clubs", "/nowhere", "/with-clubs/policy.json"])
def test_head_is_get_without_the_content(server: Server, path: str) -> None:
    def lines(headers: str) -> list[str]:
        return [line for line in headers.split("\r\n") if not line.startswith("Date:")]

    status, headers, _ = _asked(server, path)
    only_head = _asked(server, path, "HEAD")
    assert (only_head[0], lines(only_head[1]), only_head[2]) == (status, lines(headers), b"")


def test_head_does_not_wait_for_a_change(server: Server) -> None:
    status, headers, content = _asked(server, "/_preview/changes?after=0", "HEAD")
    assert (status, content) == (200, b"")
    assert "Content-Type: text/event-stream\r\n" in headers


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "LOCALHOST:{}", "LocalHost:{}"])
def test_the_name_of_this_machine_has_no_case(server: Server, host: str) -> None:
    request = f"GET {PAGE} HTTP/1.1\r\nHost: {host.format(server.server_port)}\r\n\r\n"
    assert _sent(server, request.encode())[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{}", "127.0.0.1.evil.example:{}", "localhost:1", "localhost", "127.0.0.2:{}", ""],
)
def test_a_foreign_name_is_refused(server: Server, host: str) -> None:
    request = f"GET {PAGE} HTTP/1.1\r\nHost: {host.format(server.server_port)}\r\n\r\n"
    assert _sent(server, request.encode())[0] == 421


def test_a_request_without_a_host_is_refused(server: Server) -> None:
    assert _sent(server, f"GET {PAGE} HTTP/1.0\r\n\r\n".encode())[0] == 421


@pytest.mark.parametrize("second", ["evil.example", "127.0.0.1:{}"])
def test_two_hosts_are_refused(server: Server, second: str) -> None:
    assert _asked(server, PAGE, "GET", f"Host: {second.format(server.server_port)}")[0] == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    assert _asked(server, PAGE, method)[0] == 501


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX: " + "a" * 100_000, 431),
        ("GET /" + "a" * 70_000 + " HTTP/1.1\r\nHost: 127.0.0.1:{port}", 414),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}" + "\r\nX: a" * 200, 431),
        ("GET / HTTP/9.9\r\nHost: 127.0.0.1:{port}", 505),
        ("GET / NOTHTTP\r\nHost: 127.0.0.1:{port}", 400),
    ],
)
def test_what_is_too_long_or_wrong_is_refused(server: Server, request_head: str, status: int) -> None:
    request = request_head.format(port=server.server_port) + "\r\n\r\n"
    with _connected(server) as connection:
        connection.sendall(request.encode())
        # the server may end the connection with the rest of the request unread; it answers an unknown HTTP with no head
        assert re.match(rb"HTTP/1.0 %d |(?s:.*)Error code: %d" % (status, status), connection.recv(65536))


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/..\\..\\etc\\passwd",
        "/etc/passwd%00.html",
        "/with-clubs/school.yml",
        "/with-clubs/../with-clubs/school.yml",
        "/schools/with-clubs/school.yml",
        "/linked/secret.txt",
        "//evil.example",
        "//evil.example/%2f..",
        "/nowhere",
        "/nowhere/",
        "/with-clubs/nowhere",
        "/%0d%0aSet-Cookie:%20a=b",
    ],
)
def test_nothing_else_is_found(server: Server, path: str) -> None:
    status, headers, content = _asked(server, path)
    assert status == 404
    assert "Location" not in headers
    assert "Set-Cookie" not in headers
    assert b"root:" not in content


def test_a_link_out_of_the_schools_is_not_served(server: Server, project: Project, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    link = project.schools_folder / "with-clubs/secret.txt"
    link.symlink_to(tmp_path / "secret.txt")
    status, _, content = _asked(server, "/with-clubs/secret.txt")
    link.unlink()
    assert (status, b"secret\n" in content) == (404, False)


def test_a_folder_without_its_slash_leads_to_the_page(server: Server) -> None:
    (edition,) = set(server.project.edition_folders()) - set(Project(ROOT).edition_folders())
    for folder in ("/with-clubs", f"/template/{edition}"):
        status, headers, _ = _asked(server, folder)
        assert status == 302
        assert f"Location: {folder}/\r\n" in headers


@pytest.fixture
def own_layout(project: Project) -> Iterator[Path]:
    """Return a layout that the council writes itself: that of the page which says what is wrong."""
    layout = project.root / "templates/site/pages/notice.html"
    layout.parent.mkdir(parents=True)
    yield layout
    shutil.rmtree(project.root / "templates")


def test_a_fault_in_the_layout_of_the_notice_is_words(server: Server, own_layout: Path) -> None:
    own_layout.write_text("{{ nothing }}", encoding="utf-8")
    status, headers, content = _asked(server, "/nowhere")
    assert status == 404
    assert "Content-Type: text/plain; charset=utf-8\r\n" in headers
    fault = "templates/site/pages/notice.html:1: This layout fails here: 'nothing' is undefined."
    assert content.decode().splitlines() == ["/nowhere", fault]


def test_an_address_cannot_be_a_script(server: Server) -> None:
    status, _, content = _asked(server, "/<script>alert(1)</script>")
    assert status == 404
    assert b"<script>alert" not in content


def test_a_request_that_does_not_end_is_ended(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.0)
    with _connected(server) as silent, _connected(server) as half_sent:
        half_sent.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        assert _received(silent) == _received(half_sent) == b""


def test_a_request_that_drips_is_ended(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.3)
    with _connected(server) as connection:
        for _ in range(1000):  # every byte comes in time, and the request never
            try:
                connection.sendall(b"G")
            except ConnectionError:
                return
            threading.Event().wait(0.02)
    pytest.fail("The server went on reading")


def test_half_sent_requests_keep_nobody_waiting(fresh: Server) -> None:
    half_sent = [_connected(fresh) for _ in range(connections.MOST + 72)]
    for connection in half_sent:
        connection.sendall(b"GET / HTTP/1.1\r\n")
    assert _asked(fresh, PAGE)[0] == 200
    # the oldest made room
    assert half_sent[0].recv(100) == b""
    for connection in half_sent:
        connection.close()


def test_pages_that_wait_keep_nobody_waiting(fresh: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_WAITING", 3)
    request = f"GET /_preview/changes?after=0 HTTP/1.1\r\nHost: 127.0.0.1:{fresh.server_port}\r\n\r\n"
    waiting = [_connected(fresh) for _ in range(3)]
    for connection in waiting:
        connection.sendall(request.encode())
        assert connection.recv(65536).startswith(b"HTTP/1.0 200 ")
    assert _sent(fresh, request.encode())[0] == 503
    assert _asked(fresh, PAGE)[0] == 200
    waiting[0].close()
    for connection in waiting[1:]:
        connection.close()


def test_more_connections_than_there_is_room_for(fresh: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 2)
    request = f"GET /_preview/changes?after=0 HTTP/1.1\r\nHost: 127.0.0.1:{fresh.server_port}\r\n\r\n"
    waiting = [_connected(fresh) for _ in range(2)]
    for connection in waiting:
        connection.sendall(request.encode())
        assert connection.recv(65536).startswith(b"HTTP/1.0 200 ")
    with _connected(fresh) as one_more:
        assert one_more.recv(65536).startswith(b"HTTP/1.0 503 ")
    for connection in waiting:
        connection.close()

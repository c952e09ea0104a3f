"""Serve a preview to the browsers of this machine: pages that show every change of a file as soon as it is saved.

Nobody else can read them. The server listens only on the loopback address, and answers only requests for that address:
a request from a foreign page whose name was bound to it (DNS rebinding) has the foreign name.
"""

import contextlib
import http.server
import io
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from urllib.parse import parse_qs, quote, unquote

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from build_tools.project import Project, find_template
from build_tools.serving.connections import MOST, PATIENCE, Connections, Request
from build_tools.serving.notice import (
    CHANGES,
    FAULT,
    MISTAKES,
    NOTHING,
    SCRIPT,
    SCRIPT_FILE,
    follow_changes,
    render_notice,
)
from build_tools.serving.preview import HOME, Found, Preview, media_type
from build_tools.text.problems import Mistakes, Problem

ADDRESS = "127.0.0.1"
_NAMES = (ADDRESS, "localhost")
_TEXT = "text/plain; charset=utf-8"
_FULL = b"HTTP/1.0 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 0\r\n\r\n"
_SHOWN = ("document", "iframe", "empty")
"""The values of `Sec-Fetch-Dest` (Fetch Metadata) for which a person or a script reads the answer."""
_SETTLED = 0.03
"""Seconds without another change before files are read: editors save a file in several steps."""
_ALIVE = 15.0
"""Seconds after which a browser that waits for a change gets a sign that the server is still running."""

_log = logging.getLogger(__name__)


class Server(http.server.ThreadingHTTPServer):
    """The preview of a project, for the browsers of this machine."""

    allow_reuse_address = os.name != "nt"  # Windows would let two programs listen at once
    request_queue_size = MOST

    def __init__(
        self, project: Project, names: Iterable[str], port: int, tell: Callable[[tuple[Problem, ...]], None]
    ) -> None:
        """Start listening; `tell` is called with the mistakes of the named schools whenever they change.

        Raises:
            OSError: if another program is using that port, or it is not allowed.
        """
        super().__init__((ADDRESS, port), _Handler)
        self.project = project
        self.connections = Connections()
        self._preview = Preview(project)
        self._names = tuple(names)
        self._tell = tell
        self._lock = threading.Lock()
        self._changed = threading.Condition()
        self._said: tuple[Problem, ...] = ()
        self.count = 0
        """The number of changes since the server started."""

    def address_of(self, name: str | None) -> str:
        """Return the address of the page that shows changes to a school; without a school, that of the hub."""
        page = "" if name is None else self._preview.home_of(name)
        return f"http://{ADDRESS}:{self.server_port}/{page}"

    def run(self) -> None:
        """Serve until interrupted; every change is reported to all waiting browsers."""
        saved = threading.Event()
        observer = Observer()
        kinds: list[type[FileSystemEvent]] = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
        for folder in self._preview.watched():
            observer.schedule(_Setter(saved), folder, recursive=True, event_filter=kinds)
        observer.start()
        threading.Thread(target=self._follow, args=(saved,), daemon=True).start()
        saved.set()
        # this thread gets the interrupts, so it accepts no requests: it might close one that was already passed on
        answering = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)
        answering.start()
        try:
            while answering.is_alive():
                answering.join(0.1)  # with a timeout, because Windows could not interrupt an endless wait
        except KeyboardInterrupt:
            _log.debug("Interrupted")
        finally:
            self.shutdown()
            observer.stop()
            observer.join()
            self.server_close()

    def find(self, address: str) -> Found | None:
        """Return what an address of the site leads to, None if there is nothing.

        Raises:
            Mistakes: if it cannot be built from the current files.
        """
        if address == SCRIPT:
            script = find_template(self.project.template_folders, SCRIPT_FILE).read_bytes()
            return Found("text/javascript; charset=utf-8", script)
        with self._lock:
            self._preview.has_changed()
            return self._preview.find(address)

    def differs_from(self, count: str) -> bool:
        """Return whether the number of changes differs from `count`; wait for a change, but not for ever."""
        with self._changed:
            return self._changed.wait_for(lambda: str(self.count) != count, _ALIVE)

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]  # TCP only
        """Answer a connection in a thread of its own; if there are too many, close it at once."""
        if self.connections.admit(request):
            super().process_request(request, client_address)
        else:
            with contextlib.suppress(OSError):
                request.sendall(_FULL)
            self.shutdown_request(request)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]  # TCP only
        """Close a connection."""
        self.connections.leave(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Do not report a browser that disconnected before it had its answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # passed on unchanged

    def _follow(self, saved: threading.Event) -> None:
        """Report every change as long as the server runs."""
        while saved.wait():
            saved.clear()
            if saved.wait(_SETTLED):
                continue
            try:
                self._tell_mistakes()
            except Exception:  # noqa: BLE001 - a fault in one reading must not end the preview
                _log.exception("The mistakes could not be shown")
            with self._changed:
                self.count += 1
                self._changed.notify_all()

    def _tell_mistakes(self) -> None:
        with self._lock:
            self._preview.has_changed()
            found = self._preview.problems(self._names)
        if found != self._said:
            self._said = found
            self._tell(found)


class _Setter(FileSystemEventHandler):
    """Sets a flag when a file changes."""

    def __init__(self, flag: threading.Event) -> None:
        self._flag = flag

    def on_any_event(self, event: FileSystemEvent) -> None:  # noqa: ARG002 - the files show what changed
        self._flag.set()


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server

    def setup(self) -> None:
        """Prepare to read a request, which must arrive in time."""
        super().setup()
        self.rfile.close()
        self.rfile = io.BufferedReader(Request(self.connection))

    def version_string(self) -> str:
        """Return the name of the server, without the versions that would tell which faults it has."""
        return "policy"

    def do_HEAD(self) -> None:
        """Answer like `do_GET`, without the content."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer with a page or a file, with the mistakes that prevent it, or with the next change."""
        self.server.connections.has_asked(self.connection)
        self.connection.settimeout(PATIENCE)
        if refused := self._refusal():
            status, words = refused
            self._answer(status, Found(_TEXT, words))
            return
        path, _, query = self.path.partition("?")
        address = unquote(path).lstrip("/")
        if address == CHANGES:
            self._wait_for_change(parse_qs(query).get("after", [""])[0])
            return
        count = self.server.count
        status, found = self._made(f"{address}{HOME}" if address.endswith("/") or not address else address)
        if status is HTTPStatus.NOT_FOUND and self._is_folder(address):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"/{quote(address)}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if found.media_type.startswith("text/html"):
            found = Found(found.media_type, follow_changes(found.data.decode(), count).encode())
        self._answer(status, found)

    def log_message(self, *said: object) -> None:
        """Do not log successful requests."""

    def _refusal(self) -> tuple[HTTPStatus, bytes] | None:
        """Return why a request is not answered: it is meant for another server; None if it is."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) > 1:
            return HTTPStatus.BAD_REQUEST, b"A request can have only one Host.\n"
        name, _, port = "".join(hosts).lower().rpartition(":")
        if name in _NAMES and port == str(self.server.server_port):
            return None
        return HTTPStatus.MISDIRECTED_REQUEST, b"This preview is for this machine alone.\n"

    def _is_folder(self, address: str) -> bool:
        """Return whether an address only lacks the slash at its end."""
        if "." in address.rpartition("/")[2] or address.endswith("/"):
            return False
        return self._made(f"{address}/{HOME}")[0] is not HTTPStatus.NOT_FOUND

    def _made(self, address: str) -> tuple[HTTPStatus, Found]:
        try:
            found = self.server.find(address)
        except Mistakes as mistakes:
            return HTTPStatus.INTERNAL_SERVER_ERROR, self._failure(address, MISTAKES, map(str, mistakes.problems))
        except Exception as error:  # noqa: BLE001 - nor must a fault in one page
            _log.exception("This page could not be made: %s", address)
            return HTTPStatus.INTERNAL_SERVER_ERROR, self._failure(address, FAULT, [f"{type(error).__name__}: {error}"])
        if found is None:
            return HTTPStatus.NOT_FOUND, self._notice(NOTHING, [f"/{address}"])
        return HTTPStatus.OK, found

    def _failure(self, address: str, title: str, lines: Iterable[str]) -> Found:
        """Return a page that says why something cannot be built; for a style or script, an empty file."""
        is_part_of_page = self.headers.get("Sec-Fetch-Dest", "document") not in _SHOWN
        return Found(media_type(address), b"") if is_part_of_page else self._notice(title, lines)

    def _notice(self, title: str, lines: Iterable[str]) -> Found:
        said = tuple(lines)
        try:
            page = render_notice(title, said, self.server.project.template_folders)
        except Mistakes as mistakes:  # in the layout of this very page
            return Found(_TEXT, "".join(f"{line}\n" for line in (*said, str(mistakes))).encode())
        return Found("text/html; charset=utf-8", page.encode())

    def _wait_for_change(self, after: str) -> None:
        """Send an event when there is a change that the page does not show yet."""
        if not self.server.connections.may_wait(self.connection):
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, Found(_TEXT, b"Too many pages are waiting for changes.\n"))
            return
        self._head(HTTPStatus.OK, "text/event-stream")
        if self.command == "HEAD":
            return
        while not self.server.differs_from(after):
            self.wfile.write(b": still here\n\n")
        self.wfile.write(b"data: changed\n\n")

    def _answer(self, status: HTTPStatus, found: Found) -> None:
        self._head(status, found.media_type, len(found.data))
        if self.command != "HEAD":
            self.wfile.write(found.data)

    def _head(self, status: HTTPStatus, media_type: str, size: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        if size is not None:
            self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()

"""The connections of the preview: how many there are at once, and how long each may take to ask.

Browsers of this machine need a few. Any program of this machine can open more, and leave them half-sent: they are
closed in time, and the oldest of them makes room when there is none left, so that browsers are always answered.
"""

import io
import socket
import threading
import time

MOST = 128
"""Connections at once."""
MOST_WAITING = 64
"""How many of them may wait for a change: one for each open page."""
PATIENCE = 10.0
"""Seconds in which a whole request must arrive, and each part of an answer be taken."""


class Connections:
    """The connections that are open."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._unread: dict[socket.socket, None] = {}
        self._asked: set[socket.socket] = set()
        self._waiting: set[socket.socket] = set()

    def admit(self, connection: socket.socket) -> bool:
        """Add a connection and return whether there is room; the oldest one that has not asked makes room for it."""
        with self._lock:
            if len(self._unread) + len(self._asked) + len(self._waiting) >= MOST:
                oldest = next(iter(self._unread), None)
                if oldest is None:
                    return False
                del self._unread[oldest]
                _end(oldest)
            self._unread[connection] = None
            return True

    def has_asked(self, connection: socket.socket) -> None:
        """Note that the whole request of a connection has arrived."""
        with self._lock:
            if self._unread.pop(connection, 0) is None:
                self._asked.add(connection)

    def may_wait(self, connection: socket.socket) -> bool:
        """Note that a connection waits for a change, and return whether there is room for it."""
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                return False
            self._asked.discard(connection)
            self._waiting.add(connection)
            return True

    def leave(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._unread.pop(connection, None)
            self._asked.discard(connection)
            self._waiting.discard(connection)


class Request(io.RawIOBase):
    """What arrives at a connection, as long as it arrives in time."""

    def __init__(self, connection: socket.socket) -> None:
        """Start the time."""
        self._connection = connection
        self._end = time.monotonic() + PATIENCE

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader gives
        """Read what has arrived.

        Raises:
            TimeoutError: if the time is over.
        """
        self._connection.settimeout(max(self._end - time.monotonic(), 0.001))
        return self._connection.recv_into(buffer)


def _end(connection: socket.socket) -> None:
    """End a connection that another thread may be reading."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # the other side has ended it already
        return

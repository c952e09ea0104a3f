"""The YAML language server, as VS Code and many other editors run it, and the least of a client for it.

The protocol: https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from folders import ROOT

_SERVER = (
    ROOT / ".venv/bin/node",
    ROOT / ".venv/npm/node_modules/yaml-language-server/bin/yaml-language-server",
    "--stdio",
)
_OFFLINE = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}


class LanguageServer:
    """A server that has the files of one folder open; nothing is asked of a network."""

    def __init__(self, folder: Path, command: Sequence[str | Path] = _SERVER) -> None:
        """Name the folder, and the command that starts the server."""
        self.folder = folder
        self._command = command
        self._process: subprocess.Popen[bytes]
        self._last = 0
        """The number of the last question, or version of a text."""
        self._said: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        """Start the server and shake hands with it; if that fails, stop it."""
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            self._shake_hands()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server."""
        self._stop()

    def _shake_hands(self) -> None:
        markdown = {"contentFormat": ["markdown"], "documentationFormat": ["markdown"]}
        able = {"hover": markdown, "completion": {"completionItem": markdown}, "publishDiagnostics": {}}
        self._ask(
            "initialize",
            {"processId": None, "rootUri": self.folder.as_uri(), "capabilities": {"textDocument": able}},
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": _OFFLINE})

    def _stop(self) -> None:
        self._process.kill()
        self._process.communicate()

    def open(self, path: str, text: str) -> list[str]:
        """Open a file of the folder as if it held the text, and return what is wrong with it, each with its line."""
        uri = (self.folder / path).as_uri()
        self._said.pop(uri, None)
        self._last += 1
        document = {"uri": uri, "languageId": "yaml", "version": self._last, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self._said:
            self._hear()
        return [f"{said['range']['start']['line'] + 1}: {said['message']}" for said in self._said[uri]]

    def offers(self, path: str, line: int, character: int) -> dict[str, str]:
        """Return what the server would complete there, each with what it says of it; places count from 1 and 0."""
        found = self._ask("textDocument/completion", self._at(path, line, character))
        return {item["label"]: _words(item.get("documentation", "")) for item in found["items"]}

    def explains(self, path: str, line: int, character: int) -> str:
        """Return what the server shows when the mouse rests there."""
        found = self._ask("textDocument/hover", self._at(path, line, character))
        return _words(found["contents"]) if found else ""

    def _at(self, path: str, line: int, character: int) -> dict[str, Any]:
        uri = (self.folder / path).as_uri()
        return {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": character}}

    def _tell(self, method: str, parameters: dict[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _ask(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - any answer
        self._last += 1
        self._send({"id": self._last, "method": method, "params": parameters})
        while True:
            said = self._hear()
            if said.get("id") == self._last and "method" not in said:
                assert "error" not in said, said
                return said["result"]

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        """Return the next message; answer what the server asks, and keep what it says of files."""
        stream = self._process.stdout
        assert stream
        length = 0
        while (head := stream.readline()).strip():
            name, _, value = head.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has stopped"
        said: dict[str, Any] = json.loads(stream.read(length))
        if "method" in said and "id" in said:
            items = said.get("params", {}).get("items", [])
            self._send({"id": said["id"], "result": [_OFFLINE.get(item.get("section")) for item in items]})
        if said.get("method") == "textDocument/publishDiagnostics":
            self._said[said["params"]["uri"]] = said["params"]["diagnostics"]
        return said


def _words(content: str | dict[str, str]) -> str:
    return content if isinstance(content, str) else content["value"]

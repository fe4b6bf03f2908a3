"""Speaks with yaml-language-server as an editor does."""

import json
import os
import subprocess
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from tests import npm

Json = Any

HERE = Path(__file__).parent
PROGRAM = "node_modules/yaml-language-server/bin/yaml-language-server"
PATIENCE = 30  # seconds for an answer


def installed() -> Path:
    """The language server's program."""
    return npm.installed(HERE, "yaml-language-server") / PROGRAM


class Server:
    """One language server, with the settings of an editor that asks no network."""

    def __init__(self, program: Path, root: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._answers: dict[int, Queue[Json]] = {}
        self._diagnostics: Queue[Json] = Queue()
        self._versions: dict[str, int] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        self.ask(
            "initialize",
            {"processId": os.getpid(), "rootUri": root.as_uri(), "capabilities": capabilities},
        )
        self._tell("initialized", {})

    def close(self) -> None:
        self.ask("shutdown", None)
        self._tell("exit", None)
        self._process.wait(PATIENCE)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def write(self, path: Path, text: str) -> list[Json]:
        """Type a file; the diagnostics that the editor then shows."""
        uri = path.as_uri()
        self._versions[uri] = version = self._versions.get(uri, 0) + 1
        document = {"uri": uri, "languageId": "yaml", "version": version, "text": text}
        while not self._diagnostics.empty():
            self._diagnostics.get()
        if version == 1:
            self._tell("textDocument/didOpen", {"textDocument": document})
        else:
            changes = [{"text": text}]
            self._tell(
                "textDocument/didChange", {"textDocument": document, "contentChanges": changes}
            )
        try:
            while True:
                told = self._diagnostics.get(timeout=PATIENCE)
                if told["uri"] == uri:
                    found: list[Json] = told["diagnostics"]
                    return found
        except Empty:
            raise TimeoutError(f"no diagnostics of {path}") from None

    def at(self, kind: str, path: Path, line: int, column: int) -> Json:
        """`hover` or `completion` at a place that counts from 0."""
        position = {"line": line, "character": column}
        return self.ask(
            f"textDocument/{kind}", {"textDocument": {"uri": path.as_uri()}, "position": position}
        )

    def ask(self, method: str, params: Json) -> Json:
        with self._lock:
            number = len(self._answers) + 1
            self._answers[number] = Queue()
        self._send({"id": number, "method": method, "params": params})
        answer = self._answers[number].get(timeout=PATIENCE)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def _tell(self, method: str, params: Json) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Json) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _listen(self) -> None:
        pipe = self._process.stdout
        assert pipe
        while line := pipe.readline():
            length = int(line.partition(b":")[2])
            while pipe.readline().strip():
                pass
            self._hear(json.loads(pipe.read(length)))

    def _hear(self, message: Json) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]].put(message)
        elif method == "textDocument/publishDiagnostics":
            self._diagnostics.put(message["params"])
        elif method == "workspace/configuration":
            result = [_SETTINGS.get(item["section"]) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": result})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})


_SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    },
    "editor": {"tabSize": 2},
}

"""Measures how long an editor waits for the diagnostics of what was typed, through the protocol of language servers.

    python -m benchmarks.edits FOLDER --rounds 20
    python -m benchmarks.edits FOLDER --server "ssot-lint server -q" --server "/old/bin/ssot-lint server -q"

Servers take turns at each edit of the same files, so that a ratio between them holds on a busy machine. Two kinds of
edits: a statement in a function, and a class with an import at the end of the file. A pause of 0.2 to 1.2 seconds lies
between them; the time is from the change to the answer to the question for the diagnostics of its file.
"""

from __future__ import annotations

import argparse
import json
import random
import shlex
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from benchmarks.measure import BenchmarkError

SMALLEST_BYTES = 3_000
"""Files below it have little to edit."""
INSIDE, ADDED = "a statement in a function", "a class and an import"
_ADDITION = (
    "\nimport json as added_json\n\n\nclass Added:\n    def load(self, text):\n        return added_json.loads(text)\n"
)
_MOST = 0.95
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.2, 1.2


class Client:
    """One server over standard input and output, asked one thing at a time."""

    def __init__(self, command: str, root: Path) -> None:
        self._process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
        if self._process.stdin is None or self._process.stdout is None:
            raise BenchmarkError(f"{command}: no pipes")
        self._input, self._output = self._process.stdin, self._process.stdout
        self._root, self._number, self._versions = root, 0, defaultdict[str, int](int)
        capabilities: dict[str, object] = {"textDocument": {"diagnostic": {}}}
        self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities})
        self._send({"method": "initialized", "params": {}})

    def close(self) -> None:
        """End the server."""
        self.ask("shutdown", None)
        self._send({"method": "exit"})
        self._process.wait()

    def open(self, path: str, text: str) -> None:
        """Open a file."""
        item = {"uri": self._uri(path), "languageId": "python", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": item}})

    def type(self, path: str, text: str) -> None:
        """Let a file have another text, unsaved."""
        self._versions[path] += 1
        document = {"uri": self._uri(path), "version": self._versions[path] + 1}
        changes = {"textDocument": document, "contentChanges": [{"text": text}]}
        self._send({"method": "textDocument/didChange", "params": changes})

    def shut(self, path: str) -> None:
        """Close a file."""
        self._send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": self._uri(path)}}})

    def diagnostics(self, path: str) -> object:
        """The diagnostics of a file."""
        return self.ask("textDocument/diagnostic", {"textDocument": {"uri": self._uri(path)}})

    def all_diagnostics(self) -> object:
        """The diagnostics of all files."""
        return self.ask("workspace/diagnostic", {"previousResultIds": []})

    def ask(self, method: str, params: object) -> object:
        """The result of a request."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            answer = self._receive()
            if answer.get("id") == self._number and "method" not in answer:
                return answer.get("result")

    def _uri(self, path: str) -> str:
        return (self._root / path).as_uri()

    def _send(self, message: Mapping[str, object]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._input.flush()

    def _receive(self) -> dict[str, object]:
        length = 0
        while line := self._output.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        if not length:
            raise BenchmarkError("the server ended")
        return msgspec.json.decode(self._output.read(length), type=dict[str, object])


def edits_of(text: str) -> Iterator[tuple[str, str]]:
    """The edits of a file, by kind."""
    lines = text.split("\n")
    place = next((at for at, line in enumerate(lines) if line.lstrip().startswith("return ")), None)
    if place is not None:
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        yield INSIDE, "\n".join([*lines[:place], f"{indent}added_local = 1", *lines[place:]])
    yield ADDED, text + _ADDITION


def measure(clients: Sequence[Client], root: Path, rounds: int) -> dict[str, list[list[float]]]:
    """The seconds of each server at each edit, by kind."""
    rng = random.Random(0)  # noqa: S311 - the same files each time
    files = sorted(path for path in root.rglob("*.py") if path.stat().st_size > SMALLEST_BYTES)
    seconds: dict[str, list[list[float]]] = defaultdict(list)
    for file in rng.sample(files, rounds):
        path, text = file.relative_to(root).as_posix(), file.read_text(encoding="utf-8", errors="replace")
        for client in clients:
            client.open(path, text)
            client.diagnostics(path)
        for kind, new in edits_of(text):
            seconds[kind].append([])
            for client in clients:
                time.sleep(rng.uniform(_SHORTEST_PAUSE, _LONGEST_PAUSE))
                start = time.perf_counter()
                client.type(path, new)
                client.diagnostics(path)
                seconds[kind][-1].append(time.perf_counter() - start)
        for client in clients:
            client.shut(path)
    return seconds


def table(commands: Sequence[str], seconds: Mapping[str, Sequence[Sequence[float]]]) -> str:
    """The figures, and the ratio of each server to the first one."""
    rows = ["| edit | server | median | 95 % | ratio of medians |", "| --- | --- | --- | --- | --- |"]
    for kind, measured in seconds.items():
        first = statistics.median(each[0] for each in measured)
        for at, command in enumerate(commands):
            own = sorted(each[at] for each in measured)
            median, most = statistics.median(own), own[min(int(_MOST * len(own)), len(own) - 1)]
            rows.append(f"| {kind} | `{command}` | {median:.3f} s | {most:.3f} s | {median / first:.2f} |")
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--server", action="append", help="the command of a server; several take turns")
    parser.add_argument("--rounds", type=int, default=20, help="files that are edited")
    given = parser.parse_args(arguments)
    root, commands = given.folder.resolve(), given.server or ["ssot-lint server -q"]
    clients = [Client(command, root) for command in commands]
    try:
        for client in clients:
            client.all_diagnostics()
        sys.stdout.write(f"{table(commands, measure(clients, root, given.rounds))}\n")
    finally:
        for client in clients:
            client.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

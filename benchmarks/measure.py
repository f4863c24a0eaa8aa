"""Runs one command in a fresh process and tells what it and all processes below it cost. Linux only."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

POLL_SECONDS = 0.05
_REAP_SECONDS = 0.01
_LEFTOVER_SECONDS = 10.0
_PR_SET_CHILD_SUBREAPER = 36
_ENVIRONMENT = {"HOME", "PATH", "TMPDIR"}


class Cost(msgspec.Struct, frozen=True):
    """What one run of a command cost.

    ``seconds`` is wall-clock time until the command ended, ``cpu`` user and system seconds of all its processes.
    ``main_mb`` is the peak resident memory of the first process in 10^6 bytes, ``worker_mb`` that of the largest
    process below it, 0 if there was none. Pages that processes share count for each of them.
    """

    seconds: float
    cpu: float
    main_mb: float
    worker_mb: float


class Observation(msgspec.Struct, frozen=True):
    """A run: ``exit_code`` is None when the time limit ended it, and the cost is then that until the limit."""

    cost: Cost
    exit_code: int | None
    stdout: bytes
    stderr: str


class BenchmarkError(Exception):
    """A measurement that would mean nothing; the text says why."""


def observe(
    command: Sequence[str],
    folder: Path,
    *,
    variables: Mapping[str, str] | None = None,
    limit_seconds: float = 3600.0,
) -> Observation:
    """Run ``command`` in ``folder``, in a session of its own and with ``variables`` as its environment, beside the
    path, the home and the folder for temporary files.

    CPU time comes from wait4, which covers processes that outlive their parent because this process adopts them;
    memory from VmHWM in /proc, read every 50 ms: growth in the last 50 ms of a process is missed.
    """
    kept = {name: value for name, value in os.environ.items() if name in _ENVIRONMENT}
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr, _adopting_orphans():
        start = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**kept, "LANG": "C.UTF-8", **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        peaks, is_late = _watch(process.pid, start + limit_seconds)
        seconds = time.perf_counter() - start
        cpu, process.returncode = _reap(process.pid)
        return Observation(
            cost=Cost(
                seconds=seconds,
                cpu=cpu,
                main_mb=peaks.pop(process.pid, 0.0),
                worker_mb=max(peaks.values(), default=0.0),
            ),
            exit_code=None if is_late else process.returncode,
            stdout=_content(stdout.fileno()),
            stderr=_content(stderr.fileno()).decode(errors="replace"),
        )


def succeeded(command: Sequence[str], observation: Observation) -> Observation:
    """``observation``, if it exited with 0. Raises BenchmarkError with the end of its stderr otherwise."""
    if observation.exit_code != 0:
        how = "did not finish" if observation.exit_code is None else f"exited with {observation.exit_code}"
        raise BenchmarkError(f"{' '.join(command)} {how}:\n{observation.stderr[-2000:]}")
    return observation


@contextmanager
def _adopting_orphans() -> Iterator[None]:
    """This process is the parent of what its descendants leave behind, in place of init: see prctl(2)."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise BenchmarkError(f"prctl: {os.strerror(ctypes.get_errno())}")
    try:
        yield
    finally:
        prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _watch(session: int, deadline: float) -> tuple[dict[int, float], bool]:
    """Wait until the leader of ``session`` ends, or end it at ``deadline``. Returns the peak memory of each process,
    in 10^6 bytes, and whether it was ended."""
    peaks: dict[int, float] = {}
    descriptor = os.pidfd_open(session)
    try:
        poller = select.poll()
        poller.register(descriptor, select.POLLIN)
        while not poller.poll(POLL_SECONDS * 1000):
            members = _members(session)
            peaks.update({pid: peak for pid in members if (peak := _peak_mb(pid))})
            if time.perf_counter() > deadline:
                _kill(members)
                return peaks, True
    finally:
        os.close(descriptor)
    return peaks, False


def _members(session: int) -> list[int]:
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - twenty times a second
    return [pid for pid in pids if _session(pid) == session]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None


def _peak_mb(pid: int) -> float:
    """The most memory that was ever resident in a process, in 10^6 bytes; 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    kibibytes = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")), "0")
    return int(kibibytes) * 1024 / 1e6


def _kill(pids: Sequence[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _reap(main: int) -> tuple[float, int]:
    """Wait for ``main``, which has ended, and for all that it left behind. Returns their CPU seconds and its exit code.

    Raises BenchmarkError if something still runs ten seconds later.
    """
    cpu, exit_code = 0.0, 0
    give_up = time.monotonic() + _LEFTOVER_SECONDS
    while members := _members(main):
        for pid in members:
            try:
                ended, status, usage = os.wait4(pid, os.WNOHANG)
            except ChildProcessError:
                continue  # its parent waits for it, or leaves it to us
            cpu += usage.ru_utime + usage.ru_stime
            if ended == main:
                exit_code = os.waitstatus_to_exitcode(status)
        if time.monotonic() > give_up:
            _kill(members)
            raise BenchmarkError("processes of the command are still running after its end")
        time.sleep(_REAP_SECONDS)
    return cpu, exit_code


def _content(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(os.dup(descriptor), "rb") as stream:
        return stream.read()

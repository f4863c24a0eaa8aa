"""What a run of pytest with the probe has written, for a scan."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ssot_lint.commands.files import read_bytes
from ssot_lint.errors import UsageError
from ssot_lint.model.probe import ProbeDocument


def probe_document(path: Path | None) -> ProbeDocument | None:
    """The document in a file; None without one. Raises UsageError for a file that is none."""
    if path is None:
        return None
    try:
        return msgspec.json.decode(read_bytes(path), type=ProbeDocument)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"--probe: {path}: is not what the probe writes: {error}",
            "Write it with `pytest --ssot-probe --ssot-probe-json FILE`",
        ) from error

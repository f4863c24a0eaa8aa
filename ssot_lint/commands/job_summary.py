"""The summary of a job of GitHub Actions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ssot_lint.commands.streams import print_note

VARIABLE = "GITHUB_STEP_SUMMARY"
LIMIT = 1_048_576
"""Bytes that GitHub takes as the summary of a step; it drops a longer one."""


def append_job_summary(markdown: str, environment: Mapping[str, str]) -> None:
    """Append to the file that ``environment`` names, if it names one.

    Without a summary the scan is as good: a file that is full or cannot be written is a note on stderr.
    """
    name = environment.get(VARIABLE)
    if not name:
        return
    data = markdown.encode()
    try:
        with Path(name).open("ab") as stream:
            if stream.tell() + len(data) > LIMIT:
                print_note(f"no job summary: {VARIABLE} would exceed {LIMIT:,} bytes")
            else:
                stream.write(data)
    except OSError as error:
        print_note(f"no job summary: {name}: cannot be written: {error.strerror}")

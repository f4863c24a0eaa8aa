"""The JSON Schemas of the JSON report, the list of files, the answers of ``where`` and what the probe writes, for their
readers: made from the structs that are written."""

from __future__ import annotations

import msgspec

from ssot_lint.model.probe import ProbeDocument
from ssot_lint.reporters.answer_document import ResponseJson
from ssot_lint.reporters.file_list_document import FilesJson
from ssot_lint.reporters.json_document import ReportJson
from ssot_lint.text.json_schema import REFERENCES, schema_text

FILE_NAME = "report.schema.json"
FILES_FILE_NAME = "files.schema.json"
ANSWER_FILE_NAME = "where.schema.json"
PROBE_FILE_NAME = "probe.schema.json"
"""The shipped schemas, files of the package ``ssot_lint.reporters``."""


def render_report_schema() -> str:
    """The schema of what :func:`ssot_lint.reporters.json_report.render_json` writes."""
    _, definitions = msgspec.json.schema_components([ReportJson], ref_template=REFERENCES)
    return schema_text(ReportJson.__name__, definitions, "ssot-lint report")


def render_files_schema() -> str:
    """The schema of what :func:`ssot_lint.reporters.file_list.render_file_list_json` writes."""
    _, definitions = msgspec.json.schema_components([FilesJson], ref_template=REFERENCES)
    return schema_text(FilesJson.__name__, definitions, "ssot-lint files")


def render_answer_schema() -> str:
    """The schema of what :func:`ssot_lint.reporters.answer_document.render_answer_json` writes."""
    _, definitions = msgspec.json.schema_components([ResponseJson], ref_template=REFERENCES)
    return schema_text(ResponseJson.__name__, definitions, "ssot-lint where")


def render_probe_schema() -> str:
    """The schema of what ``pytest --ssot-probe-json FILE`` writes."""
    _, definitions = msgspec.json.schema_components([ProbeDocument], ref_template=REFERENCES)
    return schema_text(ProbeDocument.__name__, definitions, "ssot-lint probe")

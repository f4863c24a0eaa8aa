"""``ssot-lint mcp``: the server for assistants."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ssot_lint.commands.options import McpOptions
from ssot_lint.commands.workspace import missing_extra, open_workspace


def run_mcp(options: McpOptions) -> None:
    """Answer an assistant on standard input and output until it ends. Raises PluginError without the extra."""
    try:
        from ssot_lint.server.mcp.server import serve
    except ImportError as error:
        raise missing_extra("mcp", error) from error
    serve(
        partial(open_workspace, given={}, choice=options.config, run=options.run),
        (options.root or Path.cwd()).resolve(),
    )

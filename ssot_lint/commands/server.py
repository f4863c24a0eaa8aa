"""``ssot-lint server``: the server for editors."""

from __future__ import annotations

from functools import partial

from ssot_lint.commands.options import ServerOptions
from ssot_lint.commands.workspace import missing_extra, open_workspace


def run_server(options: ServerOptions) -> None:
    """Answer an editor on standard input and output until it ends. Raises PluginError without the extra."""
    try:
        from ssot_lint.server.lsp.server import serve
    except ImportError as error:
        raise missing_extra("server", error) from error
    serve(partial(open_workspace, choice=options.config, run=options.run))

"""The MCP server: tools that answer while code is written, over standard input and output."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from mcp.server import MCPServer
from mcp.server.mcpserver import Context, ListRoots, Resolve
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ListRootsResult, ToolAnnotations
from pydantic import Field

from ssot_lint import __version__
from ssot_lint.errors import SsotLintError, UsageError
from ssot_lint.server.mcp import tools
from ssot_lint.server.workspace import Workspace
from ssot_lint.text.sanitize import path_of_uri, visible

INSTRUCTIONS = (
    "Before you write a class, function, constant or event name, ask `where` whether there is one already, and import "
    "it from its home. Before you finish, ask `check` what the change adds that is there already and what it breaks."
)


def _roots(context: Context) -> ListRoots | ListRootsResult:
    """The folders that the client lets us see; none where it does not say."""
    capabilities = context.client_capabilities
    return ListRoots() if capabilities and capabilities.roots else ListRootsResult(roots=[])


Roots = Annotated[ListRootsResult, Resolve(_roots)]
Name = Annotated[
    str, Field(description='A name, words ("order book"), package.module:Name, the text of an event, or FILE:LINE.')
]
Code = Annotated[str, Field(description="Python that is about to be written, in place of a name.")]
Asker = Annotated[str, Field(description="The file it is for, relative to the project: says what to import there.")]
Paths = Annotated[list[str], Field(description="Files or folders to speak of; none: the change.")]
Base = Annotated[str, Field(description="The revision that the change began at; default: HEAD.")]
Subject = Annotated[str, Field(description="Only findings about these subjects: a glob.")]
Steps = Annotated[list[int], Field(description="Only these steps of the plan, by number.")]
Unsafe = Annotated[bool, Field(description="Also what the program may notice.")]
Rule = Annotated[str, Field(description="Code or name of a rule, or the id of a violation.")]


class Desk:
    """Answers one question at a time, about the project that the client works in. ``opened`` opens the project around
    a folder; ``start`` is where the server was started."""

    def __init__(self, opened: Callable[[Path], Workspace], start: Path) -> None:
        self._opened, self._start = opened, start
        self._workspaces: dict[Path, Workspace] = {}
        self._lock = asyncio.Lock()

    async def ask(self, roots: ListRootsResult, answer: Callable[[Workspace], str]) -> str:
        """The answer about the project. Raises ToolError with one line for what the client has to put right."""
        async with self._lock:
            try:
                return await asyncio.to_thread(self._answered, [str(root.uri) for root in roots.roots], answer)
            except SsotLintError as error:
                raise ToolError(visible(str(error))) from error

    def close(self) -> None:
        """End what runs for the projects."""
        for workspace in self._workspaces.values():
            workspace.project.close()

    def _answered(self, roots: Sequence[str], answer: Callable[[Workspace], str]) -> str:
        folders = [Path(path_of_uri(uri)).resolve() for uri in roots if uri.startswith("file:")]
        start = self._start if not folders or _is_in(self._start, folders) else folders[0]
        if start not in self._workspaces:
            self._workspaces[start] = self._opened(start)
        workspace = self._workspaces[start]
        if folders and not _is_in(workspace.root, folders):
            raise UsageError(f"the project {workspace.root} is outside the roots of the client", "Let it see the whole")
        return answer(workspace)


def _is_in(path: Path, folders: Sequence[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def build_server(desk: Desk) -> MCPServer:
    """The server with its tools. They read and answer; none writes."""
    server = MCPServer("ssot-lint", version=__version__, instructions=INSTRUCTIONS, log_level="ERROR")
    read_only = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    @server.tool(annotations=read_only, structured_output=False)
    async def where(roots: Roots, name: Name = "", code: Code = "", file: Asker = "") -> str:
        """Is there one already? Its home, why, what to import, its factory, copies; of a name or of code."""
        return await desk.ask(roots, lambda workspace: tools.where(workspace, name, code, file))

    @server.tool(annotations=read_only, structured_output=False)
    async def check(roots: Roots, paths: Paths = [], base: Base = "") -> str:  # noqa: B006 - copied by pydantic
        """What the change adds that is there already, and which imports it breaks; or what a scan says of files."""
        return await desk.ask(roots, lambda workspace: tools.check(workspace, paths, base))

    @server.tool(annotations=read_only, structured_output=False)
    async def plan(roots: Roots) -> str:
        """What to repair first, in which order, and for how many points of the score."""
        return await desk.ask(roots, tools.plan)

    @server.tool(annotations=read_only, structured_output=False)
    async def fix_preview(
        roots: Roots,
        paths: Paths = [],  # noqa: B006 - copied by pydantic
        subject: Subject = "",
        steps: Steps = [],  # noqa: B006
        unsafe: Unsafe = False,
    ) -> str:
        """What `ssot-lint fix` would change, as a diff. It writes nothing."""
        return await desk.ask(
            roots, lambda workspace: tools.fix_preview(workspace, paths, subject, steps, unsafe=unsafe)
        )

    @server.tool(annotations=read_only, structured_output=False)
    async def explain(roots: Roots, rule: Rule) -> str:
        """Why a rule matters, with a bad and a good example, and how to repair what it finds."""
        return await desk.ask(roots, lambda workspace: tools.explain(workspace, rule))

    @server.tool(annotations=read_only, structured_output=False)
    async def components(roots: Roots) -> str:
        """The declared components with their homes, factories and scores."""
        return await desk.ask(roots, tools.components)

    return server


def serve(opened: Callable[[Path], Workspace], start: Path) -> None:
    """Answer a client on standard input and output until it ends."""
    desk = Desk(opened, start)
    try:
        build_server(desk).run("stdio")
    finally:
        desk.close()

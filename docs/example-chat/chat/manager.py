"""What the service knows of one user: the mode, the messages and the events on their way."""

from __future__ import annotations

import asyncio
from enum import Enum


class Mode(Enum):
    """How a manager works. Its members are shared by all users, and cannot change."""

    UNIFIED = "unified"
    ISOLATED = "isolated"


class Context:
    """Whose request it is."""

    def __init__(self, user_id: str | None) -> None:
        self.user_id = user_id


class ChatManager:
    """The messages and events of one user."""

    def __init__(self, context: Context, mode: Mode = Mode.UNIFIED) -> None:
        self.context = context
        self.mode = mode
        self.queue: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self.messages: list[str] = []

    async def emit(self, event: str, **payload: str) -> None:
        """Send one event."""
        await self.queue.put({"event": event, **payload})

    async def answer(self, text: str) -> None:
        """Work on a message, and say so."""
        self.messages.append(text)
        await self.emit("agent_started")
        await self.emit("agent_thinking")
        await self.emit("tool_executing", tool="echo")
        await self.emit("tool_completed", tool="echo")
        await self.emit("agent_completed", text=text.upper())

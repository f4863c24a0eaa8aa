"""Chat over WebSockets: the first message of a connection says whose it is, the others are answered with events."""

from __future__ import annotations

import asyncio
import json

from websockets.asyncio.server import Server, ServerConnection, serve

from chat.factory import create_manager
from chat.manager import ChatManager, Context


async def open_server() -> Server:
    """A server on a free port of the loopback."""
    return await serve(talk, "127.0.0.1", 0)


async def talk(connection: ServerConnection) -> None:
    """One connection, from its first message to its last."""
    user_id = json.loads(await connection.recv())["user_id"]
    manager = await create_manager(Context(user_id))
    sending = asyncio.create_task(_forward(manager, connection))
    try:
        async for message in connection:
            await manager.answer(str(message))
    finally:
        sending.cancel()


async def _forward(manager: ChatManager, connection: ServerConnection) -> None:
    while True:
        await connection.send(json.dumps(await manager.queue.get()))

"""Users talk to the service over real connections. None of these tests knows of the probe, but the last one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chat.server import open_server
from websockets.asyncio.client import ClientConnection, connect


@asynccontextmanager
async def users(*names: str) -> AsyncIterator[list[ClientConnection]]:
    """A server, and a connection of each of the users."""
    async with await open_server() as server:
        port = server.sockets[0].getsockname()[1]
        connections = [await connect(f"ws://127.0.0.1:{port}") for _ in names]
        for name, connection in zip(names, connections, strict=True):
            await connection.send(json.dumps({"user_id": name}))
        yield connections
        for connection in connections:
            await connection.close()


async def ask(connection: ClientConnection, text: str) -> list[dict[str, str]]:
    """The events of one answer."""
    await connection.send(text)
    events: list[dict[str, str]] = []
    while not events or events[-1]["event"] != "agent_completed":
        events.append(json.loads(await asyncio.wait_for(connection.recv(), 2)))
    return events


def test_a_message_is_answered() -> None:
    async def talk() -> None:
        async with users("ann") as [ann]:
            assert (await ask(ann, "hello"))[-1]["text"] == "HELLO"

    asyncio.run(talk())


def test_two_users_are_answered_at_once() -> None:
    async def talk() -> None:
        async with users("bob", "cleo") as [bob, cleo]:
            answers = await asyncio.gather(ask(bob, "one"), ask(cleo, "two"))
            assert len(answers) == 2

    asyncio.run(talk())


def test_a_user_opens_a_second_window() -> None:
    async def talk() -> None:
        async with users("demo-user-001", "demo-user-001") as [first, _]:
            await first.send("hello")
            await asyncio.sleep(0.05)

    asyncio.run(talk())


def test_concurrent_users_are_isolated(concurrent_identities) -> None:
    async def talk(user_id: str) -> None:
        async with users(user_id) as [connection]:
            await ask(connection, f"I am {user_id}")

    verdict = concurrent_identities(talk, ["dan", "eve", "finn"])
    assert verdict.is_clean, verdict

"""The one way to a manager."""

from __future__ import annotations

from weakref import WeakValueDictionary

from chat.manager import ChatManager, Context

_MANAGERS: WeakValueDictionary[str, ChatManager] = WeakValueDictionary()


async def create_manager(context: Context) -> ChatManager:
    """The manager of a user: the same one for each of its connections, for as long as one is open."""
    if not context.user_id:
        raise ValueError("a manager needs a user")
    manager = _MANAGERS.get(context.user_id)
    if manager is None:
        manager = _MANAGERS[context.user_id] = ChatManager(context)
    return manager

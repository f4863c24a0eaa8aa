"""Many files as a few folders."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping


def fold(weights: Mapping[str, int], room: int | None) -> dict[str, str]:
    """What stands for each path in a picture with ``room`` for so many: itself, or a folder (with a slash at the end).

    The deepest folders are folded first, of those the fullest, until all fit. Where that would leave less than a
    quarter of the room in use, the folder takes only what weighs least, as much as has to go. Files in no folder stay,
    so that there may still be too many. ``room`` None: nothing is folded.
    """
    standing = {path: path for path in sorted(weights)}
    deepest = max((path.count("/") for path in standing), default=0)
    for depth in range(deepest if room is not None else 0, 0, -1):
        drawn: Counter[str] = Counter()
        for path, place in standing.items():
            drawn[place] += weights[path]
        folded = _fold_level(drawn, depth, room or 0)
        standing = {path: folded.get(place, place) for path, place in standing.items()}
    return standing


def folder_among(path: str, drawn: Collection[str]) -> str | None:
    """The innermost folder of ``drawn`` that holds the file ``path``."""
    while path:
        path = path.rpartition("/")[0]
        if path and f"{path}/" in drawn:
            return f"{path}/"
    return None


def common_folder(paths: Iterable[str]) -> str:
    """The innermost folder that holds all ``paths``, with a slash at the end; empty for the project root."""
    folders = {path.rpartition("/")[0] for path in paths}
    folder = posixpath.commonpath(folders) if folders else ""
    return f"{folder}/" if folder else ""


def _fold_level(drawn: Mapping[str, int], depth: int, room: int) -> dict[str, str]:
    """The folder for each of ``drawn`` that has to give way to one with ``depth`` segments."""
    content: dict[str, list[str]] = defaultdict(list)
    for each in drawn:
        folders = each.split("/")[:-1]
        if len(folders) >= depth:
            content["/".join(folders[:depth]) + "/"].append(each)
    excess = len(drawn) - room
    folded: dict[str, str] = {}
    for folder in sorted(content, key=lambda name: (-len(content[name]), name)):
        inside = sorted(content[folder], key=lambda each: (drawn[each], each))
        if excess > 0 and len(inside) > 1:
            if excess + room - len(inside) + 1 < max(room // 4, 2):
                inside = inside[: excess + 1]
            folded |= dict.fromkeys(inside, folder)
            excess -= len(inside) - 1
    return folded

"""The formats of a report that are installed, found by name; only the one that is wanted is imported."""

from __future__ import annotations

from importlib.metadata import EntryPoint, distribution, entry_points

from ssot_lint.errors import PluginError, UsageError
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.text.requirement import with_extras
from ssot_lint.text.suggest import suggestion

ENTRY_POINT_GROUP = "ssot_lint.reporters"

_REPAIR = "Repair or uninstall the package that provides it"


def format_names() -> list[str]:
    """The names of all installed formats, sorted."""
    return sorted({point.name for point in entry_points(group=ENTRY_POINT_GROUP)})


def load_format(name: str, option: str) -> ReportFormat:
    """The installed format ``name``, which was asked for by ``option``.

    Raises UsageError when there is none of that name; PluginError when two packages offer it, when it cannot be
    imported, and when it is no :class:`ReportFormat`.
    """
    points = {point.value: point for point in entry_points(group=ENTRY_POINT_GROUP, name=name)}
    if not points:
        raise UsageError(f'{option}: no format is called "{name}"', _remedy(name))
    if len(points) > 1:
        rivals = " and ".join(f"by {value}" for value in sorted(points))
        raise PluginError(f'format "{name}" is claimed twice, {rivals}', "Uninstall one of them")
    (point,) = points.values()
    return _load(point)


def _remedy(name: str) -> str:
    known = format_names()
    return suggestion(name, known) if known else "Reinstall ssot-lint: not even its own formats are installed"


def _missing(point: EntryPoint) -> str:
    """The way out where a module is missing: what only some formats need comes with an extra of their package."""
    if not point.extras:
        return _REPAIR
    return f"Install what it needs: {with_extras(point.dist or distribution('ssot-lint'), point.extras)}"


def _load(point: EntryPoint) -> ReportFormat:
    where = f'format "{point.name}" ({point.value})'
    try:
        loaded = point.load()
    except ModuleNotFoundError as error:
        raise PluginError(f"{where} cannot be loaded: {type(error).__name__}: {error}", _missing(point)) from error
    except (Exception, SystemExit) as error:
        raise PluginError(
            f"{where} cannot be loaded: {type(error).__name__}: {error}",
            _REPAIR,
        ) from error
    if not isinstance(loaded, ReportFormat):
        raise PluginError(f"{where} is not a format", "Name a ssot_lint.reporters.interface.ReportFormat")
    return loaded

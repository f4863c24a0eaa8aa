"""The catalogue of a project that is looked at anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ssot_lint.discovery.footprint import footprint
from ssot_lint.discovery.options import discovery_options
from ssot_lint.discovery.stamps import stamps
from ssot_lint.query.build import rows_of
from ssot_lint.query.catalogue import Catalogue, Tables
from ssot_lint.scan.request import Request
from ssot_lint.scan.result_cache import cache_key
from ssot_lint.scan.review_change import Open
from ssot_lint.scan.stored_catalogue import CatalogueStore


@contextmanager
def catalogue_after_look(request: Request, store: CatalogueStore, opened: Open) -> Iterator[Catalogue]:
    """The catalogue after a look at all files, kept in ``store``; what that has counts if they are the same after all.

    Raises what opening a scan raises.
    """
    paths = footprint(request.root, discovery_options(request.config))
    before = stamps(paths)
    with opened(request) as scan:
        key = cache_key(scan.request, scan.files)
        with store.same(key, paths, before) as known:
            if known is not None:
                yield known
                return
        rows = rows_of(scan.project)
    store.save(rows, key, paths, before)
    yield Catalogue(Tables(rows))

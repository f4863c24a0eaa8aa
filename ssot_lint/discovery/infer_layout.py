"""Settles what the imports of the code decide: source roots, module names and zones.

Folders and metadata only make source roots likely. What proves them is how the code imports itself: a file
with ``from app.db import X`` below ``backend/``, where ``backend/app/db.py`` exists, uses ``backend`` as a
source root; one with ``from backend.app.db import X`` uses the project root, and shows that ``backend`` is none.
Every import is a vote, and for each folder the majority decides.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ssot_lint.discovery.distributions import assign
from ssot_lint.discovery.election import Election
from ssot_lint.discovery.import_evidence import FileEvidence, ImportEvidence, evidence_in
from ssot_lint.discovery.naming import name_tree
from ssot_lint.discovery.zone_evidence import ZoneEvidence, settle_zones
from ssot_lint.discovery.zones import ZoneDecision
from ssot_lint.model.source import SourceTree


def infer_layout(tree: SourceTree, contents: Mapping[str, FileEvidence]) -> SourceTree:
    """The tree with final source roots, module names and zones; files, paths and order stay.

    ``contents`` maps the path of a file to what it tells; a file without an entry (one that cannot be parsed)
    tells nothing. Linear in the number of imports.
    """
    return settle_layout(tree, contents, evidence_in(tree, contents))


def settle_layout(tree: SourceTree, contents: Mapping[str, FileEvidence], evidence: ImportEvidence) -> SourceTree:
    """:func:`infer_layout` with the ``evidence_in`` the same tree and contents, which learns what follows from it."""
    if not tree.layout.is_fixed:
        tree = _rename(tree, evidence)
    generated = {path for path, content in contents.items() if content.is_generated}
    runnable = {path for path, content in contents.items() if content.is_runnable}
    settled = settle_zones(tree, ZoneEvidence(evidence.links, generated, runnable))
    declared = [each for each in tree.distributions if each.folder in tree.layout.distributions]
    files, distributions = assign(settled.files, declared, tree.layout.declared_roots)
    return msgspec.structs.replace(settled, files=files, distributions=distributions)


def _rename(tree: SourceTree, evidence: ImportEvidence) -> SourceTree:
    evidence.confirm()
    votes = {(root, name): count for (root, name), count in evidence.votes.items() if evidence.accepts(root, name)}
    election = Election(tree.layout.likely_roots, evidence.package_votes)
    for (root, name), count in evidence.votes.items():
        if (root, name) in votes:
            election.count(root, name, count)
        else:
            election.refuse(root, count)
    # The losers of the election are source roots too if they really are used. Where only `x/y.py` itself imports
    # `x.const`, that may as well be a third-party package.
    used = {
        root
        for root, name in votes
        if (root, name) in evidence.explicit
        or ("/" in name and (root in tree.layout.likely_roots or (root, name) in evidence.outside))
    }
    files = [(file.path, ZoneDecision(file.zone, file.zone_reason, file.is_given)) for file in tree.files]
    named = name_tree(
        files,
        tree.layout,
        election.winners(),
        used_roots=used,
        strangers=evidence.strangers(),
        unreadable=tree.unreadable,
    )
    return msgspec.structs.replace(named, distributions=tree.distributions, links=tree.links)

"""What to write into a configuration, as far as the code shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ssot_lint.init.components import propose_components
from ssot_lint.init.doubts import propose_in_doubt
from ssot_lint.init.layout import propose_source_roots, propose_test_paths
from ssot_lint.init.plugins import propose_plugins
from ssot_lint.init.replaced_sources import propose_sources
from ssot_lint.model.proposal import Proposals
from ssot_lint.model.report import JudgedFinding
from ssot_lint.model.source import SourceTree
from ssot_lint.project.project import Project


def propose(
    tree: SourceTree,
    project: Project,
    findings: Sequence[JudgedFinding],
    keeps_names: Callable[[tuple[str, ...]], bool],
) -> Proposals:
    """Everything worth proposing. ``tree`` is what ``project`` was made of, ``findings`` what its scan found;
    ``keeps_names`` is that of :func:`propose_source_roots`."""
    found = (propose_source_roots(tree, project, keeps_names), propose_test_paths(project))
    return Proposals(
        settings=(
            *(setting for setting in found if setting is not None),
            *propose_plugins(project),
            *propose_in_doubt(tree),
        ),
        components=(*propose_components(project, findings), *propose_sources(project)),
    )

"""From nodes and links to a picture of a given size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ssot_lint.graph.digraph import Relation
from ssot_lint.model.picture import Picture, PictureEdge, PictureNode

_WORDS = {
    Relation.IMPORTS: "imports",
    Relation.REEXPORTS: "re-exports",
    Relation.DEFINES: "defines",
    Relation.BUILDS: "builds",
    Relation.RETURNS: "returns",
    Relation.INHERITS: "inherits",
}

_Pair: TypeAlias = tuple[str, str]


class Link(NamedTuple):
    """Something between two nodes, by their ids. Links between the same two make one edge."""

    source: str
    target: str
    relation: Relation


def draw(
    title: str,
    tiers: Sequence[Collection[PictureNode]],
    links: Iterable[Link],
    most: int | None = None,
    *,
    usual: Relation | None = None,
    left_out: int = 0,
) -> Picture:
    """At most ``most`` nodes and three edges for every two of them; None for all. ``usual`` is the relation that the
    title mentions, so that it goes without saying at an arrow; ``left_out`` is how many nodes are missing already.

    CachedResult are the nodes of the first tiers, in a tier those with the most edges. Of its edges each node keeps the
    heaviest that leaves it, or else reaches it (an edge weighs as many links as it stands for); then come those of the
    first tier, then the heaviest. Links from a node to itself are not drawn.
    """
    weights = _weigh(links)
    tier_of = {node.id: at for at, tier in enumerate(tiers) for node in tier}
    degrees = Counter(node for pair in weights for node in pair)
    ids = set(sorted(tier_of, key=lambda node: (tier_of[node], -degrees[node], node))[:most])
    drawable = {pair: weight for pair, weight in weights.items() if ids.issuperset(pair)}
    strongest = _strongest(drawable)
    pairs = sorted(
        drawable,
        key=lambda pair: (
            pair not in strongest,
            min(tier_of[node] for node in pair),
            -drawable[pair].total(),
            pair,
        ),
    )[: None if most is None else most * 3 // 2]
    return Picture(
        title=title,
        nodes=tuple(node for tier in tiers for node in sorted(tier, key=_by_id) if node.id in ids),
        edges=tuple(_edge(pair, drawable[pair], usual) for pair in sorted(pairs)),
        nodes_left_out=left_out + len(tier_of) - len(ids),
        edges_left_out=len(weights) - len(pairs),
    )


def _by_id(node: PictureNode) -> str:
    return node.id


def _weigh(links: Iterable[Link]) -> Mapping[_Pair, Counter[Relation]]:
    """How many links of each relation there are between two nodes."""
    weights: dict[_Pair, Counter[Relation]] = defaultdict(Counter)
    for source, target, relations in links:
        if source != target:
            weights[source, target].update(relation for relation in _WORDS if relation & relations)
    return weights


def _strongest(weights: Mapping[_Pair, Counter[Relation]]) -> set[_Pair]:
    """For every node the heaviest edge that leaves it; where none does, of those that reach it."""
    leaving: dict[str, _Pair] = {}
    reaching: dict[str, _Pair] = {}
    for pair in sorted(weights, key=lambda pair: (-weights[pair].total(), pair)):
        leaving.setdefault(pair[0], pair)
        reaching.setdefault(pair[1], pair)
    return set((reaching | leaving).values())


def _edge(pair: _Pair, weight: Counter[Relation], usual: Relation | None) -> PictureEdge:
    mark = None if usual is None else _phrase(weight, _WORDS | {usual: ""})
    return PictureEdge(*pair, _phrase(weight, _WORDS), mark)


def _phrase(weight: Mapping[Relation, int], words: Mapping[Relation, str]) -> str:
    """The words for what there is, with counts above 1; a count alone where the word is empty."""
    counts = [(word, weight[relation]) for relation, word in words.items() if weight[relation]]
    phrases = [f"{word} {count:,}×".lstrip() if count > 1 else word for word, count in counts]
    return ", ".join(filter(None, phrases))

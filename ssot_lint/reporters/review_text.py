"""What a change adds and breaks, in the words of a reviewer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.text import Text

from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, UnreadFile
from ssot_lint.query.review import Addition, BrokenImport, Review
from ssot_lint.reporters.figures import home_word, remark
from ssot_lint.reporters.layout import Layout, prose, to_string, where
from ssot_lint.reporters.phrases import unread_sentence
from ssot_lint.text.path_lists import about
from ssot_lint.text.sanitize import visible, visible_path
from ssot_lint.text.wording import counted

# Not "import it there from `shop.cart`", for whom other projects are told of.
_STATEMENT = re.compile(r"\bimport (?!it there)")
_INDENT = 2
_LABEL = 10


def render_review(review: Review, *, width: int, color: bool, shown: Callable[[str], str] = str) -> str:
    """Render a review for a terminal of ``width`` columns; ``shown`` is what paths are called there."""
    layout = Layout(width)
    sections = [[*_added(layout, group, shown)] for group in _by_finding(review.added)]
    sections += [[*_broken(layout, each, shown)] for each in review.broken]
    sections += [[*_added(layout, group, shown)] for group in _by_finding(review.elsewhere)]
    sections += [[*_added(layout, group, shown)] for group in _by_finding(review.listed)]
    sections += [[*_not_judged(layout, each, shown)] for each in review.not_judged]
    said = _sentence(review)
    if review.unread:
        said += f" May be incomplete: {unread_sentence([shown(path) for path in review.unread])}"
    sections.append([*layout.hang(Text(), prose(said), 0)])
    return to_string(map(tuple, sections), color=color)


def _by_finding(added: Iterable[Addition]) -> list[list[Addition]]:
    """What is said of the places of one finding is said once."""
    found: dict[int, list[Addition]] = defaultdict(list)
    for each in added:
        found[id(each.finding)].append(each)
    return list(found.values())


def _added(layout: Layout, group: Sequence[Addition], shown: Callable[[str], str]) -> Iterator[Text]:
    first = group[0]
    finding = first.finding.finding
    yield Text.assemble(
        (where(first.site.site.location, shown), "bold"),
        f" {first.site.id} {first.finding.rule.name} ({first.finding.severity.value})",
    )
    yield from layout.hang(Text(), prose(finding.message), _INDENT)
    if said := remark(first.site):
        yield from layout.hang(_label("here:"), prose(said), _LABEL)
    for each in group[1:]:
        place = f"{where(each.site.site.location, shown)} {each.site.id} {remark(each.site)}".rstrip()
        yield from layout.hang(_label("and:"), prose(place), _LABEL)
    if finding.home is not None:
        name = finding.home.module if first.site.site.original else finding.home.symbol
        place = f"{where(finding.home.location, shown)} `{name}`, {finding.home.reason}"
        yield from layout.hang(_label(f"{home_word(finding)}:"), prose(place), _LABEL)
    if finding.remedy:
        yield from layout.hang(_label("do:"), prose(_to_do(group)), _LABEL)
    if statement := _import_to_write(first.finding):
        yield Text.assemble(f"{' ' * _INDENT}import: ", (visible(statement), "bold"))


def _to_do(group: Sequence[Addition]) -> str:
    """The remedy, as far as it is about what the change added."""
    finding = group[0].finding
    added = list(dict.fromkeys(each.site.site.location.path for each in group))
    return about(finding.finding.remedy, added, {each.site.location.path for each in finding.sites}.difference(added))


def _import_to_write(judged: JudgedFinding) -> str:
    """The import of what is kept, where the remedy only says what goes: nobody uses the new copy yet, but somebody
    wrote it to use it."""
    home, remedy = judged.finding.home, judged.finding.remedy
    has_several = any(each.site.original for each in judged.sites)
    if home is None or has_several or judged.rule.action is not Action.MERGE or _STATEMENT.search(remedy):
        return ""
    module, _, name = home.symbol.partition(":")
    return f"from {module} import {name}" if name.isidentifier() else ""


def _broken(layout: Layout, each: BrokenImport, shown: Callable[[str], str]) -> Iterator[Text]:
    what = f"`{each.name}` from `{each.module}`" if each.name else f"`{each.module}`"
    yield Text.assemble((where(each.location, shown), "bold"), " broken import")
    said = f"imports {what}, which {shown(each.lost_by)} does not offer any more."
    yield from layout.hang(Text(), prose(said), _INDENT)
    for place in each.now:
        module, _, name = place.symbol.partition(":")
        statement = f"from {module} import {name}" if name else f"import {module}"
        text = f"`{statement}`: it is at {where(place.location, shown)} now"
        yield from layout.hang(_label("do:"), prose(text), _LABEL)
    for place in each.namesakes:
        module, _, name = place.symbol.partition(":")
        text = f"`from {module} import {name}`, if that is meant: there is one at {where(place.location, shown)}"
        yield from layout.hang(_label("do:"), prose(text), _LABEL)
    if each.remedy:
        yield from layout.hang(_label("do:"), prose(each.remedy), _LABEL)


def _not_judged(layout: Layout, each: UnreadFile, shown: Callable[[str], str]) -> Iterator[Text]:
    yield Text.assemble((f"{visible_path(shown(each.path))}:{each.line}", "bold"), " not judged")
    yield from layout.hang(Text(), prose(f"could not be read: {each.reason}"), _INDENT)


def _label(text: str) -> Text:
    return Text(f"{' ' * _INDENT}{text}", "dim")


def _sentence(review: Review) -> str:
    listed = ""
    if review.listed:
        what = "A further copy is" if len(review.listed) == 1 else f"{len(review.listed):,} further copies are"
        listed = f" {what} information: not scored, and no reason to fail."
    if review.is_clean and review.not_judged:
        return f"Nothing new since {review.against} in what could be read.{listed}"
    if review.is_clean:
        nothing = "adds no violation and breaks no import"
        return f"Nothing new since {review.against}: the change {nothing}.{listed}"
    parts = []
    if review.added:
        parts.append(f"adds {counted(len(review.added), 'violation')}")
    if review.broken:
        parts.append(f"breaks {counted(len(review.broken), 'import')}")
    if review.elsewhere:
        parts.append(f"makes {counted(len(review.elsewhere), 'violation')} of code that it does not touch")
    said = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"Since {review.against} the change {said}.{listed}"

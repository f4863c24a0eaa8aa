"""One finding in few lines, six on a screen: what is wrong, where, its home and why, what to do. The rest is in `show`.

The lines that a narrow terminal has too few of are dealt out: a second one of the remedy matters more than a second
site. What is cut ends in three dots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rich.text import Text

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import JudgedFinding, JudgedSite, Status
from ssot_lint.reporters.figures import claim, deed, home_word, new_first, short_remark
from ssot_lint.reporters.interface import Listing
from ssot_lint.reporters.layout import Layout, prose, where
from ssot_lint.reporters.phrases import finding_fix_mark, severity_remark
from ssot_lint.text.sanitize import code_in_columns, visible
from ssot_lint.text.wording import listed

MOST_SITES = 6

SEVERITY_STYLES: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: "bold red",
        Severity.HIGH: "red",
        Severity.MEDIUM: "yellow",
        Severity.LOW: "blue",
        Severity.INFO: "dim",
    }
)
"""In the 16 colours of the terminal's own theme."""

_INDENT = 2
_MOST_PLACES = 10
_DEFINITIONS = ("class ", "def ", "async def ", "@")


@dataclass(frozen=True)
class _Block:
    """Lines that belong together, and what they are ``in_one`` line; None where that is the first one, cut."""

    lines: Sequence[Text]
    in_one: Text | None = None

    def cut(self, layout: Layout, count: int) -> Iterator[Text]:
        if count == 1 and self.in_one is not None:
            yield self.in_one
            return
        yield from self.lines[: count - 1]
        last = self.lines[count - 1]
        yield last if count == len(self.lines) else layout.cut(last)


def brief(layout: Layout, judged: JudgedFinding, listing: Listing) -> Iterator[Text]:
    """The lines of ``judged``, as many as ``listing`` has room for; paths are never broken: they stay clickable.
    What the baseline has to say of the first site comes on top: it is about another matter, and asks something."""
    finding, sites = judged.finding, new_first(judged.sites)
    labels = [label for label in (home_word(finding) if finding.home else "", _site_label(judged), "fix") if label]
    indent = max(map(len, labels)) + 2 * _INDENT
    message = _Block([*layout.hang(Text(), prose(claim(finding)), _INDENT)])
    fix = _Block([*layout.hang(_label("fix"), prose(deed(finding)), indent)] if finding.remedy else [])
    home = _home(layout, judged, indent, listing.shown)
    places = [
        _site(layout, judged, each, _site_label(judged) if at == 0 else "", indent, listing)
        for at, each in enumerate(sites[:MOST_SITES])
    ]
    code = _Block([*_code(layout, sites, indent, listing)])
    yield headline(judged)
    first, further = places[:1], places[1:]
    most = listing.most_lines
    shown = _dealt(most, (message, home, *first, fix), (fix, message, home, *first, code, *further))
    if sum(id(place) in shown for place in places) < len(sites) and (others := _others_in_file(sites)):
        first, further = [_row(layout, _label(_site_label(judged)), _place(sites[0], listing), others, indent)], []
        shown = _dealt(most, (message, home, *first, fix), (fix, message, home, *first, code))
    for block in (message, home, *first, code, *further, fix):
        if count := shown.get(id(block), 0):
            yield from block.cut(layout, count)
    for each in sites[:1]:
        if each.hint:
            yield from layout.hang(_label("hint"), prose(each.hint), indent)


def _dealt(lines: int, least: Sequence[_Block], more: Sequence[_Block]) -> dict[int, int]:
    """How many of the ``lines`` each block gets: one each of ``least``, then further ones in the order of ``more``."""
    counts = dict.fromkeys((id(block) for block in least if block.lines), 1)
    spare = lines - 1 - len(counts)
    for most in (2, lines):
        for block in more:
            missing = max(min(most, len(block.lines)) - counts.get(id(block), 0), 0)
            given = min(missing, spare)
            if given:
                counts[id(block)] = counts.get(id(block), 0) + given
                spare -= given
    return counts


def headline(judged: JudgedFinding) -> Text:
    """Severity, id and name of the rule, why the severity is another than the rule's, and what `fix` can do."""
    code = judged.rule.code
    suffix = judged.sites[0].id.removeprefix(code) if judged.sites else ""
    style = SEVERITY_STYLES[judged.severity]
    line = Text.assemble(
        (judged.severity.value, style), " ", (code, "bold"), (suffix, "dim"), " ", (judged.rule.name, "bold")
    )
    if reason := severity_remark(judged):
        line.append(f" ({visible(reason)})", "dim")
    if mark := finding_fix_mark(judged):
        line.append(f" {mark}", "dim")
    return line


def one_line(judged: JudgedFinding, shown: Callable[[str], str]) -> str:
    """Severity, id, first site and message, of any length."""
    sites = new_first(judged.sites)[:1]
    place = "".join(f" {where(each.site.location, shown)}" for each in sites)
    name = sites[0].id if sites else judged.rule.code
    return f"{judged.severity.value} {name}{place} {visible(judged.finding.message)}"


def _site_label(judged: JudgedFinding) -> str:
    count = len(judged.sites)
    if count > 1:
        return f"{count:,} sites"
    return "at" if judged.finding.home is None else "site"


def _home(layout: Layout, judged: JudgedFinding, indent: int, shown: Callable[[str], str]) -> _Block:
    home = judged.finding.home
    if home is None:
        return _Block([])
    place = Text(where(home.location, shown), "green")
    return _row(layout, _label(home_word(judged.finding)), place, prose(home.reason), indent)


def _site(layout: Layout, judged: JudgedFinding, site: JudgedSite, label: str, indent: int, listing: Listing) -> _Block:
    return _row(layout, _label(label), _place(site, listing), _remark(judged, site, listing.known), indent)


def _place(site: JudgedSite, listing: Listing) -> Text:
    return Text(where(site.site.location, listing.shown))


def _others_in_file(sites: Sequence[JudgedSite]) -> Text:
    """Where the sites after the first one are, if all lie in its file; else empty."""
    locations = [each.site.location for each in sites]
    if len({location.path for location in locations}) > 1:
        return Text()
    return Text(f"and {listed([str(location.line) for location in locations[1:]], most=_MOST_PLACES)}")


def _row(layout: Layout, label: Text, place: Text, remark: Text, indent: int) -> _Block:
    lines = [*layout.row(label, place, remark, indent)]
    return _Block(lines, layout.row_in_one(label, place, remark, indent))


def _remark(judged: JudgedFinding, site: JudgedSite, known: str) -> Text:
    """What is said of a site, with its id if the headline has that of another. What may be cut off stands last."""
    standing = known if site.status is Status.BASELINED else site.status.value
    status = "" if site.status is Status.NEW else f"({standing})"
    shown = prose(" ".join(filter(None, (short_remark(judged.finding, site.site), status))))
    if status:
        shown.stylize("dim", len(shown) - len(status))
    name = "" if site == judged.sites[0] else site.id
    return Text.assemble((name, "dim"), " " if name and shown else "", shown)


def _code(layout: Layout, sites: Sequence[JudgedSite], indent: int, listing: Listing) -> Iterator[Text]:
    """The line of code at the first site. That of a definition says nothing that the message does not."""
    if sites:
        location = sites[0].site.location
        line = listing.code(location).strip()
        if line and not line.startswith(_DEFINITIONS):
            yield next(layout.hang(Text(), Text(f"{location.line} | {code_in_columns(line)}", "dim"), indent))


def _label(text: str) -> Text:
    return Text.assemble(" " * _INDENT, (text, "dim"))

"""The dossier of a claim as what its pages show. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot import phrases
from bot.answers.evidence import told_words
from bot.answers.history import side_words, step_counts
from bot.answers.standing import ground_names, since_words, standing_words, uncounted, uncounted_words
from bot.language import _, decimal, ngettext
from bot.site import dossier_tables as tables
from bot.site import words
from bot.site.dossier_views import (
    ClaimPage,
    ClaimPart,
    EditLine,
    Ground,
    Grounds,
    ReviewLine,
)
from bot.site.views import Anchor, ClaimLine, Fact, StepLine
from claims import standing as stand
from claims.care import SEEDS, ClaimEdit, EditKind
from claims.dossier import Backing, Dossier, happenings_of
from claims.history import counting
from claims.model import Claim, Direction, Reference
from claims.standing import GroundKind, State
from claims.timeline import Step
from claims.workspaces import CONSOLE

STEPS = 200
"""Happenings of a page."""
_GROUNDS = 6
"""Of a kind that are seen at once."""
_STEPS = 15
"""Happenings that are seen at once."""
_EDITS = 50

Stories = Mapping[str, Anchor]
"""By the id of a story the way to it."""


def claim_line(dossier: Dossier, *, retired: bool) -> ClaimLine:
    """Return a claim as it stands in a list."""
    claim, told = dossier.claim, dossier.told
    counts = [phrases.stories(len(told)), phrases.happenings(happenings_of(dossier.steps))]
    return ClaimLine(
        id=claim.id,
        page=words.claim_page(claim.id),
        statement=claim.statement,
        said=words.said(claim),
        state=_state(dossier.standing),
        standing=standing_words(dossier.standing),
        stories=len(told),
        counts=", ".join(counts) if told else _("no story yet"),
        last=words.day(told[0][0].story.at.date()) if told else None,
        tags=tuple(Anchor(tag, page=words.tag_page(tag)) for tag in claim.tags),
        denial=claim.denial,
        retired=retired,
        language=words.tongue(claim),
    )


def _state(standing: stand.Standing) -> str:
    """Return what the mark of a standing goes by: it is no sign of assent where others object."""
    objected = standing.of(GroundKind.DENIED) or standing.of(GroundKind.DISPUTED)
    return "contested" if standing.state is State.CORROBORATED and objected else standing.state.value


def claim_pages(dossier: Dossier, line: ClaimLine, workspace: str) -> tuple[ClaimPage, dict[str, ClaimPart]]:
    """Return what a claim's page shows, and by path what pages of its happenings do that do not fit on it.

    `workspace` is whose people read it.
    """
    claim = dossier.claim
    parts = dict(_parts(dossier, line))
    newest = dossier.steps[-STEPS // 4 :] if parts else dossier.steps
    steps = [step_line(claim, step) for step in reversed(newest)]
    own = counting(claim, dossier.series)
    weeks, weeks_chart = tables.by_week(claim, dossier.told)
    page = ClaimPage(
        line=line,
        facts=tuple(_facts(dossier)),
        grounds=tuple(_grounds(dossier)),
        denials=tuple(_refs(dossier.denials)),
        answers=tuple(_refs(dossier.answers)),
        related=tuple(_refs([*([dossier.parent] if dossier.parent else []), *dossier.children])),
        numbers=tuple(tables.numbers(claim, series) for series in own),
        others=tuple(tables.numbers(claim, series) for series in dossier.series if series not in own),
        numbers_chart=tables.numbers_chart(claim, dossier.series, len(dossier.told)),
        weeks=weeks,
        weeks_chart=weeks_chart,
        origins=tuple(tables.origins(dossier)),
        counts=_counts(dossier),
        steps=tuple(steps[:_STEPS]),
        earlier=tuple(steps[_STEPS:]),
        opens=_more(len(steps[_STEPS:])),
        parts=tuple(Anchor(part.title, page=path) for path, part in parts.items()),
        reviews=tuple(
            ReviewLine(
                review.reviewer,
                review.rating,
                Anchor(review.title or review.url, url=review.url),
                words.stated(review.day) if review.day else None,
            )
            for review in claim.reviews
        ),
        sources=tuple(_source(each) for each in claim.sources),
        edits=tuple(_edit(each, workspace) for each in dossier.edits[:_EDITS]),
    )
    return page, parts


def _counts(dossier: Dossier) -> str:
    conceded = dossier.standing.of(GroundKind.CONCEDED)
    by_story = {each.story_id: each.body for each in conceded if each.story_id}
    return step_counts(dossier.claim, dossier.steps, by_story) if dossier.steps else ""


def _facts(dossier: Dossier) -> Iterator[Fact]:
    claim = dossier.claim
    named: tuple[tuple[str, Iterable[str]], ...] = (
        (_("Direction"), [_direction(claim.direction)] if claim.direction else []),
        (_("Items"), claim.items),
        (_("Places"), claim.places),
        (_("Ships"), claim.vessels),
        (_("Stated with it"), [phrases.quantity(figure) for figure in claim.figures]),
        (_("Resolutions"), claim.resolutions),
    )
    yield from (Fact(name, words.plain(values)) for name, values in named if values)
    if claim.tags:
        yield Fact(_("Tags"), tuple(Anchor(tag, page=words.tag_page(tag)) for tag in claim.tags))
    if claim.superseded_by:
        later = tuple(Anchor(each, page=words.claim_page(each)) for each in claim.superseded_by)
        yield Fact(_("Now tracked as"), later)
    if dossier.told:
        yield Fact(_("Evidence"), words.plain([told_words(dossier)]))


def _direction(direction: Direction) -> str:
    if direction is Direction.TO_RUSSIA:
        return _("North Korea to Russia")
    return _("Russia to North Korea")


def _refs(claims: Iterable[Claim]) -> Iterator[tuple[Anchor, str]]:
    yield from ((words.claim_anchor(claim), words.said(claim)) for claim in claims)


def _grounds(dossier: Dossier) -> Iterator[Grounds]:
    """Yield the reasons by kind, of each the first few at once, since it is the first that make it so."""
    stories = stories_of(dossier)
    for kind, name in ground_names().items():
        lines = tuple(_reason(dossier, each, stories) for each in dossier.standing.of(kind))
        aside: tuple[Ground, ...] = ()
        if kind is GroundKind.CORROBORATED:
            lines = tuple(_backing(each, stories) for each in dossier.backing if each.counts)
            aside = tuple(_backing(each, stories) for each in uncounted(dossier))
        if lines:
            opens, note = _more(len(lines[_GROUNDS:])), uncounted_words() if aside else ""
            yield Grounds(name, lines[:_GROUNDS], lines[_GROUNDS:], opens, note, aside)


def _reason(dossier: Dossier, ground: stand.Ground, stories: Stories) -> Ground:
    line = ground_line(ground, stories)
    return replace(line, body=line.body + since_words(dossier, ground))


def _backing(backing: Backing, stories: Stories) -> Ground:
    bodies = [ground_line(each, stories) for each in backing.grounds]
    first = bodies[0]
    if not backing.bodies:
        return first
    if len(bodies) == 1:
        return replace(first, body=f"{backing.name} ({first.body})")
    return Ground(first.day, backing.name, None, tuple(bodies))


def _more(left: int) -> str:
    return ngettext("{count} more", "{count} more", left).format(count=decimal(left)) if left else ""


def ground_line(ground: stand.Ground, stories: Stories) -> Ground:
    """Return a reason for how a claim stands, with the way to where it is told."""
    headline = stories.get(ground.story_id or "")
    if ground.claim_id and not headline:
        headline = Anchor(ground.claim_id, page=words.claim_page(ground.claim_id))
    return Ground(words.stated(ground.day), ground.body, headline)


def stories_of(dossier: Dossier) -> Stories:
    """Return by id the way to each story of a claim, or to the happening that it tells."""
    found = {}
    for member, _link, event_id in dossier.told:
        headline = words.headline(member.story)
        found[member.story.id] = words.leading(headline, words.event_page(event_id)) if event_id else headline
    return found


# ---- what happened -----------------------------------------------------------------------------------


def _parts(dossier: Dossier, line: ClaimLine) -> Iterator[tuple[str, ClaimPart]]:
    """Yield the pages of a claim's happenings by year, none where all fit on its own.

    The oldest of a year fill the first page of it: what comes later changes the last page alone.
    """
    steps = dossier.steps
    if len(steps) <= STEPS:
        return
    found: dict[str, tuple[str, Sequence[Step]]] = {}
    for year in range(steps[0].at.year, steps[-1].at.year + 1):
        of_year = [step for step in steps if step.at.year == year]
        starts = range(0, len(of_year), STEPS)
        for number, start in enumerate(starts, start=1):
            title = _("{year}, part {number}").format(year=year, number=number)
            path = words.claim_page(dossier.claim.id, f"{year}-{number}")
            found[path] = (title if len(starts) > 1 else str(year), of_year[start : start + STEPS])
    anchors = tuple(Anchor(title, page=path) for path, (title, _steps) in found.items())
    for path, (title, some) in found.items():
        yield (
            path,
            ClaimPart(line, title, tuple(step_line(dossier.claim, step) for step in reversed(some)), anchors),
        )


def step_line(claim: Claim, step: Step) -> StepLine:
    """Return a happening as it stands among those of a claim."""
    change = step.change
    number = ""
    if change:
        said = _("new number {number} (before: {amount})") if change.before else _("new number {number}")
        amount = phrases.amount_since(change.before.figure) if change.before else ""
        number = said.format(number=phrases.quantity(change.now), amount=amount)
    return StepLine(
        day=words.day(step.day),
        side=step.side.value,
        does=side_words(claim, step.side),
        headline=words.headline(step.story),
        by=step.by,
        told=words.told(step.tally),
        page=words.event_page(step.event_id) if step.event_id else "",
        number=number,
        state_media=step.story.source.state_media,
    )


# ---- sources and edits -------------------------------------------------------------------------------


def _source(source: Reference) -> Anchor:
    about = [source.outlet, *([phrases.stated(source.day)] if source.day else [])]
    return Anchor(f"{source.title} · {', '.join(about)}", url=source.url or "")


def _edit(edit: ClaimEdit, workspace: str) -> EditLine:
    what = {
        EditKind.ADDED: _("added"),
        EditKind.CHANGED: _("changed"),
        EditKind.RETIRED: _("retired"),
        EditKind.RESTORED: _("tracked again"),
        EditKind.MERGED: _("merged into another"),
        EditKind.SPLIT: _("split into several"),
    }[edit.kind]
    named = workspace == CONSOLE or (workspace and edit.workspace in (workspace, CONSOLE))
    by = edit.person if named else _("an editor")
    person = _("the seed file") if edit.person == SEEDS else by
    return EditLine(words.day(edit.at.date()), what, person, edit.why)

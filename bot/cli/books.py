"""The commands that read the store: `claims` and `stories`."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.cli.answers import Picture, answer, ask, card, show, show_with
from bot.cli.profile import Lang, show_recognition
from bot.cli.rows import moment
from bot.cli.shell import FLAG, AsJson, Config, print_json
from bot.commands import histories, lookup
from bot.present import error_card
from claims.activity import Span
from claims.errors import NotFound, UsageError
from claims.history import Said
from claims.model import Claim, Story
from claims.timeline import Step

PageNumber = Annotated[int, typer.Option("--page", metavar="N", min=1, help="Which page of a long list.")]

claims = typer.Typer(no_args_is_help=True)
stories = typer.Typer(no_args_is_help=True)


@claims.command("list")
def list_claims(
    ctx: typer.Context,
    tag: Annotated[str, typer.Option("--tag", metavar="TAG", help="Of that matter alone.")] = "",
    page: PageNumber = 1,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List every tracked claim, or those of a tag."""
    settings = ctx.obj.settings(config)
    if as_json:
        found = ask(settings, lambda store: store.claims())
        print_json([_claim_row(claim) for claim in found if not tag or tag in claim.tags])
    else:
        show(card(settings, lookup.list_claims, tag=tag, page=str(page)))


@claims.command("show")
def show_claim(
    ctx: typer.Context,
    claim: str,
    profile: Annotated[
        bool, typer.Option("--profile", metavar=FLAG, help="Show how it is recognised instead.")
    ] = False,
    whole: Annotated[
        bool,
        typer.Option("--all", metavar=FLAG, help="Tell the day and story of each reason."),
    ] = False,
    lang: Lang = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show one claim: who said it, its figures, and what bears on it; or how it is recognised."""
    settings = ctx.obj.settings(config)
    if profile:
        show_recognition(settings, claim, lang=lang, as_json=as_json)
    elif as_json or lang:
        raise UsageError("--json and --lang go with --profile")
    else:
        show(card(settings, lookup.show_claim, claim=claim, all="yes" if whole else ""))


@claims.command("profile")
def show_profile(
    ctx: typer.Context,
    sentence: str,
    said_by: Annotated[str, typer.Option("--said-by", metavar="WHO", help="Who says so.")] = "",
    lang: Lang = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show how a claim, by its id, or a sentence of yours would be recognised; nothing is kept."""
    show_recognition(ctx.obj.settings(config), sentence, said_by=said_by, lang=lang, as_json=as_json)


@claims.command("search")
def search_claims(
    ctx: typer.Context,
    words: list[str],
    page: PageNumber = 1,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Find the claims that have all these words."""
    settings = ctx.obj.settings(config)
    wanted = " ".join(words)
    if as_json:
        found = ask(settings, lambda store: store.search_claims(wanted))
        print_json([_claim_row(claim) for claim in found])
    else:
        try:
            found_card = card(settings, lookup.search_claims, words=wanted, page=str(page))
        except NotFound as nothing:
            found_card = error_card(nothing)
        show(found_card)


@claims.command("timeline")
def show_timeline(
    ctx: typer.Context,
    claim: str,
    picture: Picture = None,
    page: PageNumber = 1,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show what happened to a claim, newest first; and draw it."""
    settings = ctx.obj.settings(config)
    if as_json:
        found = answer(settings, lambda context: histories.history(context, claim))
        print_json([_step_row(step) for step in found[1]])
    else:
        shown = card(settings, histories.show_timeline, claim=claim, page=str(page))
        show_with(shown, picture)


@claims.command("figures")
def show_figures(
    ctx: typer.Context,
    claim: str,
    picture: Picture = None,
    page: PageNumber = 1,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show who said which number for a claim, and when; and draw it."""
    settings = ctx.obj.settings(config)
    if as_json:
        found = answer(settings, lambda context: histories.numbers(context, claim))
        print_json([_said_row(each) for one in found[1] for each in one.said])
    else:
        shown = card(settings, histories.show_figures, claim=claim, page=str(page))
        show_with(shown, picture)


@claims.command("activity")
def show_activity(
    ctx: typer.Context,
    claim: Annotated[str | None, typer.Argument()] = None,
    picture: Picture = None,
    page: PageNumber = 1,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show how many stories bore on a claim week by week, or on the busiest claims; and draw it."""
    settings = ctx.obj.settings(config)
    if not as_json:
        show_with(card(settings, histories.show_activity, claim=claim or "", page=str(page)), picture)
    elif claim:
        found = answer(settings, lambda context: histories.weekly(context, claim))
        print_json([_week_row(week) for week in found[1]])
    else:
        rows = answer(settings, histories.busiest)
        print_json({row.claim.id: [_week_row(week) for week in row.spans] for row in rows})


@stories.command("export")
def export_stories(ctx: typer.Context, config: Config = None) -> None:
    """Print every kept story as a line of JSON."""
    for story, event in ask(ctx.obj.settings(config), lambda store: store.stories()):
        print_json(_story_row(story, event))


def _claim_row(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "statement": claim.statement,
        "said_by": claim.said_by,
        "said_on": str(claim.said_on),
        "disputed_by": list(claim.disputed_by),
    }


def _story_row(story: Story, event: str | None) -> dict[str, Any]:
    return {
        "feed": story.feed_url,
        "title": story.title,
        "url": story.url,
        "published": moment(story.published_at),
        "revisions": story.revisions,
        "event": event,
    }


def _step_row(step: Step) -> dict[str, Any]:
    return {
        "event": step.event_id,
        "at": moment(step.at),
        "side": step.side,
        "by": step.by,
        "headline": step.story.title,
        "url": step.story.url,
        "outlets": list(step.tally.outlets),
        "families": step.tally.families,
        "independent": step.tally.independent,
        "figure": step.change and asdict(step.change.now),
    }


def _week_row(week: Span) -> dict[str, Any]:
    return {
        "monday": str(week.first),
        "supports": week.supports,
        "disputes": week.disputes,
        "background": week.background,
        "so_far": week.so_far,
    }


def _said_row(said: Said) -> dict[str, Any]:
    return {
        **asdict(said.figure),
        "said_by": said.said_by,
        "said_on": str(said.said_on),
        "stance": None if said.own else said.stance,
        "outlets": list(said.outlets),
        "also": list(said.also),
    }

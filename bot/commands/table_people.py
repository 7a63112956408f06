"""The rows of the table of commands by which people add and change things, and see who did."""

from dataclasses import replace

from bot.commands import audit, care, exchange, suggesting, track, workspace
from bot.commands.model import PAGE, Command, Needs, Param, Reach
from bot.exchange.formats import FORMATS
from bot.language import N_


def _option(name: str, help_: str, choices: tuple[str, ...] = ()) -> Param:
    return Param(name, help_, required=False, named=True, choices=choices)


_CLAIM = Param("claim", N_("the id of a claim, such as containers-2023"), suggest=suggesting.claims)
_STATEMENT = Param(
    "statement", N_("in one sentence what is claimed"), required=False, named=True, reach=Reach.TEXT
)
_OWN = replace(_CLAIM, suggest=suggesting.own_claims)
_SAID_BY = _option("said_by", N_("who says so: a person, a body, an outlet"))
_REST = (
    _option("said_on", N_("the day: 2024-08-27, 2024-08 or 2024; else today")),
    _option("tags", N_("of its matter, with commas between; or none")),
    _option("items", N_("goods that it names, with commas between; or none")),
    _option("places", N_("places that it names, with commas between; or none")),
    _option("denial", N_("it denies something"), ("yes", "no")),
    _option("parent", N_("the id of the general claim that it makes more specific; or none")),
    _option("disputes", N_("of a denial: ids of the claims that it answers; or none")),
)

_WHY = Param("why", N_("the reason, which is kept"), rest=True, reach=Reach.TEXT)
_SURE = _option(care.SURE, N_("yes: without asking first"), ("yes", "no"))

PEOPLE = (
    Command(
        path=("claim", "track"),
        summary=N_("Track a claim of yours: what is claimed, and who says so; shows what it would match."),
        run=track.track,
        params=(
            Param("statement", N_("in one sentence what is claimed"), rest=True, reach=Reach.TEXT),
            _SAID_BY,
            *_REST,
        ),
        needs=Needs.CHANGE,
        changes=True,
        on_message=N_("Track as claim"),
        form_of_message="track",
    ),
    Command(
        path=("claim", "edit"),
        summary=N_("Change a claim of yours; shows what it said before and says now."),
        run=track.edit_claim,
        params=(_CLAIM, _STATEMENT, _SAID_BY, *_REST, _option("why", N_("the reason, which is kept"))),
        needs=Needs.CHANGE,
        changes=True,
    ),
    Command(
        path=("claim", "merge"),
        summary=N_("Retire a claim of yours for another that says the same; asks first."),
        run=care.merge_claims,
        params=(
            _OWN,
            Param("into", N_("the id of the claim that stays"), suggest=suggesting.own_claims),
            _WHY,
            _SURE,
        ),
        needs=Needs.CHANGE,
        changes=True,
        sure=care.SURE,
    ),
    Command(
        path=("claim", "restore"),
        summary=N_("Track a retired claim of yours again; a merge or split of it is undone."),
        run=care.restore_claim,
        params=(
            Param("claim", N_("the id of a claim that was retired"), suggest=suggesting.retired_claims),
            replace(_WHY, required=False),
        ),
        needs=Needs.CHANGE,
        changes=True,
    ),
    Command(
        path=("claim", "split"),
        summary=N_("Retire a claim of yours for several that say it apart; asks first."),
        run=care.split_claim,
        params=(_OWN, Param("into", N_("the ids of two or more claims, with commas between")), _WHY, _SURE),
        needs=Needs.CHANGE,
        changes=True,
        sure=care.SURE,
    ),
    Command(
        path=("claim", "retire"),
        summary=N_("Track a claim of yours no longer, and say why; what bore on it is kept."),
        run=care.retire_claim,
        params=(_OWN, _WHY),
        needs=Needs.CHANGE,
        changes=True,
    ),
    Command(
        path=("claim", "export"),
        summary=N_("Give claims with what bears on them as a file."),
        run=exchange.export_claims,
        params=(
            _option("format", N_("json where you name none"), tuple(FORMATS)),
            replace(
                _option("claims", N_("ids of claims, with commas between; else all")),
                suggest=suggesting.claims,
                several=True,
            ),
            _option("tags", N_("those that have one of these tags, with commas between")),
        ),
    ),
    Command(
        path=("claim", "import"),
        summary=N_("Show what a file of claims would add and change; asks before it does."),
        run=exchange.import_claims,
        params=(
            Param("url", N_("the address of a file of claims"), required=False),
            Param("file", N_("a file of claims"), required=False, attached=True),
            _option(exchange.SURE, N_("yes: without asking first"), ("yes", "no")),
        ),
        needs=Needs.CHANGE,
        changes=True,
        sure=exchange.SURE,
    ),
    Command(
        path=("audit",),
        summary=N_("List who changed what here and when, newest first."),
        run=audit.list_audit,
        params=(PAGE,),
        needs=Needs.CHANGE,
    ),
    Command(
        path=("workspace", "show"),
        summary=N_("Show how this workspace is set up: its language, and who may change things."),
        run=workspace.show_workspace,
    ),
    Command(
        path=("workspace", "language"),
        summary=N_("Choose the language of what is posted here."),
        run=workspace.set_language,
        params=(
            Param(
                "language",
                N_("the language, or auto: as the platform says, else English"),
                choices=workspace.CHOICES,
            ),
        ),
        needs=Needs.CHANGE,
        changes=True,
    ),
    Command(
        path=("workspace", "editors"),
        summary=N_("Let roles, groups or members change things here, beside those whom the platform lets."),
        run=workspace.set_editors,
        params=(
            _option("add", N_("roles, user groups or members, mentioned or by id")),
            _option("remove", N_("roles, user groups or members, mentioned or by id")),
        ),
        needs=Needs.APPOINT,
        changes=True,
    ),
)

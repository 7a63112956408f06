"""A day of made-up news: happenings told by several outlets, some of them corrected, among much else.

Everything follows from the seed of the day: the same one is the same day. Outlets and stories are made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

MORNING = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
OUTLETS = (
    "herald", "post", "wire", "bulletin", "tribune", "courier", "gazette", "monitor", "review", "observer",
)  # fmt: skip
"""Of the Sample press; each has one feed."""

_BODIES = ("the Defense Intelligence Agency", "the National Intelligence Service", "the White House", "Kyiv")
_PORTS = (("Najin", "Dunay"), ("Rason", "Vostochny"), ("Chongjin", "Vladivostok"))
_SHIPS = ("Sample Angara", "Sample Maria", "Sample Lady", "Sample Tumen")

_TOLD = {
    "containers": (
        "{body_}: North Korea has sent Russia more than {n:,} containers of munitions",
        "North Korea shipped over {n:,} containers of munitions to Russia, {body} says",
        "More than {n:,} containers of arms left {port} for Russia, according to {body}",
        "{n:,} containers of North Korean munitions reached {dock}, {body} says",
    ),
    "shells": (
        "{body_}: North Korea gave Russia {shells:,} artillery shells",
        "Russia received {shells:,} shells from North Korea, {body} says",
        "{shells:,} rounds of 152-mm shells went from {port} to Russia, according to {body}",
        "Pyongyang supplied Moscow with {shells:,} artillery shells, {body} says",
    ),
    "ship": (
        "Russian ship {ship} carries North Korean arms from {port} to {dock}",
        "{ship} docks at {dock} with munitions from {port}, satellite pictures show",
        "Satellite pictures: {ship} loads containers of munitions at {port}",
        "Arms ship {ship} leaves {port} for {dock}",
    ),
    "troops": (
        "{body_}: North Korea sends {n:,} more troops to Kursk",
        "{n:,} North Korean soldiers arrive in Russia's Kursk region, {body} says",
        "North Korea to send Russia {n:,} more soldiers, according to {body}",
        "Another {n:,} North Korean troops on the way to Kursk, {body} says",
    ),
    "missiles": (
        "Debris in Kharkiv is of a North Korean KN-23 missile, {body} says",
        "{body_}: Russia fired {day} North Korean ballistic missiles at Kharkiv",
        "KN-23 missiles from North Korea hit Kharkiv, according to {body}",
        "North Korean ballistic missiles struck Kharkiv, {body} says",
    ),
    "oil": (
        "Russia sent North Korea {n:,} tonnes of oil above the cap, {body} says",
        "Tankers bring {n:,} tonnes of Russian oil to Chongjin, according to {body}",
        "{body_}: Russian oil for North Korea is over the limit of the Security Council",
        "North Korea got {n:,} tonnes of Russian oil in return for arms, {body} says",
    ),
    "workers": (
        "{body_}: {n:,} North Korean workers build drones at Alabuga",
        "North Korea to send Russia {n:,} workers for its drone plant, {body} says",
        "{n:,} North Korean labourers arrive at the Alabuga drone factory, according to {body}",
        "Russia takes {n:,} North Korean workers for drones, {body} says",
    ),
    "technology": (
        "Russia helps North Korea with spy satellites in return for shells, {body} says",
        "{body_}: Moscow gives Pyongyang satellite technology",
        "Russian engineers at North Korea's Sohae launch site, according to {body}",
        "North Korea gets Russian satellite know-how for its arms, {body} says",
    ),
    "rail": (
        "Satellite pictures show {n:,} railcars at the Tumangang crossing to Russia",
        "Rail traffic from North Korea to Russia at a record: {n:,} railcars at Tumangang",
        "{body_}: {n:,} railcars with munitions crossed from Tumangang to Khasan",
        "{n:,} freight cars at the border station Tumangang, according to {body}",
    ),
    "air defence": (
        "Russia gave North Korea Pantsir air defence systems, {body} says",
        "{body_}: Pyongyang received air-defence missiles from Moscow",
        "North Korea has Russian air defences around Pyongyang, according to {body}",
        "Pantsir launchers from Russia reach North Korea, {body} says",
    ),
    "report": (
        "Monitoring team reports how arms go from North Korea to Russia, day {day}",
        "Eleven nations publish report on North Korean arms for Russia",
        "Sanctions monitors: {n:,} containers of arms went from North Korea to Russia",
        "MSMT report lists North Korean arms transfers to Russia",
    ),
    "denial": (
        "Pyongyang denies arms dealings with Russia after report of {n:,} containers",
        "North Korea calls report of arms for Russia a rumour, day {day}",
        "Kremlin: no proof of North Korean arms, {ship} report is false",
        "Moscow dismisses talk of {n:,} North Korean containers as baseless",
    ),
}
_AROUND = (
    "Night shifts at the yard near {town} went on for {day} days, neighbours recall.",
    "An officer who asked not to be named met journalists in {town} after lunch.",
    "Lawmakers heard it behind closed doors; the committee of {town} meets again on the {day}th.",
    "A customs form seen in {town} bears the stamp of an unknown forwarder.",
    "Insurers in {town} had asked questions for weeks, a broker recalls.",
    "The pictures were taken in clear weather over {town} by a commercial company.",
    "A schoolteacher from {town} filmed it through the window of a bus.",
    "Analysts of the institute in {town} compared serial numbers with older finds.",
    "Diplomats gathering in {town} were surprised, and some left the room.",
    "Freight prices around {town} doubled within {day} weeks, traders complain.",
    "A helicopter circled above {town} while police closed the bridge.",
)
_TOWNS = (
    "Hamhung", "Sinpo", "Wonsan", "Kanggye", "Hyesan", "Sariwon", "Haeju", "Nampo", "Kusong", "Manpo",
    "Khabarovsk", "Ussuriysk", "Chita", "Irkutsk", "Omsk", "Perm", "Izhevsk", "Tula", "Rostov", "Saratov",
    "Bryansk", "Geneva", "Vienna", "Busan", "Incheon", "Niigata", "Harbin", "Dalian", "Ulaanbaatar",
)  # fmt: skip
_ELSE = (
    "Sample city opens a market hall in quarter {n}",
    "Football: Sample rovers win {day} to 1 in round {n}",
    "Rain expected over the Sample hills for {day} days, service {n} says",
    "Sample exchange closes {day} points up after {n} trades",
    "North Korea tests a rocket engine, state media says in report {n}",
    "Russia and China hold naval drill number {n}",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One story of the day."""

    at: datetime
    outlet: str
    title: str
    summary: str
    address: str
    happening: int | None
    """Which happening it tells, or None for other news."""


def day(stories: int, seed: int = 1) -> list[Piece]:
    """Return so many stories, oldest first; about half of them are of the matter."""
    return sorted(_pieces(stories, Random(seed)), key=lambda piece: (piece.at, piece.address))  # noqa: S311 - news


def _pieces(stories: int, chance: Random) -> Iterator[Piece]:
    left, number = stories, 0
    while left > stories // 2:
        told = min(left, chance.choice((1, 1, 2, 3, 4, 6, 8)))
        yield from _happening(number, told, chance)
        left, number = left - told, number + 1
    for n in range(left):
        title = chance.choice(_ELSE).format(n=n, day=chance.randint(2, 9))
        yield _piece(
            _moment(chance), chance.choice(OUTLETS), title, "A sample of other news.", f"else-{n}", None
        )


def _happening(number: int, told: int, chance: Random) -> Iterator[Piece]:
    kind = tuple(_TOLD)[number % len(_TOLD)]
    body, (port, dock) = chance.choice(_BODIES), chance.choice(_PORTS)
    words = {
        "body": body,
        "body_": f"{body[0].upper()}{body[1:]}",
        "port": port,
        "dock": dock,
        "ship": chance.choice(_SHIPS),
        "n": (n := chance.randrange(1_000, 30_000, 100)),
        "shells": n * 100,
        "day": chance.randint(2, 28),
        "town": _TOWNS[number % len(_TOWNS)],
    }
    around = _AROUND[number % len(_AROUND)].format(**words)
    began, outlets = _moment(chance), chance.sample(OUTLETS, k=min(told, len(OUTLETS)))
    for place, outlet in enumerate(outlets):
        title = chance.choice(_TOLD[kind]).format(**words)
        summary = f"{around} {body} said so in {words['town']}."
        at = min(began + timedelta(minutes=place * chance.randint(3, 40)), MORNING + timedelta(hours=23))
        yield _piece(at, outlet, title, summary, f"{number}-{place}", number)


def _moment(chance: Random) -> datetime:
    return MORNING + timedelta(minutes=chance.randrange(30, 23 * 60))


def _piece(at: datetime, outlet: str, title: str, summary: str, name: str, happening: int | None) -> Piece:
    return Piece(at, outlet, title, summary, f"https://{outlet}.example/{name}", happening)

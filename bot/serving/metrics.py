"""How much is kept and how the bot fares, as Prometheus reads it. Pure: facts in, text out.

Names, units and labels follow https://prometheus.io/docs/practices/naming and
https://prometheus.io/docs/practices/instrumentation: moments are Unix timestamps in seconds, so that how long
ago something was is `time() - claimwatch_last_visit_timestamp_seconds`. Labels have few values, and none of
them is a person, a channel, a claim or a feed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.serving.rebuilding import Builds
from bot.serving.wellness import last_visit
from claims.feeds import FeedStatus
from claims.health import Health, health
from claims.lookups import Tallies, Waiting
from claims.model import Stance
from claims.outgoing import DeliveryState


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is told."""

    version: str
    """Of the program."""
    builds: Builds
    """Of the site since the start."""
    tallies: Tallies | None = None
    """None where the store cannot be read."""
    waiting: Mapping[str, Waiting] = field(default_factory=dict)
    """By platform."""
    feeds: Sequence[FeedStatus] = ()


@dataclass(frozen=True, slots=True)
class Exposed:
    """What one scrape is answered with."""

    body: bytes
    content_type: str
    """Text or OpenMetrics, with its version and charset."""


def exposed(facts: Facts, accept: str = "") -> Exposed:
    """Return all metrics in the format that a scraper's `Accept` header asks for, else as text.

    https://prometheus.io/docs/instrumenting/content_negotiation.
    """
    registry = CollectorRegistry()
    registry.register(_Facts(facts))
    encoder, content_type = choose_encoder(accept)
    return Exposed(encoder(registry), content_type)


class _Facts(Collector):
    """Facts as a registry of prometheus-client takes them; each scrape has a registry of its own."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        facts = self._facts
        yield InfoMetricFamily("claimwatch_build", "The program that answers.", {"version": facts.version})
        readable = int(facts.tallies is not None)
        yield GaugeMetricFamily(
            "claimwatch_store_readable", "Whether the store can be read: 1 or 0.", readable
        )
        yield from _site(facts.builds)
        if facts.tallies is not None:
            yield from _kept(facts.tallies)
            yield _waiting(facts.waiting)
            yield from _feeds(facts.feeds)


def _kept(tallies: Tallies) -> Iterator[Metric]:
    for name, about, count in (
        ("claims", "Tracked claims, those of all workspaces.", tallies.claims),
        ("stories", "Kept stories.", tallies.stories),
        ("events", "Happenings that kept stories tell.", tallies.events),
        ("alerts", "Alerts that were raised.", tallies.alerts),
        ("suggestions", "Links of stories to claims that wait for a review.", tallies.suggested),
    ):
        yield GaugeMetricFamily(f"claimwatch_{name}", about, count)
    links = GaugeMetricFamily(
        "claimwatch_links", "Links of stories to claims, without suggestions.", labels=["stance"]
    )
    for stance in Stance:
        links.add_metric([stance], tallies.links.get(stance, 0))
    yield links
    deliveries = GaugeMetricFamily(
        "claimwatch_deliveries",
        "Alerts, digests and notices by what became of them at a channel.",
        labels=["platform", "state"],
    )
    for platform in sorted({platform for platform, _state in tallies.deliveries}):
        for state in DeliveryState:
            deliveries.add_metric([platform, state], tallies.deliveries.get((platform, state), 0))
    yield deliveries
    yield _moment("newest_story", "When the last story of all was seen.", tallies.newest_story)


def _waiting(waiting: Mapping[str, Waiting]) -> Metric:
    family = GaugeMetricFamily(
        "claimwatch_deliveries_waiting_since_timestamp_seconds",
        "When the first message that is due and not posted was due, where there is one.",
        labels=["platform"],
    )
    for platform, each in sorted(waiting.items()):
        family.add_metric([platform], each.since.timestamp())
    return family


def _feeds(feeds: Sequence[FeedStatus]) -> Iterator[Metric]:
    counts = Counter(map(health, feeds))
    family = GaugeMetricFamily("claimwatch_feeds", "Listed feeds by how they are doing.", labels=["health"])
    for each in Health:
        family.add_metric([each], counts[each])
    yield family
    yield _moment("last_visit", "When a feed was asked last.", last_visit(feeds))


def _site(builds: Builds) -> Iterator[Metric]:
    counted = CounterMetricFamily(
        "claimwatch_site_builds", "How often the site was built since the start.", labels=["outcome"]
    )
    counted.add_metric(["built"], builds.built)
    counted.add_metric(["failed"], builds.failed)
    yield counted
    seconds = GaugeMetricFamily("claimwatch_site_build_seconds", "How long the last build of the site took.")
    if builds.seconds is not None:
        seconds.add_metric([], builds.seconds)
    yield seconds
    yield _moment("site_built", "When the site was built last.", builds.built_at)


def _moment(name: str, about: str, at: datetime | None) -> Metric:
    """Return a moment, without a sample where it is not known."""
    family = GaugeMetricFamily(f"claimwatch_{name}_timestamp_seconds", about)
    if at is not None:
        family.add_metric([], at.timestamp())
    return family

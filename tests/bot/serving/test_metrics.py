"""What Prometheus reads, by its own parser and the rules for names that `promtool check metrics` has."""

import re

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as families

from bot.serving.metrics import Facts, exposed
from bot.serving.rebuilding import Builds
from claims.feeds import FeedState, FeedStatus
from claims.health import Health
from claims.lookups import Tallies, Waiting
from claims.model import Stance
from claims.outgoing import DeliveryState
from tests.support.build import NOW, checkpoint, feed

TALLIES = Tallies(
    claims=12,
    stories=1_400,
    events=900,
    alerts=70,
    links={Stance.SUPPORTS: 300, Stance.BACKGROUND: 20},
    suggested=4,
    deliveries={("discord", DeliveryState.SENT): 69, ("slack", DeliveryState.PENDING): 1},
    newest_story=NOW,
)
FEEDS = [
    FeedStatus(feed(), checkpoint(state=FeedState.FAILING, last_try_at=NOW)),
    FeedStatus(feed(), checkpoint(), paused=True),
]
FACTS = Facts("1.2.3", Builds(5, 1, 0.25, NOW), TALLIES, {"slack": Waiting(1, NOW)}, FEEDS)
UNKNOWN = Facts("1.2.3", Builds())
Samples = dict[tuple[str, tuple[str, ...]], float]


def samples(facts: Facts) -> Samples:
    """Return every sample by its name and the values of its labels."""
    found = families(exposed(facts).body.decode())
    return {(s.name, tuple(s.labels.values())): s.value for family in found for s in family.samples}


def test_all_that_is_kept_is_told() -> None:
    """Counts, moments as Unix timestamps, and every value of a label that there can be."""
    told = samples(FACTS)

    assert told["claimwatch_stories", ()] == 1_400
    assert told["claimwatch_claims", ()] == 12
    assert told["claimwatch_events", ()] == 900
    assert told["claimwatch_alerts", ()] == 70
    assert told["claimwatch_suggestions", ()] == 4
    assert told["claimwatch_links", ("supports",)] == 300
    assert told["claimwatch_links", ("disputes",)] == 0
    assert told["claimwatch_deliveries", ("discord", "sent")] == 69
    assert told["claimwatch_deliveries", ("discord", "failed")] == 0
    assert told["claimwatch_deliveries_waiting_since_timestamp_seconds", ("slack",)] == NOW.timestamp()
    assert {health: told["claimwatch_feeds", (health,)] for health in Health} == {
        **dict.fromkeys(Health, 0),
        Health.FAILING: 1,
        Health.PAUSED: 1,
    }
    assert told["claimwatch_newest_story_timestamp_seconds", ()] == NOW.timestamp()
    assert told["claimwatch_last_visit_timestamp_seconds", ()] == NOW.timestamp()
    assert told["claimwatch_site_built_timestamp_seconds", ()] == NOW.timestamp()
    assert told["claimwatch_site_build_seconds", ()] == 0.25
    assert told["claimwatch_site_builds_total", ("built",)] == 5
    assert told["claimwatch_site_builds_total", ("failed",)] == 1
    assert told["claimwatch_build_info", ("1.2.3",)] == 1
    assert told["claimwatch_store_readable", ()] == 1


def test_what_is_not_known_has_no_sample() -> None:
    """A store that cannot be read says that alone, and nothing is made up for it."""
    assert samples(UNKNOWN) == {
        ("claimwatch_build_info", ("1.2.3",)): 1,
        ("claimwatch_store_readable", ()): 0,
        ("claimwatch_site_builds_total", ("built",)): 0,
        ("claimwatch_site_builds_total", ("failed",)): 0,
    }


@pytest.mark.parametrize("facts", [FACTS, UNKNOWN])
def test_names_keep_the_rules(facts: Facts) -> None:
    """A prefix, help, base units, `_total` for counters alone; labels have few values and no colons."""
    for family in families(exposed(facts).body.decode()):
        assert re.fullmatch(r"claimwatch(_[a-z]+)+", family.name)
        assert re.fullmatch(r"[A-Z].+\.", family.documentation)
        counts = family.type == "counter"
        for sample in family.samples:
            assert sample.name.endswith("_total") == counts
            assert not re.search(r"_(count|sum|bucket|gauge|minutes|milliseconds|days)$", sample.name)
            assert not any(":" in value for value in sample.labels.values())
    names = [line for line in exposed(facts).body.decode().splitlines() if line.startswith("# HELP")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/plain"),
        ("*/*", "text/plain"),
        ("application/openmetrics-text; version=1.0.0", "openmetrics"),
    ],
)
def test_a_scraper_gets_the_format_that_it_knows(accept: str, kind: str) -> None:
    """Each says its version, and each is parsed as it should be."""
    told = exposed(FACTS, accept)
    parse = open_families if "openmetrics" in kind else families

    assert kind in told.content_type
    assert "version=" in told.content_type
    found = {family.name for family in parse(told.body.decode())}
    assert {"claimwatch_stories", "claimwatch_links", "claimwatch_site_builds"} <= found

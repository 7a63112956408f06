"""Any card with any controls, for tests that no rendering of one breaks a limit."""

from hypothesis import strategies as st

from bot.card import Card, Channel, Field, Link, Marked, Moment, Person, Quote, Strong, Tone
from bot.controls import Button, Choice, LinkButton, Look, Menu, Option
from tests.support.build import NOW

HOSTILE = (
    "<!channel> <!here|hello> <@U0READER> <#C0ALERTS> @everyone <http://evil.example|Ministry> "
    "*bold* _it_ ~s~ `code` > quote :rotating_light: &lt;!channel&gt; mail@evil.example"
)

words = st.text(max_size=30) | st.sampled_from([HOSTILE, "가나다 " * 300, "&" * 2_500, "\U0001f6a2" * 1_500])
urls = st.sampled_from(
    ["https://news.example/a?b=1&c=2", "javascript:alert(1)", "//x", "https://", "http://[", ""]
) | st.text(max_size=20).map("https://news.example/".__add__)
spans = words | st.builds(Link, words, urls)
spans |= st.builds(Strong, words) | st.builds(Quote, words) | st.builds(Marked, words)
spans |= st.builds(Person, words, st.sampled_from(["slack:U0READER", "console", HOSTILE]))
spans |= st.builds(Channel, words, st.sampled_from(["slack:C0ALERTS", "discord:600", HOSTILE]))
spans |= st.builds(Moment, words, st.just(NOW))
lines = st.lists(spans, max_size=4).map(tuple)

_actions = st.sampled_from([f"verb:{n}" for n in range(30)]) | st.just("a" * 100)
_labels = st.text(max_size=5) | st.sampled_from([HOSTILE, "가" * 200])
_buttons = st.builds(Button, _labels, _actions, st.sampled_from(Look), st.booleans(), st.booleans())
_links = st.builds(LinkButton, _labels, urls)
_values = st.text(max_size=5) | st.sampled_from(["v" * 100, "v" * 200])
_options = st.lists(st.builds(Option, _labels, _values, _labels, st.booleans()), max_size=6)
_many = st.just([Option("가" * 90, f"{n}" * 50, "나" * 90, chosen=n % 2 == 0) for n in range(25)])
_menus = st.builds(
    Menu,
    _actions,
    _labels,
    (_options | _many).map(tuple),
    st.sampled_from(Choice),
    least=st.integers(0, 1),
    most=st.integers(1, 30),
)
rows = st.lists(_buttons | _links, max_size=5).map(tuple) | st.tuples(_menus)
controls = st.lists(rows, max_size=5).map(tuple)
cards = st.builds(
    Card,
    title=words,
    lines=st.lists(lines, max_size=12).map(tuple),
    fields=st.lists(st.builds(Field, words, lines), max_size=8).map(tuple),
    tone=st.sampled_from(Tone),
    heading=words,
    url=st.none() | urls,
    footer=words,
    controls=controls,
)

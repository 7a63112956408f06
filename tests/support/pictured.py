"""A card with a picture, as a digest of a week has one."""

from dataclasses import replace

from bot.card import Attachment, Card

PICTURE = Attachment("week.png", b"\x89PNG", "Two claims, week by week", "The chart could not be shown here")
DIGEST = Card(
    "17 to 23 August · 9 happenings", heading="WEEK", footer="From 17 to 23 August", attachment=PICTURE
)
REVISED = replace(
    DIGEST,
    title="Week 34 · 10 happenings",
    attachment=replace(PICTURE, content=b"\x89PNG, once more"),
)
BARE = replace(DIGEST, attachment=None)

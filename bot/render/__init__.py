"""A card as each platform wants it: pure functions to plain dicts or text, without any chat library."""

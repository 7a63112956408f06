"""Words out, questions in: settings, commands, cards, and the platforms that carry them.

May import `claims`; only `bot.app`, the composition root, imports `watchers`.
"""

"""News in: fetch a feed, parse it, match its stories, group and decide, and save one visit whole.

May import `claims`, never `bot`. It ends at the store, from which the bot starts.
"""

"""The site, read only, for a browser, and how the bot fares, for those who watch over it.

It stands beside a bot that may be running on the same store, and writes nothing but the site's folder.
"""

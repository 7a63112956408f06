"""What we know and keep: the records of the chain, the pure rules over them, and the store.

Nothing here imports `watchers` or `bot`, and no rule reads a clock, the network or the database.
"""

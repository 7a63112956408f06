"""Pictures of a claim's figures and its time: the only users of matplotlib, an extra."""

"""What controls ask for: one table of actions for all platforms.

Each is a verb with a short argument, so that a button of last month still works.
"""

"""Questions in: one table of commands for all platforms, and the desk that answers them."""

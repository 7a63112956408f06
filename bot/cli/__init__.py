"""The command line: `bot.cli.main` is its entry, the others are its groups of commands."""

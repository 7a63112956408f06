"""`python -m bot` is `claimwatch`."""

from bot.cli.main import main

main()

"""`python -m bot` is `claimwatch`."""

from bot.cli import main

main()

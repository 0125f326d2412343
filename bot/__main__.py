"""`python -m bot` is `vestka`."""

from bot.cli import main

main()

"""The command `vestka`: its commands, and one line for whatever goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from bot import cli_archive, cli_ask, cli_chat, cli_eval, cli_serve
from bot.cli_session import STORE_HELP, Session
from bot.terminal_text import one_line
from bot.wiring import Wiring
from index.errors import VestkaError

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells give it."""


class OneLineErrors(click.Group):
    """A group of commands whose errors are one line on standard error, without a traceback."""

    def main(self, args: Sequence[str] | None = None, *positional: Any, **extra: Any) -> NoReturn:
        """Run a command and exit with its status: 0, 1 on failure, 2 on wrong usage."""
        extra["standalone_mode"] = False
        session = extra.setdefault("obj", Session(Wiring()))
        try:
            result = super().main(args, *positional, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.message, err=True)
            sys.exit(error.exit_code)
        except click.ClickException as error:
            _fail(_usage_line(error), error.exit_code)
        except VestkaError as error:
            _debug(session, error)
            _fail(str(error), error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        except OSError as error:
            _debug(session, error)
            where = f"{error.filename}: " if error.filename else ""
            _fail(f"{where}{error.strerror or error}: mend that and run the command again", 1)
        except Exception as error:  # noqa: BLE001 - the outermost handler
            _debug(session, error)
            what = f"{type(error).__name__}: {error}"
            _fail(f"unexpected {what}: run `vestka --debug ...` for where it happened, and report it", 1)
        sys.exit(result if isinstance(result, int) else 0)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vestka", prog_name="vestka")
@click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help=STORE_HELP)
@click.option("--verbose", is_flag=True, help="Log what is done, on standard error.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.pass_obj
def vestka(session: Session, store: Path | None, verbose: bool, debug: bool) -> None:
    """Answer questions about a news archive with exact, linked quotations.

    Settings are read from VESTKA_* variables. Exit status: 0 on success, 1 on failure, 2 on wrong usage.
    """
    session.store, session.debug = store, debug
    session.wiring.configure_logging(verbose=verbose or debug)


for command in (
    cli_archive.index,
    cli_ask.ask,
    cli_ask.search,
    cli_archive.show,
    cli_archive.remove,
    cli_archive.status,
    cli_archive.check,
    cli_chat.chat,
    cli_serve.serve,
    cli_serve.telegram,
    cli_eval.evaluate,
):
    vestka.add_command(command)


def main() -> NoReturn:
    """Run `vestka` with the arguments of this process."""
    for stream in (sys.stdout, sys.stderr):
        # Whatever the locale says: JSON is UTF-8, and no title can make the output fail.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="backslashreplace")
    vestka.main(prog_name="vestka")


def _usage_line(error: click.ClickException) -> str:
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    return message if context is None else f"{message}: see `{context.command_path} --help`"


def _debug(session: Session, error: Exception) -> None:
    if session.debug:
        sys.excepthook(type(error), error, error.__traceback__)


def _fail(message: str, exit_code: int) -> NoReturn:
    click.echo(f"vestka: {one_line(message)}", err=True)
    sys.exit(exit_code)

"""The commands that keep an archive: index, show, remove, status, check."""

from __future__ import annotations

import sys
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import click

from bot.cli_output import output_page, print_json, print_text, to_terminal
from bot.cli_session import Session, json_option, store_option
from bot.present import article_json, report_json
from bot.terminal import render_report
from bot.terminal_progress import watch
from index.records import IndexReport

FAILED = 1


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--prune", is_flag=True, help="Remove articles that a folder no longer holds.")
@click.option("--sample", is_flag=True, help="Index the sample archive that comes with Vestka.")
@store_option
@json_option
@click.pass_obj
def index(
    session: Session, sources: tuple[str, ...], prune: bool, sample: bool, store: Path | None, as_json: bool
) -> int:
    """Add or update articles.

    A SOURCE is a file or folder of pages (.txt, .html) and JSON Lines (.jsonl, .jsonl.gz), or the http(s)
    address of a page, a feed or a sitemap. To finish a run that was interrupted, give the same sources again.
    """
    if sample:
        sources = (*sources, str(files("index") / "sample"))
    if not sources:
        raise click.UsageError("give at least one SOURCE, or --sample", click.get_current_context())
    directory = session.directory(store)
    progress = watch(sys.stderr)
    report = session.wiring.index_sources(directory, sources, session.settings, progress, prune=prune)
    _print_report(report, as_json)
    if report.added + report.updated + report.unchanged:
        return 0
    click.echo("vestka: no article could be read from these sources: see the reasons", err=True)
    return FAILED


@click.command()
@click.argument("article_id")
@store_option
@json_option
@click.pass_obj
def show(session: Session, article_id: str, store: Path | None, as_json: bool) -> None:
    """Print a stored article as JSON."""
    del as_json  # an article is printed as JSON in any case
    print_json(article_json(session.wiring.read_article(session.directory(store), article_id)))


@click.command()
@click.argument("article_ids", nargs=-1, required=True, metavar="ARTICLE_ID...")
@store_option
@json_option
@click.pass_obj
def remove(session: Session, article_ids: tuple[str, ...], store: Path | None, as_json: bool) -> int:
    """Forget articles."""
    report = session.wiring.remove_articles(session.directory(store), article_ids)
    _print_report(report, as_json)
    for skipped in report.skipped:
        click.echo(f"vestka: {skipped.source}: {skipped.reason}", err=True)
    return FAILED if report.skipped else 0


@click.command()
@store_option
@json_option
@click.pass_obj
def status(session: Session, store: Path | None, as_json: bool) -> None:
    """Print what the store holds, as JSON."""
    del as_json  # it is printed as JSON in any case
    print_json(asdict(session.wiring.read_status(session.directory(store))))


@click.command()
@click.option("--repair", is_flag=True, help="Rebuild what is derived from the articles and their vectors.")
@store_option
@json_option
@click.pass_obj
def check(session: Session, repair: bool, store: Path | None, as_json: bool) -> int:
    """Verify the store: counts, checksums, every vector present."""
    directory = session.directory(store)
    mended = session.wiring.repair_store(directory) if repair else []
    problems = session.wiring.check_store(directory)
    if as_json:
        print_json({"ok": not problems, "problems": problems, "repaired": mended})
    else:
        for line in mended:
            print_text(f"mended: {line}")
        for line in problems:
            print_text(f"wrong: {line}")
        if not problems:
            print_text("The store is in order.")
    return FAILED if problems else 0


def _print_report(report: IndexReport, as_json: bool) -> None:
    if as_json or not to_terminal():
        print_json(report_json(report))
    else:
        print_text(render_report(report, output_page()))

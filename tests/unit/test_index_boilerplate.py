from __future__ import annotations

from index.boilerplate import NOTHING_RECURS, Recurrence, RecurringLines

LONG = "The town council of {} has agreed to build a new bridge over the river, the mayor said on Friday morning."


def pages(count: int, *lines: str) -> list[list[str]]:
    """Make pages with some lines in common and an article of their own."""
    return [[*lines, LONG.format(f"{lines[0][:9]} town of the {'n' * number}orth")] for number in range(count)]


def learn(*groups: list[list[str]]) -> RecurringLines:
    """Learn from pages."""
    recurring = RecurringLines()
    for group in groups:
        for page in group:
            recurring.add_page(page)
    return recurring


def test_nothing_is_known_about_a_page_alone() -> None:
    """Without other pages no line recurs."""
    assert NOTHING_RECURS.of("All news") is Recurrence.NONE


def test_lines_of_many_pages_recur() -> None:
    """Three pages make a line recur, one in twenty makes it common; numbers and case in it do not matter."""
    recurring = learn(pages(100, "Minsk +5°C"), pages(3, "Sport"), pages(2, "Two only"))
    assert recurring.of("MINSK +12°C") is Recurrence.COMMON
    assert recurring.of("Sport") is Recurrence.SOME
    assert recurring.of("Two only") is Recurrence.NONE
    assert recurring.of("Never seen") is Recurrence.NONE


def test_copies_of_an_article_count_once() -> None:
    """Lines of one article that stands in an archive many times do not recur, and other pages' do."""
    copies = [["Anna Berg", LONG.format("Veldan"), LONG.format("Halm"), LONG.format(str(n))] for n in "abcdef"]
    recurring = learn(pages(20, "All news"), copies)
    assert recurring.of("Anna Berg") is Recurrence.NONE
    assert recurring.of(LONG.format("Veldan")) is Recurrence.NONE
    assert recurring.of("All news") is Recurrence.COMMON


def test_long_lines_are_no_furniture() -> None:
    """A paragraph is not counted, so that memory stays small."""
    assert learn(pages(10, "word " * 100)).of("word " * 100) is Recurrence.NONE

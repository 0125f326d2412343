"""The steps of a story out of what was found for it: one dated sentence a passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.search import Candidate
from qa.compose import Quote
from qa.timeline import Dated, build_timeline, event_date


def dated_quotes(candidates: Sequence[Candidate], stories: Mapping[str, int]) -> list[tuple[str, Quote]]:
    """Return the steps of a story in order of time: an ISO date, and the sentence that tells of it.

    Args:
        candidates: best first.
        stories: the number of each article's story; of copies and translations the best found is quoted.
    """
    told_by: dict[int, str] = {}
    scored: list[Dated] = []
    quotes: list[Quote] = []
    for number, candidate in enumerate(candidates):
        article, sentences = candidate.article, candidate.row.passage.sentences
        if not sentences:
            continue
        story = stories.get(article.article_id, -1 - number)
        if told_by.get(story, article.article_id) != article.article_id:
            continue
        best = int(candidate.sentences.argmax())
        span = sentences[best]
        text = article.text[span.start : span.end]
        day = event_date(text, article.published, article.language)
        if day is not None:
            told_by[story] = article.article_id
            scored.append(Dated(day, max(0.0, float(candidate.sentences[best])), story, len(quotes)))
            quotes.append(Quote(candidate, span.start, span.end))
    return [(each.date, quotes[each.key]) for each in build_timeline(scored)]

// One turn of the conversation: the question, then its answer, refusal or failure.

import { failureWord } from "./client.js";
import { element, originOf, safeAddress, titleOf } from "./element.js";
import { translate } from "./language.js";
import { textParts } from "./parts.js";
import { openArticle } from "./reader.js";

const MAX_COPIES = 5;

/** A turn with the question asked and a sign that the answer is on its way. */
export function askedTurn(question, filters) {
  const turn = element(
    "article",
    { class: "turn" },
    element("div", { class: "question" }, element("p", { dir: "auto" }, question), filtersOf(filters)),
    element("p", { class: "waiting", role: "status", "data-word": "asking" }),
  );
  translate(turn);
  return turn;
}

export function showAnswer(turn, answer) {
  const parts = answer.answered ? answered(answer) : refused(answer);
  finish(turn, element("div", { class: "answer" }, ...parts));
}

export function showFailure(turn, failure, again) {
  const detail = failure.status === 422 && failure.message;
  finish(
    turn,
    element(
      "div",
      { class: "failure", role: "alert" },
      element("p", { "data-word": failureWord(failure) }),
      detail && element("p", { class: "detail", lang: "en" }, detail),
      element("button", { type: "button", class: "quiet", "data-word": "again", onclick: again }),
    ),
  );
}

function finish(turn, shown) {
  turn.querySelector(".waiting, .failure")?.remove();
  turn.append(shown);
  translate(turn);
}

function filtersOf({ since, until, language }) {
  if (!since && !until && !language) return null;
  const day = (word, value) => value && element("span", {}, element("span", { "data-word": word }), " ", element("time", { datetime: value }));
  return element(
    "p",
    { class: "origin" },
    day("from", since),
    day("until", until),
    language && element("span", { "data-language": language }),
  );
}

function answered(answer) {
  return [
    ...body(answer),
    element(
      "p",
      { class: "footing" },
      element("span", { "data-word": "confidence", "data-share": String(answer.confidence) }),
      answer.as_of && element("span", { "data-word": "asOf", "data-date": answer.as_of }),
    ),
  ];
}

/** The answer's text, its quotations on cards in lists where it quotes them. */
function body(answer) {
  const shown = [];
  for (const part of textParts(answer)) {
    if (typeof part === "string") {
      shown.push(element("p", { class: "text", lang: answer.language, dir: "auto" }, ...numbered(part)));
      continue;
    }
    if (shown.at(-1)?.tagName !== "OL") shown.push(element("ol", { class: "citations", "data-label": "quotations" }));
    shown.at(-1).append(citationCard(part, answer.language));
  }
  return shown;
}

function refused(answer) {
  return [
    element("p", { class: "text", lang: answer.language, dir: "auto" }, answer.text),
    answer.nearest.length > 0 && element("h2", { "data-word": "nearest" }),
    answer.nearest.length > 0 && element("ol", { class: "nearest" }, ...answer.nearest.map(nearestCard)),
  ];
}

/** A text with each [n] turned into a small number. */
function numbered(text) {
  return text.split(/(\[\d+\])/).map((part) => {
    const number = /^\[(\d+)\]$/.exec(part);
    return number ? element("sup", { class: "number" }, number[1]) : part;
  });
}

function citationCard({ citation, before, after }, language) {
  const own = { lang: citation.language, dir: "auto" };
  const said = { lang: language, dir: "auto" };
  // What the text says after a quotation that is older is that it is.
  const older = citation.older && !after && element("span", { class: "badge", "data-word": "older" });
  return element(
    "li",
    { class: citation.older ? "card older" : "card" },
    element("span", { class: "number", "aria-hidden": "true" }, String(citation.number)),
    before && element("p", { class: "before", ...said }, ...numbered(before)),
    element("blockquote", own, element("p", {}, citation.quote)),
    after && element("p", { class: "after", ...said }, ...numbered(after)),
    titleOf(citation, "title"),
    below(citation, citation.quote, older),
    citation.copies.length > 0 && copiesOf(citation.copies),
  );
}

/** The other articles with the same story: each a link to its page, or where it has none, to its text here. */
function copiesOf(copies) {
  const left = copies.length - MAX_COPIES;
  return element(
    "p",
    { class: "also" },
    element("span", { "data-word": "also" }),
    ...copies.slice(0, MAX_COPIES).map(copyLink),
    left > 0 && element("span", {}, `+${left}`),
  );
}

function copyLink(copy) {
  const name = copy.source || copy.title || copy.article_id;
  const address = safeAddress(copy.url);
  const told = { title: copy.title || false, dir: "auto" };
  const link = address
    ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...told }, name)
    : element("button", { type: "button", class: "link", onclick: () => openArticle(copy), ...told }, name);
  return element("span", {}, link, " (", element("span", { "data-language": copy.language || "und" }), ")");
}

function nearestCard(hit) {
  return element("li", { class: "card" }, titleOf(hit, "title"), below(hit, hit.passage));
}

/** Where a quote is from, and the button that shows it in its article. */
function below(place, quote, ...notes) {
  const open = () => openArticle(place, quote);
  const button = element("button", { type: "button", class: "quiet", "data-word": "reading", onclick: open });
  return element("div", { class: "below" }, originOf(place, ...notes), button);
}

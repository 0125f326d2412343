// One turn of the conversation: the question, then its answer, refusal or failure.

import { failureWord } from "./client.js";
import { element, originOf, titleOf } from "./element.js";
import { translate } from "./language.js";
import { openArticle } from "./reader.js";

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
    onlyQuotes(answer) ? null : element("p", { class: "text", lang: answer.language, dir: "auto" }, ...numbered(answer)),
    element("ol", { class: "citations", "data-label": "quotations" }, ...answer.citations.map(citationCard)),
    element(
      "p",
      { class: "footing" },
      element("span", { "data-word": "confidence", "data-share": String(answer.confidence) }),
      answer.as_of && element("span", { "data-word": "asOf", "data-date": answer.as_of }),
    ),
  ];
}

function refused(answer) {
  return [
    element("p", { class: "text", lang: answer.language, dir: "auto" }, answer.text),
    answer.nearest.length > 0 && element("h2", { "data-word": "nearest" }),
    answer.nearest.length > 0 && element("ol", { class: "nearest" }, ...answer.nearest.map(nearestCard)),
  ];
}

/** Whether the text consists of its quotations alone: then the cards say all of it. */
function onlyQuotes(answer) {
  let rest = answer.text;
  for (const { quote } of answer.citations) rest = rest.replace(quote, "");
  return !/[\p{L}\p{N}]/u.test(rest.replace(/\[\d+\]/g, ""));
}

/** The answer's text with each [n] turned into a small number. */
function numbered(answer) {
  return answer.text.split(/(\[\d+\])/).map((part) => {
    const number = /^\[(\d+)\]$/.exec(part);
    return number ? element("sup", { class: "number" }, number[1]) : part;
  });
}

function citationCard(citation) {
  const own = { lang: citation.language, dir: "auto" };
  return element(
    "li",
    { class: "card" },
    element("span", { class: "number", "aria-hidden": "true" }, String(citation.number)),
    element("blockquote", own, element("p", {}, citation.quote)),
    titleOf(citation, "title"),
    below(citation, citation.quote),
  );
}

function nearestCard(hit) {
  return element("li", { class: "card" }, titleOf(hit, "title"), below(hit, hit.passage));
}

/** Where a quote is from, and the button that shows it in its article. */
function below(place, quote) {
  const open = () => openArticle(place, quote);
  const button = element("button", { type: "button", class: "quiet", "data-word": "reading", onclick: open });
  return element("div", { class: "below" }, originOf(place), button);
}

// The panel that shows a whole article with the quoted words marked.

import { failureWord, readArticle } from "./client.js";
import { element, originOf, safeAddress, sliced } from "./element.js";
import { translate } from "./language.js";

const panel = document.getElementById("reader");
const content = document.getElementById("article");

/** Opens the article of a citation, hit or copy; `quote` is what to mark, at [start, end), if anything is. */
export async function openArticle({ article_id: articleId, start, end }, quote = null) {
  content.replaceChildren(element("p", { class: "waiting", role: "status", "data-word": "asking" }));
  translate(panel);
  if (!panel.open) panel.showModal();
  let article;
  try {
    article = await readArticle(articleId);
  } catch (failure) {
    const word = failure.status === 404 ? "missing" : failureWord(failure);
    show(element("p", { class: "failure", role: "alert", "data-word": word }));
    return;
  }
  const marked = quote === null ? null : found(article.text, start, end, quote);
  const address = safeAddress(article.url);
  const link = { href: address, target: "_blank", rel: "noopener noreferrer", class: "original" };
  const own = { lang: article.language, dir: "auto" };
  show(
    element("h2", own, article.title),
    originOf(article),
    address && element("a", { ...link, "data-word": "original" }),
    quote !== null && !marked && element("p", { class: "notice", role: "status", "data-word": "changed" }),
    textOf(article.text, marked, own),
  );
  content.querySelector("mark")?.scrollIntoView({ block: "center" });
}

function show(...children) {
  content.replaceChildren(...children.filter(Boolean));
  content.parentElement.scrollTop = 0;
  translate(content);
}

/** The text before, of and after the quote; searched for when the article changed, null when it is gone. */
function found(text, start, end, quote) {
  const parts = sliced(text, start, end);
  if (parts[1] === quote) return parts;
  const at = text.indexOf(quote);
  return at < 0 ? null : [text.slice(0, at), quote, text.slice(at + quote.length)];
}

function textOf(text, marked, own) {
  if (!marked) return element("div", { class: "text", ...own }, text);
  const [before, quote, after] = marked;
  return element("div", { class: "text", ...own }, before, element("mark", {}, quote), after);
}

panel.addEventListener("click", (event) => {
  // A click on the panel itself, not on what is in it, is a click beside it.
  if (event.target === panel || event.target.closest("[data-close]")) panel.close();
});

// The page at work: reads the composer, asks, shows turns; conversations, keys, filters, the interface's language.

import { ask, Failure, hasKey, keepKey, readiness } from "./client.js";
import { conversationId, newConversation } from "./conversation.js";
import { element } from "./element.js";
import { firstLanguage, LANGUAGES, translate, useLanguage, word } from "./language.js";
import { askedTurn, showAnswer, showFailure } from "./turn.js";

const MAX_QUESTION = 2000;
const READINESS_PAUSE_MS = 3000;

const byId = (id) => document.getElementById(id);
const form = byId("composer");
const question = byId("question");
const filterFields = { since: byId("since"), until: byId("until"), language: byId("language") };
const complaint = byId("complaint");
const keyDialog = byId("key-dialog");
const beginAnew = byId("new");
let asking = false;

function filters() {
  const filled = Object.entries(filterFields).filter(([, field]) => field.value);
  return Object.fromEntries(filled.map(([name, field]) => [name, field.value]));
}

/** What is wrong with the question or its filters, in words, or "". */
function complaintOf(text, chosen) {
  const length = Array.from(text).length;
  if (length > MAX_QUESTION) return word("tooLong", { limit: MAX_QUESTION, length });
  return chosen.since && chosen.until && chosen.since > chosen.until ? word("swapped") : "";
}

async function submit() {
  const text = question.value.trim();
  const chosen = filters();
  complaint.textContent = complaintOf(text, chosen);
  if (!text || asking || complaint.textContent) return;
  question.value = "";
  grow();
  form.querySelector("details").open = false;
  document.body.classList.add("talking");
  beginAnew.hidden = false;
  const turn = askedTurn(text, chosen);
  byId("conversation").append(turn);
  await answerTurn(turn, text, chosen);
}

async function answerTurn(turn, text, chosen) {
  setAsking(true);
  turn.scrollIntoView({ block: "start" });
  try {
    showAnswer(turn, await askWithKey(text, chosen));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    showFailure(turn, failure, () => retry(turn, text, chosen));
  } finally {
    setAsking(false);
  }
  turn.scrollIntoView({ block: "start" });
}

function retry(turn, text, chosen) {
  if (asking) return;
  const waiting = element("p", { class: "waiting", role: "status", "data-word": "asking" });
  turn.querySelector(".failure").replaceWith(waiting);
  translate(turn);
  answerTurn(turn, text, chosen);
}

/** Asks; when the archive wants a key, asks for it and tries again until the visitor gives up. */
async function askWithKey(text, chosen) {
  for (;;) {
    try {
      return await ask(text, chosen, conversationId());
    } catch (failure) {
      if (failure.status !== 401 || !(await enterKey(hasKey() ? "keyWrong" : "keyWanted"))) throw failure;
    }
  }
}

function enterKey(reason) {
  byId("key-reason").dataset.word = reason;
  byId("key").value = "";
  translate(keyDialog);
  keyDialog.returnValue = "";
  keyDialog.showModal();
  return new Promise((resolve) => {
    keyDialog.addEventListener("close", () => {
      const key = byId("key").value.trim();
      byId("key").value = "";
      const given = keyDialog.returnValue === "given" && key !== "";
      if (given) keepKey(key);
      resolve(given);
    }, { once: true });
  });
}

function setAsking(now) {
  asking = now;
  byId("send").disabled = now;
  beginAnew.disabled = now;
  byId("conversation").setAttribute("aria-busy", String(now));
}

/** Leaves the conversation: what is asked next stands alone. */
function startAnew() {
  newConversation();
  byId("conversation").replaceChildren();
  document.body.classList.remove("talking");
  beginAnew.hidden = true;
  complaint.textContent = "";
  question.focus();
}

function grow() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight}px`;
}

function showFilterCount() {
  const chosen = Object.keys(filters()).length;
  byId("filter-count").textContent = chosen ? String(chosen) : "";
  byId("clear").hidden = chosen === 0;
  complaint.textContent = "";
}

/** Says what the archive holds once it is loaded, and offers its languages as a filter. */
async function showArchive() {
  const status = byId("status");
  for (;;) {
    try {
      const archive = await readiness();
      const codes = Object.keys(archive.languages).sort();
      status.dataset.articles = String(archive.articles);
      status.dataset.languages = String(codes.length);
      status.dataset.date = archive.last_published ?? "–";
      status.dataset.word = "holds";
      filterFields.language.append(...codes.map((code) => element("option", { value: code, "data-language": code })));
      translate(document);
      return;
    } catch (failure) {
      status.dataset.word = failure.status === 0 ? "offline" : "loading";
      translate(document);
      await new Promise((resolve) => setTimeout(resolve, READINESS_PAUSE_MS));
    }
  }
}

function start() {
  const picker = byId("interface");
  picker.append(...Object.entries(LANGUAGES).map(([code, name]) => element("option", { value: code, lang: code }, name)));
  useLanguage(firstLanguage());
  picker.value = document.documentElement.lang;
  picker.addEventListener("change", () => useLanguage(picker.value, true));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  question.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  question.addEventListener("input", () => {
    complaint.textContent = "";
    grow();
  });
  for (const field of Object.values(filterFields)) field.addEventListener("change", showFilterCount);
  byId("clear").addEventListener("click", () => {
    for (const field of Object.values(filterFields)) field.value = "";
    showFilterCount();
  });
  beginAnew.addEventListener("click", startAnew);
  byId("key-cancel").addEventListener("click", () => keyDialog.close("cancelled"));
  byId("key-form").addEventListener("submit", (event) => {
    // The page's policy lets no form be sent, not even to a dialog.
    event.preventDefault();
    keyDialog.close("given");
  });
  showArchive();
}

start();

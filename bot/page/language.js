// The language of the interface: its words, its dates, its names of languages, kept true in the whole page.

import { WORDS } from "./words.js";

export const LANGUAGES = {
  be: "Беларуская",
  ru: "Русский",
  en: "English",
  de: "Deutsch",
  pl: "Polski",
  es: "Español",
  zh: "中文",
};

const KEPT = "vestka-language";

// Chromium has no Belarusian dates and language names of its own.
const BELARUSIAN_MONTHS = ["студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня",
  "ліпеня", "жніўня", "верасня", "кастрычніка", "лістапада", "снежня"];
const BELARUSIAN_NAMES = { be: "беларуская", ru: "руская", en: "англійская", de: "нямецкая", pl: "польская",
  es: "іспанская", zh: "кітайская", uk: "украінская", lt: "літоўская", lv: "латышская", fr: "французская",
  it: "італьянская", und: "невядомая" };

let current = "en";

export function currentLanguage() {
  return current;
}

/** The language a visitor chose before, else the first of the browser's that we have, else English. */
export function firstLanguage() {
  let kept = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // Storage is switched off: the browser's languages decide.
  }
  const wanted = [kept, ...navigator.languages].filter(Boolean).map((tag) => tag.toLowerCase().split("-")[0]);
  return wanted.find((tag) => tag in LANGUAGES) ?? "en";
}

export function useLanguage(language, keep = false) {
  current = language;
  if (keep) {
    try {
      localStorage.setItem(KEPT, language);
    } catch {
      // Then the choice lasts for this page only.
    }
  }
  document.documentElement.lang = language;
  translate(document);
}

export function word(name, values = {}) {
  const text = WORDS[current][name] ?? WORDS.en[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** The visitor's own region of the current language, such as en-GB; numbers in Belarusian are as in Russian. */
function locale() {
  if (current === "be") return "ru";
  return navigator.languages.find((tag) => tag.toLowerCase().split("-")[0] === current) ?? current;
}

export function count(number) {
  return new Intl.NumberFormat(locale()).format(number);
}

export function share(probability) {
  const options = { style: "percent", maximumFractionDigits: 0 };
  return new Intl.NumberFormat(locale(), options).format(probability);
}

/** A publication time as its own page gave it, never shifted to the reader's time zone. */
export function date(published) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(published);
  if (!parts) return published;
  const [, year, month, day, hour, minute] = parts.map((part) => (part === undefined ? undefined : Number(part)));
  const time = new Date(Date.UTC(year, month - 1, day, hour ?? 0, minute ?? 0));
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day) return published;
  const clock = hour === undefined ? "" : `, ${parts[4]}:${parts[5]}`;
  if (current === "be") return `${day} ${BELARUSIAN_MONTHS[month - 1]} ${year} г.${clock}`;
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(time) + clock;
}

export function languageName(code) {
  if (current === "be") return BELARUSIAN_NAMES[code] ?? code;
  try {
    return new Intl.DisplayNames(locale(), { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Writes every word, date and language name below `root` in the current language. */
export function translate(root) {
  for (const element of root.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word, valuesOf(element));
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = word(element.dataset.label);
  }
  for (const element of root.querySelectorAll("[data-placeholder]")) {
    element.placeholder = word(element.dataset.placeholder);
  }
  for (const element of root.querySelectorAll("time[datetime]")) {
    element.textContent = date(element.dateTime);
  }
  for (const element of root.querySelectorAll("[data-language]")) {
    element.textContent = languageName(element.dataset.language);
  }
}

/** The values for a word's places: `data-articles="3"` for {articles}; numbers, shares and dates by their kind. */
function valuesOf(element) {
  const values = {};
  for (const [name, value] of Object.entries(element.dataset)) {
    if (name === "share") values.share = share(Number(value));
    else if (name === "date") values.date = date(value);
    else if (/^\d+$/.test(value)) values[name] = count(Number(value));
  }
  return values;
}

// Elements built from plain values. Whatever comes from the archive goes in as text, never as markup.

/** An element with attributes and children; a string child becomes text, null and false are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The address if a browser may follow it: http or https only, so that no archive can plant a script. */
export function safeAddress(address) {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** An article's title, a link to its page where it has a safe one. */
export function titleOf(article, className) {
  const address = safeAddress(article.url);
  const text = article.title ? { lang: article.language, dir: "auto" } : { "data-word": "untitled" };
  if (!address) return element("span", { class: className, ...text }, article.title || "");
  const link = { href: address, target: "_blank", rel: "noopener noreferrer" };
  return element("a", { class: className, ...link, ...text }, article.title || "");
}

/** Source, date and language of an article, in one line, with what else is to be said of it. */
export function originOf(article, ...notes) {
  return element(
    "p",
    { class: "origin" },
    article.source && element("span", { dir: "auto" }, article.source),
    article.published && element("time", { datetime: article.published }),
    ...notes,
    element("span", { class: "badge", "data-language": article.language || "und" }),
  );
}

/** `text[start:end]` counted in code points, as every offset of Vestka is, with what stands around it. */
export function sliced(text, start, end) {
  const points = Array.from(text);
  return [points.slice(0, start), points.slice(start, end), points.slice(end)].map((part) => part.join(""));
}

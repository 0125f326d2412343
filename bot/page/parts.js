// An answer's text taken apart, so that its quotations can stand on cards and nothing is said twice.
// bot/answer_parts.py does the same for Telegram.

const MAX_GAP = 4;
const OPENING_MARKS = /[“„‟«‹「『〈《‘‚"'\s]+$/u;

/**
 * The paragraphs, as strings, and the quotations, as `{ citation, before, after }` with what their line of the text
 * says around them, in the order of the text. A text that retells its quotations is one paragraph before them.
 */
export function textParts({ text, citations, mode }) {
  if (mode !== "extractive") return [text, ...citations.map((citation) => quoted(citation))];
  const placed = [];
  const gaps = [];
  let at = 0;
  for (const citation of citations) {
    const place = placeOf(text, citation, at);
    if (!place) continue;
    placed.push(citation);
    gaps.push(text.slice(at, place[0]).split("\n"));
    at = place[1];
  }
  gaps.push(text.slice(at).split("\n"));
  // In the first gap no quotation's line ends, in the last none begins.
  gaps[0].unshift("");
  gaps.at(-1).push("");
  const parts = placed.flatMap((citation, index) => {
    const gap = gaps[index];
    const following = gaps[index + 1];
    const before = gap.at(-1).replace(OPENING_MARKS, "");
    const after = following.length > 1 ? following[0] : "";
    return [said(gap.slice(1, -1).join("\n")), quoted(citation, said(before), said(after))];
  });
  parts.push(said(gaps.at(-1).slice(1, -1).join("\n")));
  const unplaced = citations.filter((citation) => !placed.includes(citation)).map((citation) => quoted(citation));
  return [...parts, ...unplaced].filter(Boolean);
}

function quoted(citation, before = "", after = "") {
  return { citation, before, after };
}

/** Where a quotation begins and where its [n] ends, looked for from `at` on; null when the text does not hold it. */
function placeOf(text, { quote, number }, at) {
  const marker = `[${number}]`;
  for (let start = text.indexOf(quote, at); start >= 0 && start < text.length; start = text.indexOf(quote, start + 1)) {
    const end = start + quote.length;
    const gap = text.slice(end, end + MAX_GAP + marker.length).indexOf(marker);
    if (gap >= 0 && !said(text.slice(end, end + gap))) return [start, end + gap + marker.length];
  }
  return null;
}

/** A text trimmed, or nothing where it has no letter and no digit. */
function said(text) {
  return /[\p{L}\p{N}]/u.test(text) ? text.trim() : "";
}

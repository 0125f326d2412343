// The requests of the page, and the key that they carry.

const KEY = "vestka-key";
const PATIENCE_MS = 120_000;

/** Why a request failed: `status` is the HTTP status, or 0 when no answer came. */
export class Failure extends Error {
  constructor(status, detail = "") {
    super(detail);
    this.status = status;
  }
}

/** The word that says why a request failed. */
export function failureWord({ status }) {
  if (status === 0) return "offline";
  if (status === 401 || status === 403) return "keyWanted";
  if (status === 503) return "busy";
  return status >= 400 && status < 500 ? "invalid" : "failed";
}

export function hasKey() {
  return Boolean(sessionStorage.getItem(KEY));
}

export function keepKey(key) {
  sessionStorage.setItem(KEY, key);
}

export function ask(question, filters, conversation) {
  const body = JSON.stringify({ question, ...filters, conversation_id: conversation });
  return request("v1/ask", { method: "POST", body, headers: { "Content-Type": "application/json" } });
}

export function readArticle(articleId) {
  return request(`v1/articles/${encodeURIComponent(articleId)}`);
}

export function readiness() {
  return request("readyz");
}

async function request(address, options = {}) {
  const headers = { Accept: "application/json", ...options.headers };
  const key = sessionStorage.getItem(KEY);
  if (key) headers.Authorization = `Bearer ${key}`;
  let response;
  let body;
  try {
    response = await fetch(address, { ...options, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    body = await response.json().catch(() => ({}));
  } catch {
    throw new Failure(0);
  }
  if (!response.ok) throw new Failure(response.status, body.detail ?? "");
  return body;
}

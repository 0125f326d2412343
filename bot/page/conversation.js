// The name of the conversation on the page: a new one for each page load, known to nobody else.

let current = random();

/** The name that goes with a question; what was asked under the same one before is what it may go on from. */
export function conversationId() {
  return current;
}

export function newConversation() {
  current = random();
}

function random() {
  // Browsers have randomUUID only on pages from https or from this machine.
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

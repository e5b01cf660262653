// Words selected in a text go into the form that adds them. Offsets count code points, as the store does; the server
// looks for the words themselves, so the offset only tells which of several it is.
const pick = () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const text = (range.startContainer.parentElement ?? range.startContainer).closest?.("[data-start]");
  if (!text || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const blank = words.length - words.trimStart().length;
  const near = Number(text.dataset.start) + [...before.toString()].length + blank;
  return { words: words.trim().replace(/\s+/g, " "), near, text };
};

// A form may ask for words twice (how it is said, and by whom): those are filled that were in hand last.
const inHand = new WeakMap();
document.addEventListener("focusin", (event) => {
  const field = event.target.closest?.("[data-pick]");
  if (field) inHand.set(field.closest("form"), field);
});

const fill = () => {
  const picked = pick();
  if (!picked || !picked.words || picked.words.length > 400) return;
  const scope = picked.text.closest(".card") ?? document;
  for (const form of scope.querySelectorAll(".missed form")) {
    const field = inHand.get(form) ?? form.querySelector("[data-pick]");
    field.querySelector("[data-words]").value = picked.words;
    field.querySelector("[data-near]").value = picked.near;
  }
};

document.addEventListener("selectionchange", fill);

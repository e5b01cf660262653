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

const fill = () => {
  const picked = pick();
  if (!picked || !picked.words || picked.words.length > 400) return;
  const scope = picked.text.closest(".card") ?? document;
  for (const form of scope.querySelectorAll(".missed form")) {
    form.querySelector("[data-words]").value = picked.words;
    form.querySelector("[data-near]").value = picked.near;
  }
};

document.addEventListener("selectionchange", fill);

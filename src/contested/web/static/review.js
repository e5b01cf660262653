// Keys for the forms that the page holds anyway. Nothing is sent but what a click would send.
const toggle = document.getElementById("keys-on");
const KEPT = "contested-keys";
toggle.checked = localStorage.getItem(KEPT) !== "off";
toggle.addEventListener("change", () => localStorage.setItem(KEPT, toggle.checked ? "on" : "off"));

const rows = [...document.querySelectorAll("[data-row]")];
let current = rows.findIndex((row) => `#${row.id}` === location.hash);

function move(step) {
  if (!rows.length) return;
  current = Math.min(Math.max(current + step, 0), rows.length - 1);
  rows[current].focus();
  rows[current].scrollIntoView({ block: "nearest" });
}

for (const [number, row] of rows.entries()) row.addEventListener("focusin", () => (current = number));

const isWriting = (element) => element.matches?.("input:not([type=checkbox]), select, textarea");

// Within the row first, then its card (or the card in view), then the page.
function find(key) {
  const row = rows[current];
  const hash = location.hash.startsWith("#card-") ? document.querySelector(location.hash) : null;
  const card = row?.closest(".card") ?? hash ?? document.querySelector(".card:has([data-key=a])");
  const selector = `[data-key="${key}"]`;
  if (key === "e" || key === "x") return row?.querySelector(selector);
  return card?.querySelector(selector) ?? document.querySelector(`:not(.card) > ${selector}, .moves ${selector}, .verdicts ${selector}, .recent ${selector}, .take ${selector}`);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = event.target.closest?.("details[open]") ?? document.querySelector(".fix[open]");
    if (open) {
      open.open = false;
      open.closest("[data-row]")?.focus();
    }
    return;
  }
  if (!toggle.checked || event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
  if (event.key === "j" || event.key === "ArrowDown") move(1);
  else if (event.key === "k" || event.key === "ArrowUp") move(-1);
  else if ("eaxXnpmsuz?".includes(event.key)) {
    const target = find(event.key);
    if (!target) return;
    if (event.key === "e") {
      const details = target.closest("details");
      details.open = true;
      details.querySelector("select, input[name=value]").focus();
    } else target.click();
  } else return;
  event.preventDefault();
});

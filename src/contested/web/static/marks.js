// Lights the words of a value while it is pointed at or focused, and the values of words. Reading works without it.
const byMark = new Map();
for (const element of document.querySelectorAll("[data-m]")) {
  for (const id of element.dataset.m.split(" ")) {
    if (!id) continue;
    if (!byMark.has(id)) byMark.set(id, []);
    byMark.get(id).push(element);
  }
}

let lit = [];

function dark() {
  for (const element of lit) element.classList.remove("lit");
  lit = [];
}

function light(element) {
  dark();
  for (const id of element.dataset.m.split(" ")) {
    for (const other of byMark.get(id) ?? []) {
      other.classList.add("lit");
      lit.push(other);
    }
  }
}

for (const name of ["mouseover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const element = event.target.closest?.("[data-m]");
    if (element && element.dataset.m) light(element);
    else if (name === "mouseover") dark();
  });
}

// A click on words leads to the first value that rests on them.
for (const mark of document.querySelectorAll(".text mark[data-m]")) {
  mark.addEventListener("click", () => {
    const ids = mark.dataset.m.split(" ");
    const value = document.querySelector(ids.map((id) => `.found a[data-m="${CSS.escape(id)}"]`).join(","));
    value?.scrollIntoView({ block: "nearest" });
    value?.focus({ preventScroll: true });
  });
}

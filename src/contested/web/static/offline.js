// The report in one file: the filter moves table, map, timeline and sheets together; the address keeps what is shown.
(function (root) {
  "use strict";
  const contested = root.contested;
  const WAIT_MS = 150; // after the last key, so that typing is not held up
  const block = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = block("data");
  const rows = data.incidents.map(contested.complete);
  const form = document.getElementById("filter");
  const body = document.querySelector("#incidents tbody");
  const lines = new Map([...body.querySelectorAll("tr[data-id]")].map((tr) => [tr.dataset.id, tr]));
  const sheets = new Map([...document.querySelectorAll("article[data-id]")].map((a) => [a.dataset.id, a]));
  const number = (n) => n.toLocaleString("en");
  const EVERYTHING = contested.readQuery("", rows);
  let shown = rows, order = "support"; // the order in which the page was written

  function say(name, words) {
    for (const element of document.querySelectorAll(`[data-count="${name}"]`)) element.textContent = words;
  }

  function read() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) said.set(name, value);
    return contested.readQuery(said.toString(), rows);
  }

  function fill(query) {
    for (const word of contested.queryWords) {
      const field = form.elements[word];
      if (field.type === "checkbox") field.checked = query[word] === "1";
      else field.value = query[word];
    }
  }

  function show(query) {
    shown = contested.choose(rows, query);
    const ids = new Set(shown.map((row) => row.id));
    for (const [id, tr] of lines) tr.hidden = !ids.has(id);
    for (const [id, sheet] of sheets) sheet.hidden = !ids.has(id);
    if (query.order !== order) for (const row of contested.choose(rows, { ...EVERYTHING, order: query.order })) body.append(lines.get(row.id));
    order = query.order;
    const part = shown.length === rows.length ? "" : ` of ${number(rows.length)}`;
    say("incidents", `${number(shown.length)}${part}`);
    say("sheets", `${number(shown.length)}${part}`);
    document.getElementById("nothing").hidden = shown.length > 0;
    document.getElementById("found").textContent = `Showing ${number(shown.length)} of ${number(rows.length)} incidents.`;
    map.show(shown);
    timeline.show(shown);
  }

  function keep(query) {
    const words = contested.writeQuery(query);
    try {
      root.history.replaceState(null, "", words ? `#${words}` : `${root.location.pathname}${root.location.search}`);
    } catch {
      root.location.hash = words; // browsers that forbid the other for files
    }
  }

  const isQuery = () => root.location.hash.includes("=") || root.location.hash.length < 2;

  function change() {
    const query = read();
    show(query);
    keep(query);
  }

  let waiting = 0;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, WAIT_MS);
  });
  form.addEventListener("reset", () => setTimeout(change));
  root.addEventListener("hashchange", () => {
    if (isQuery()) {
      const query = contested.readQuery(root.location.hash, rows);
      fill(query);
      show(query);
    } else reveal();
  });

  /** Show an incident that a link leads to, also when the filter leaves it out. */
  function reveal() {
    const sheet = document.getElementById(decodeURIComponent(root.location.hash.slice(1)));
    if (!sheet || !sheet.hidden) return;
    form.reset();
    show(read());
    sheet.scrollIntoView();
  }

  const map = contested.drawMap(document.getElementById("map"), [], block("borders"), {
    boundaries: block("boundaries"),
    onCount: (n) => say("map", `${number(n.incidents)} incidents at ${number(n.places)} places${n.without ? `; ${number(n.without)} without a known place` : ""}`),
  });
  const timeline = contested.drawTimeline(document.getElementById("timeline"), [], {
    onCount: (n) => say("timeline", `${number(n.incidents)} incidents${n.without ? `; ${number(n.without)} without a known day` : ""}`),
    onRange: (first, last) => {
      form.elements.since.value = first;
      form.elements.until.value = last;
      change();
    },
  });
  fill(contested.readQuery(isQuery() ? root.location.hash : "", rows));
  show(read());
  reveal();

  // What is shown, as a table for other programs. A cell that a spreadsheet would take for a formula gets an apostrophe.
  const COLUMNS = ["id", "type", "first", "last", "place", "country", "lat", "lon", "radius_km", "killed", "wounded", "reports", "origins", "disputed", "grade"];
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : Array.isArray(value) ? value.join(";") : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  document.getElementById("save").addEventListener("click", () => {
    const table = [COLUMNS.join(","), ...shown.map((row) => COLUMNS.map((name) => cell(row[name])).join(","))].join("\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${table}\n`], { type: "text/csv" }));
    link.download = "incidents.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  });

  // The hash of the data as this page holds it now, against the one that was written beside it.
  const check = document.getElementById("check");
  if (root.crypto && root.crypto.subtle) {
    check.hidden = false;
    check.addEventListener("click", async () => {
      const bytes = new TextEncoder().encode(document.getElementById("data").textContent);
      const hash = [...new Uint8Array(await root.crypto.subtle.digest("SHA-256", bytes))].map((b) => b.toString(16).padStart(2, "0")).join("");
      const same = hash === document.getElementById("sha256").textContent;
      document.getElementById("checked").textContent = same ? "✓ The data are as they were written." : `≠ The data were changed: their hash is ${hash}.`;
    });
  }
})(globalThis);

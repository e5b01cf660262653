// The timeline: a bar from the first to the last day that an incident may have happened on. It asks nobody for anything.
// `contested.drawTimeline(element, rows, options)` returns { show(rows) }; `options.onRange(first, last)` hears which days were chosen.
(function (root) {
  "use strict";
  const LARGE = 960, SMALL = 400; // drawing units; the page scales them to its own width
  const NARROW = 560; // CSS pixels; below it the large drawing's words could not be read
  const HIGH = 110; // units of the columns
  const LEFT = 34, RIGHT = 14;
  const MOST_COLUMNS = 90, FEW_COLUMNS = 36; // narrower ones cannot be hit
  const MOST_LANES = 60; // bars below; for more, the columns and the table do
  const LANE = 20, TALL_LANE = 34; // units; a bar with its words beside it, and under it
  const DAY_MS = 86400000;
  const SVG = "http://www.w3.org/2000/svg";
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  const toDay = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
  const toIso = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

  /** Return [first, last] as whole days, an open end as null; null for a row of which nobody says when. */
  function daysOf(row) {
    if (!row.first && !row.last) return null;
    return [row.first ? toDay(row.first) : null, row.last ? toDay(row.last) : null];
  }

  /** Return columns over [first, last], each {first, last, sure, perhaps}: incidents surely in it, and those that may be. */
  function countColumns(rows, first, last, most = MOST_COLUMNS) {
    const columns = [];
    for (let day = first; day <= last; ) {
      const end = columnEnd(day, last - first + 1, most);
      columns.push({ first: day, last: Math.min(end, last), sure: 0, perhaps: 0, contested: 0 });
      day = end + 1;
    }
    for (const row of rows) {
      const days = daysOf(row);
      if (!days) continue;
      const [from, to] = [days[0] ?? days[1], days[1] ?? days[0]];
      for (const column of columns) {
        if (to < column.first || from > column.last) continue;
        if (from >= column.first && to <= column.last && days[0] !== null && days[1] !== null) {
          column.sure += 1;
          if (row.contested) column.contested += 1;
        } else column.perhaps += 1;
      }
    }
    return columns;
  }

  /** Return the last day of the column that begins on a day: that day, its week, month or year. */
  function columnEnd(day, length, most) {
    const date = new Date(day * DAY_MS);
    if (length <= most) return day;
    if (length / 7 <= most) return day + ((7 - date.getUTCDay()) % 7); // weeks end on Sunday
    const year = date.getUTCFullYear();
    if (length / 30 <= most) return Date.UTC(year, date.getUTCMonth() + 1, 0) / DAY_MS;
    return Date.UTC(year, 11, 31) / DAY_MS;
  }

  function columnName(length, most = MOST_COLUMNS) {
    return length <= most ? "day" : length / 7 <= most ? "week" : length / 30 <= most ? "month" : "year";
  }

  /** Return [day, words] for the marks under the axis, about `most` of them, at days, months or years. */
  function ticks(first, last, most = 8) {
    const length = last - first + 1;
    const found = [];
    const start = new Date(first * DAY_MS);
    const step = [1, 2, 7, 14].find((n) => length / n <= most);
    if (step) {
      for (let day = first; day <= last; day += step) found.push([day, dayWords(day, day === first)]);
      return found;
    }
    const months = [1, 2, 3, 6, 12, 24, 60, 120].find((n) => length / 30.4 / n <= most) || 240;
    let year = start.getUTCFullYear(), month = Math.ceil(start.getUTCMonth() / Math.min(months, 12)) * Math.min(months, 12);
    for (let count = 0; count < 400; count += 1) {
      const day = Date.UTC(year, month, 1) / DAY_MS;
      if (day > last) break;
      const date = new Date(day * DAY_MS);
      if (day >= first) found.push([day, months >= 12 ? String(date.getUTCFullYear()) : `${MONTHS[date.getUTCMonth()]}${date.getUTCMonth() === 0 || !found.length ? ` ${date.getUTCFullYear()}` : ""}`]);
      month += months;
    }
    return found;
  }

  function dayWords(day, withYear = true) {
    const date = new Date(day * DAY_MS);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${withYear ? ` ${date.getUTCFullYear()}` : ""}`;
  }

  function make(parent, name, attributes = {}, text) {
    const made = parent.namespaceURI === SVG || name === "svg" ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return parent.appendChild(made);
  }

  function count(number, noun) {
    return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  }

  function drawTimeline(element, rows, options = {}) {
    element.textContent = "";
    element.classList.add("timeline");
    let WIDTH = element.clientWidth && element.clientWidth < NARROW ? SMALL : LARGE;
    let latest = rows;
    const stage = make(element, "div", { class: "timeline-stage" });
    const words = make(element, "p", { class: "timeline-words note", "aria-live": "polite" });

    function show(shown) {
      latest = shown;
      const dated = shown.filter((row) => daysOf(row)).sort((a, b) => begin(a) - begin(b));
      stage.textContent = "";
      words.textContent = "";
      if (options.onCount) options.onCount({ incidents: dated.length, without: shown.length - dated.length });
      if (!dated.length) {
        words.textContent = "No incident shown has a day.";
        return;
      }
      const first = Math.min(...dated.map((r) => begin(r))), last = Math.max(...dated.map((r) => finish(r)));
      draw(dated, first, last);
    }

    const begin = (row) => { const d = daysOf(row); return d[0] ?? d[1]; };
    const finish = (row) => { const d = daysOf(row); return d[1] ?? d[0]; };

    function draw(dated, first, last) {
      const columns = countColumns(dated, first, last, WIDTH === LARGE ? MOST_COLUMNS : FEW_COLUMNS);
      const lanes = dated.length <= MOST_LANES ? dated.length : 0;
      const lane = WIDTH === LARGE ? LANE : TALL_LANE;
      const height = HIGH + 44 + lanes * lane;
      const scale = (day) => LEFT + ((day - first) / (last - first + 1)) * (WIDTH - LEFT - RIGHT);
      const svg = make(stage, "svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "timeline-drawing", role: "group", "aria-label": `Incidents by ${columnName(last - first + 1, WIDTH === LARGE ? MOST_COLUMNS : FEW_COLUMNS)}, ${dayWords(first)} to ${dayWords(last)}. Arrow keys go from column to column, Enter takes its days into the filter.` });
      make(make(make(svg, "defs"), "pattern", { id: "time-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }), "path", { d: "M0,0V5", class: "time-hatch" });
      const cross = make(svg.querySelector("defs"), "pattern", { id: "time-cross", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)" });
      make(cross, "rect", { width: 6, height: 6, class: "time-cross-ground" });
      make(cross, "path", { d: "M0,0V6", class: "time-cross" });
      drawAxis(svg, first, last, scale, height);
      drawColumns(svg, columns, scale);
      if (lanes) dated.forEach((row, number) => drawBar(svg, row, HIGH + 40 + number * lane, scale, lane));
      const name = columnName(last - first + 1, WIDTH === LARGE ? MOST_COLUMNS : FEW_COLUMNS);
      words.textContent = `Full columns: incidents surely of that ${name}; red with stripes, contested ones. Hatched: those that may belong to it, since nobody says exactly when${lanes ? ". Below, each incident from the first to the last day it may have happened on" : ""}.`;
    }

    function drawAxis(svg, first, last, scale, height) {
      const axis = make(svg, "g", { "aria-hidden": "true" });
      make(axis, "path", { class: "time-axis", d: `M${LEFT},${HIGH}H${WIDTH - RIGHT}` });
      for (const [day, text] of ticks(first, last, WIDTH === LARGE ? 8 : 4)) {
        const x = scale(day).toFixed(1);
        make(axis, "path", { class: "time-grid", d: `M${x},8V${height - 4}` });
        make(axis, "text", { class: "time-tick", x: Number(x) + 3, y: HIGH + 15 }, text);
      }
    }

    function drawColumns(svg, columns, scale) {
      const most = Math.max(...columns.map((c) => c.sure + c.perhaps), 1);
      const high = (n) => (n / most) * (HIGH - 18);
      make(svg, "text", { class: "time-tick", x: LEFT - 6, y: 20, "text-anchor": "end", "aria-hidden": "true" }, most);
      const full = columns.filter((c) => c.sure + c.perhaps);
      full.forEach((column, number) => {
        const left = scale(column.first), wide = Math.max(scale(column.last + 1) - left - 1, 1.5);
        const said = `${dayWords(column.first)}${column.last > column.first ? ` to ${dayWords(column.last)}` : ""}: ${count(column.sure, "incident")}${column.perhaps ? `, and ${column.perhaps} that may belong here` : ""}${column.contested ? `; ${column.contested} contested` : ""}`;
        const g = make(svg, "g", { class: "time-column", role: "button", tabindex: number ? -1 : 0, "aria-label": said });
        make(g, "title", {}, said);
        make(g, "rect", { class: "time-target", x: left, y: 8, width: Math.max(wide, 3), height: HIGH - 8 });
        if (column.sure) make(g, "rect", { class: "time-sure", x: left, y: HIGH - high(column.sure), width: wide, height: high(column.sure) });
        if (column.contested) make(g, "rect", { class: "time-contested", x: left, y: HIGH - high(column.contested), width: wide, height: high(column.contested) });
        if (column.perhaps) make(g, "rect", { class: "time-perhaps", x: left, y: HIGH - high(column.sure + column.perhaps), width: wide, height: high(column.perhaps) });
        g.addEventListener("click", () => take(column));
        g.addEventListener("keydown", (event) => {
          const turned = getComputedStyle(element).direction === "rtl" ? -1 : 1;
          const by = { ArrowLeft: -turned, ArrowRight: turned, Home: -full.length, End: full.length }[event.key];
          if (by) {
            const all = [...svg.querySelectorAll(".time-column")];
            const to = all[Math.min(Math.max(number + by, 0), all.length - 1)];
            all.forEach((c) => c.setAttribute("tabindex", c === to ? 0 : -1));
            to.focus();
          } else if (event.key === "Enter" || event.key === " ") take(column);
          else return;
          event.preventDefault();
        });
      });
    }

    function take(column) {
      if (options.onRange) options.onRange(toIso(column.first), toIso(column.last));
    }

    function drawBar(svg, row, y, scale, lane) {
      const [from, to] = daysOf(row);
      const left = scale(from ?? to), right = Math.max(scale((to ?? from) + 1), left + 4);
      const exact = from !== null && to !== null && to === from;
      const a = make(svg, "a", { href: row.href, class: `time-row${row.contested ? " is-contested" : ""}` });
      const said = `${row.title}, ${row.when}${row.contested ? ", contested" : ""}`;
      make(a, "title", {}, said);
      make(a, "rect", { class: "time-target", x: LEFT, y: y - 2, width: WIDTH - LEFT - RIGHT, height: lane });
      make(a, "rect", { class: exact ? "time-bar" : "time-bar time-bar-wide", x: left, y: y + 3, width: right - left, height: 10, rx: 2 });
      if (from === null) make(a, "path", { class: "time-open", d: `M${left},${y + 3}l-9,5l9,5` }); // nobody says since when
      if (to === null) make(a, "path", { class: "time-open", d: `M${right},${y + 3}l9,5l-9,5` });
      const text = `${row.contested ? "≠ " : ""}${row.title}${row.killed ? ` · ${row.killed} reported killed` : ""}`;
      const most = lane === LANE ? 90 : 56;
      const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
      if (lane === LANE) {
        const room = WIDTH - RIGHT - right - 14 > short.length * 6;
        make(a, "text", { class: "time-words", x: room ? right + 14 : left - 14, y: y + 12, "text-anchor": room ? "start" : "end" }, short);
      } else make(a, "text", { class: "time-words", x: Math.max(LEFT, Math.min(left, WIDTH - RIGHT - short.length * 6.9)), y: y + 26 }, short);
    }

    new ResizeObserver(() => {
      const size = element.clientWidth < NARROW ? SMALL : LARGE;
      if (size === WIDTH || !element.clientWidth) return;
      WIDTH = size;
      show(latest);
    }).observe(element);
    show(rows);
    return { show };
  }

  root.contested = Object.assign(root.contested || {}, { drawTimeline, countColumns, timeTicks: ticks, daysOf, columnName });
})(globalThis);

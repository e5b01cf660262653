// The filter of a page that has no server: the same words and the same answers as `web/query.py` (a test holds them together).
(function (root) {
  "use strict";
  const WORDS = ["q", "place", "country", "actor", "type", "since", "until", "contested", "least", "order"];
  const LONGEST = 200; // characters of a filter's word; longer ones find nothing
  const ORDERS = ["support", "newest", "oldest", "killed", "place"];
  const DAY = /^\d{4}-\d{2}-\d{2}$/;

  /** Return a row with all that the report left out because it follows from the rest. */
  function complete(row) {
    return {
      types: [row.type.replaceAll(" ", "_")],
      places: row.place ? [row.place] : [],
      countries: row.country ? [row.country] : [],
      days: row.first || row.last ? [[row.first, row.last]] : [],
      quote: (row.claims || []).map((claim) => `${claim[1]} ${claim[2].map((who) => who[1]).join(" ")}`).join(" "),
      title: row.place ? `${row.type}, ${row.place}` : row.type,
      href: `#incident-${row.id}`,
      ...row,
    };
  }

  /** Return the query that an address says; what it says wrongly asks for nothing. */
  function readQuery(address, rows) {
    const said = new URLSearchParams(address.replace(/^[?#]/, ""));
    const query = {};
    for (const word of WORDS) query[word] = (said.get(word) || "").trim().slice(0, LONGEST);
    const types = new Set(rows.flatMap((row) => [...row.types, row.family]));
    if (!types.has(query.type)) query.type = "";
    for (const word of ["since", "until"]) if (!isDay(query[word])) query[word] = "";
    if (query.contested !== "1") query.contested = "";
    if (!/^\d{1,3}$/.test(query.least) || Number(query.least) < 2) query.least = "";
    if (!ORDERS.includes(query.order)) query.order = "support";
    return query;
  }

  /** Return a query as it stands in an address; what is usual is left out. */
  function writeQuery(query) {
    const said = new URLSearchParams();
    for (const word of WORDS) if (query[word] && !(word === "order" && query[word] === "support")) said.set(word, query[word]);
    return said.toString();
  }

  /** Return whether a row has all that is asked for. One without a known day is in no stretch of days. */
  function takes(row, query) {
    return (
      (!query.contested || row.contested) &&
      (!query.type || row.types.includes(query.type) || query.type === row.family) &&
      (!query.country || row.countries.includes(query.country)) &&
      (!query.least || row.reports >= Number(query.least)) &&
      (!query.place || among(query.place, row.places)) &&
      (!query.actor || among(query.actor, [...row.doers, ...row.targets, ...row.claimants])) &&
      (!query.q || finds(row, query.q)) &&
      ((!query.since && !query.until) || row.days.some((days) => holds(days, query)))
    );
  }

  /** Return the rows that a query takes, in its order. Rows come ordered by support and keep that among equals. */
  function choose(rows, query) {
    const found = rows.filter((row) => takes(row, query));
    const by = {
      newest: (a, b) => compare(b.last || b.first || "", a.last || a.first || ""),
      oldest: (a, b) => compare(a.first || a.last || "~", b.first || b.last || "~"),
      killed: (a, b) => b.most_killed - a.most_killed,
      place: (a, b) => Number(!a.place) - Number(!b.place) || compare(fold(a.place || ""), fold(b.place || "")),
    }[query.order];
    return by ? found.sort(by) : found;
  }

  function finds(row, asked) {
    const words = fold([row.id, row.type, row.quote, ...row.places, ...row.doers, ...row.targets].join(" "));
    return fold(asked).split(/\s+/).every((word) => words.includes(word));
  }

  function holds([first, last], query) {
    return (
      (first !== null || last !== null) &&
      (!query.since || (last || "~") >= query.since) &&
      (!query.until || (first || "") <= query.until)
    );
  }

  function isDay(value) {
    return DAY.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);
  }

  function among(asked, names) {
    const wanted = fold(asked);
    return names.some((name) => fold(name).includes(wanted));
  }

  function fold(text) {
    return text.toLowerCase();
  }

  function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  root.contested = Object.assign(root.contested || {}, { complete, readQuery, writeQuery, takes, choose, queryWords: WORDS });
})(globalThis);

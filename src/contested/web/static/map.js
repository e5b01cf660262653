// The map: places as areas as large as they are uncertain, on borders that are in this folder or in this page. It asks nobody for anything else.
// Needs d3-geo and topojson-client (vendor/). `contested.drawMap(element, rows, borders, options)` returns { show(rows) }.
(function (root) {
  "use strict";
  const LARGE = [960, 520], SMALL = [400, 440]; // drawing units; the page scales them to its own width
  const NARROW = 560; // CSS pixels; below it the large drawing's words could not be read
  const FOLD = 17; // units; marks nearer than this would cover each other, so they become one mark with a list
  const WIDE_KM = 60; // from here on a place is a province or more: an area and a number, never a point
  const LARGE_KM = 300; // from here on a disc on the globe is no circle on the map
  const MANY_AREAS = 60; // more outlines than this hide what they enclose
  const LEAST_DEGREES = 1.2; // the nearest that one sees by itself; nearer than a district, borders say nothing
  const CLOSEST = 220; // times nearer than the first view; a town's quarters can be told apart
  const FURTHEST = 0.55; // of the first view; the borders of a report end somewhere behind it
  const STEP = 1.6; // nearer or further at one press
  const REGION_DEGREES = 110; // wider than this, a projection for the whole world
  const MOST_NAMES = 14; // names of places at once; more is not readable
  const KM_A_DEGREE = 111.2;
  const SVG = "http://www.w3.org/2000/svg";

  /** Return rows gathered by place: rows at one point, with one radius, are one place with a list. */
  function gather(rows) {
    const places = new Map();
    for (const row of rows) {
      if (row.lat === null || row.lon === null) continue;
      const key = [row.lat, row.lon, row.radius_km].join(" ");
      if (!places.has(key)) places.set(key, { lat: row.lat, lon: row.lon, km: row.radius_km || 0, level: row.level, country: row.country, names: new Set(), rows: [] });
      const place = places.get(key);
      place.rows.push(row);
      if (row.place) place.names.add(row.place);
    }
    return [...places.values()].sort((a, b) => b.rows.length - a.rows.length);
  }

  /** Return places folded where their marks would cover each other: [{x, y, wide, places}], the fullest place first in each. */
  function fold(places, project, apart) {
    const folded = [];
    for (const place of places) {
      const point = project([place.lon, place.lat]);
      if (!point) continue;
      const wide = place.km >= WIDE_KM;
      const near = folded.find((m) => m.wide === wide && Math.hypot(m.x - point[0], m.y - point[1]) < apart);
      if (near) near.places.push(place);
      else folded.push({ x: point[0], y: point[1], wide, places: [place] });
    }
    for (const mark of folded) mark.rows = mark.places.flatMap((p) => p.rows);
    return folded;
  }

  /** Return a mark in words, for those who hear it. */
  function describe(mark) {
    const names = [...new Set(mark.places.flatMap((p) => [...p.names]))];
    const disputed = mark.rows.filter((r) => r.contested).length;
    const more = names.length > 3 ? ` and ${names.length - 3} more places` : "";
    const within = mark.places.length === 1 && mark.places[0].km ? `, known to within ${kilometres(mark.places[0].km)}` : "";
    return `${names.slice(0, 3).join(", ")}${more}: ${count(mark.rows.length, "incident")}${disputed ? `, ${disputed} contested` : ""}${within}`;
  }

  /** Return which mark lies next in a direction: the nearest within 50 degrees of it. */
  function next(marks, from, dx, dy) {
    let best = null, least = Infinity;
    for (const mark of marks) {
      const x = mark.x - from.x, y = mark.y - from.y, far = Math.hypot(x, y);
      if (mark === from || far === 0 || (x * dx + y * dy) / far < 0.64) continue;
      if (far < least) [best, least] = [mark, far];
    }
    return best;
  }

  /** Return a round length for the scale bar that is at most `most` km. */
  function roundLength(most) {
    const power = 10 ** Math.floor(Math.log10(most));
    return [5, 2, 1].map((n) => n * power).find((n) => n <= most) || power;
  }

  function kilometres(km) {
    return km < 1 ? `${Math.round(km * 1000)} m` : `${km < 10 ? Number(km.toFixed(1)) : Math.round(km)} km`;
  }

  function count(number, noun) {
    return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  }

  function make(parent, name, attributes = {}, text) {
    const svg = parent.namespaceURI === SVG || name === "svg";
    const made = svg ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return parent.appendChild(made);
  }

  /** Return the projection that shows all places, and the world when they lie far apart or there are none. */
  function frame(places, [WIDTH, HEIGHT]) {
    const d3 = root.d3;
    const world = { kind: d3.geoNaturalEarth1, view: d3.geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: "Sphere" }) };
    if (!places.length) return world;
    const [[west, south], [east, north]] = d3.geoBounds({ type: "MultiPoint", coordinates: places.flatMap(ends) });
    const wide = east >= west ? east - west : east - west + 360;
    if (wide > REGION_DEGREES) return world;
    const middle = west + wide / 2;
    const region = d3.geoMercator().rotate([-middle, 0]);
    const pad = Math.max(0, (LEAST_DEGREES - Math.max(wide, north - south)) / 2);
    const lats = [Math.max(south - pad, -78), Math.min(north + pad, 82)];
    const lons = [west - pad, west + wide + pad];
    const corners = { type: "MultiPoint", coordinates: lons.flatMap((lon) => lats.map((lat) => [lon, lat])) };
    return { kind: d3.geoMercator, view: region.fitExtent([[WIDTH * 0.07, 48], [WIDTH * 0.93, HEIGHT - 48]], corners) };
  }

  /** Return the four ends of a place's area. */
  function ends({ lon, lat, km }) {
    const high = km / KM_A_DEGREE, wide = high / Math.max(Math.cos((lat * Math.PI) / 180), 0.05);
    return [[lon - wide, lat], [lon + wide, lat], [lon, Math.max(lat - high, -90)], [lon, Math.min(lat + high, 90)]];
  }

  /** Return a place's area as a path: a circle, which it is on every projection used here while it is small. */
  function circle(place, project) {
    const [x, y] = project([place.lon, place.lat]);
    const up = project([place.lon, Math.min(place.lat + place.km / KM_A_DEGREE, 89)]);
    const r = Math.max(Math.hypot(up[0] - x, up[1] - y), 1.5);
    return `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r.toFixed(1)},${r.toFixed(1)} 0 1,0 ${(2 * r).toFixed(1)},0a${r.toFixed(1)},${r.toFixed(1)} 0 1,0 ${(-2 * r).toFixed(1)},0Z`;
  }

  function disc(place) {
    const degrees = Math.max(place.km, 0.05) / KM_A_DEGREE;
    return { type: "Feature", geometry: root.d3.geoCircle().center([place.lon, place.lat]).radius(degrees).precision(4)() };
  }

  function drawMap(element, rows, borders, options = {}) {
    const d3 = root.d3, topojson = root.topojson;
    let [WIDTH, HEIGHT] = element.clientWidth && element.clientWidth < NARROW ? SMALL : LARGE;
    const countries = topojson.feature(borders, borders.objects.countries).features;
    const shapes = new Map(countries.map((f) => [f.properties.a3, f]));
    const dashed = options.boundaries || { territories: [], pairs: [] };
    const isDashed = (a, b) => {
      const codes = [a.properties.a3, b.properties.a3];
      return codes.some((c) => dashed.territories.includes(c)) || dashed.pairs.some((p) => p.every((c) => codes.includes(c)));
    };
    const lines = topojson.mesh(borders, borders.objects.countries, (a, b) => a !== b && !isDashed(a, b));
    const open = topojson.mesh(borders, borders.objects.countries, (a, b) => a !== b && isDashed(a, b));

    element.textContent = "";
    element.classList.add("map");
    const tools = make(element, "div", { class: "map-tools", role: "group", "aria-label": "Map view" });
    const stage = make(element, "div", { class: "map-stage" });
    const svg = make(stage, "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map-drawing", role: "group", "aria-label": "Map of incidents. Arrow keys go from place to place, Enter lists what is reported there, plus and minus bring it nearer and further." });
    make(make(make(svg, "defs"), "pattern", { id: "map-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }), "path", { d: "M0,0V6", class: "map-hatch" });
    make(svg, "rect", { width: "100%", height: "100%", class: "map-sea" });
    const ground = make(svg, "g", { "aria-hidden": "true" });
    const top = make(svg, "g");
    const panel = make(element, "div", { class: "map-list", role: "region", "aria-live": "polite", "aria-label": "Incidents at the chosen place" });
    make(element, "p", { class: "map-credit note" }, "Borders: Natural Earth, by way of visionscarto. Dashed: boundaries in dispute or not final. No line here is a position of this project.");

    let places = [], marks = [], base = null, projection = null, near = 1, shift = [0, 0], chosen = null, current = 0;

    const buttons = [["+", "Nearer", () => zoom(STEP)], ["−", "Further", () => zoom(1 / STEP)], ["⤢", "All of it", reset]];
    for (const [sign, words, act] of buttons) make(tools, "button", { type: "button", class: "quiet", "aria-label": words, title: words }, sign).addEventListener("click", act);

    function reset() {
      base = frame(places, [WIDTH, HEIGHT]);
      [near, shift, chosen] = [1, [0, 0], null];
      redraw();
    }

    function zoom(times, at = [WIDTH / 2, HEIGHT / 2]) {
      const before = near;
      near = Math.min(Math.max(near * times, FURTHEST), CLOSEST);
      const by = near / before;
      shift = [at[0] + (shift[0] - at[0]) * by, at[1] + (shift[1] - at[1]) * by];
      redraw();
    }

    function redraw() {
      const [x, y] = base.view.translate();
      projection = base.kind().rotate(base.view.rotate()).scale(base.view.scale() * near).translate([x * near + shift[0], y * near + shift[1]]).clipExtent([[-40, -40], [WIDTH + 40, HEIGHT + 40]]);
      const path = d3.geoPath(projection).digits(1);
      ground.textContent = "";
      make(ground, "path", { class: "map-land", d: path({ type: "FeatureCollection", features: countries }) });
      make(ground, "path", { class: "map-border", d: path(lines) });
      make(ground, "path", { class: "map-border map-border-open", d: path(open) });
      marks = fold(places, projection, FOLD).filter((m) => m.x > -20 && m.y > -20 && m.x < WIDTH + 20 && m.y < HEIGHT + 20);
      drawAreas(path);
      drawMarks();
      drawNames(path);
      drawScale();
    }

    function drawAreas(path) {
      // One path for all areas of a kind: where they lie over each other the map does not grow dark.
      const drawn = { "map-area map-area-wide": [], "map-area": [] };
      const countriesDrawn = new Set();
      for (const place of marks.flatMap((m) => m.places)) {
        const shape = place.level === "country" && shapes.get(place.country);
        if (shape && countriesDrawn.has(shape)) continue;
        if (shape) countriesDrawn.add(shape);
        const d = shape || place.km > LARGE_KM ? path(shape || disc(place)) : circle(place, projection);
        drawn[place.km >= WIDE_KM ? "map-area map-area-wide" : "map-area"].push(d || "");
      }
      for (const [name, paths] of Object.entries(drawn))
        if (paths.length) make(ground, "path", { class: paths.length > MANY_AREAS ? `${name} is-crowded` : name, d: paths.join("") || "M0,0" });
    }

    function drawMarks() {
      top.textContent = "";
      current = Math.min(current, Math.max(marks.length - 1, 0));
      marks.forEach((mark, number) => {
        const contested = mark.rows.some((r) => r.contested);
        const size = 5 + Math.min(9, 2.2 * Math.sqrt(mark.rows.length - 1));
        const g = make(top, "g", { class: `map-mark${contested ? " is-contested" : ""}${mark.wide ? " is-wide" : ""}`, role: "button", tabindex: number === current ? 0 : -1, "aria-label": describe(mark), transform: `translate(${mark.x.toFixed(1)},${mark.y.toFixed(1)})` });
        make(g, "title", {}, describe(mark));
        make(g, "circle", { r: 12, class: "map-target" }); // 24 units to hit
        if (contested) make(g, "path", { class: "map-sign", d: `M0,${-size * 1.3}L${size * 1.3},0L0,${size * 1.3}L${-size * 1.3},0Z` });
        else make(g, "circle", { class: "map-sign", r: size });
        if (mark.rows.length > 1) make(g, "text", { class: "map-number", dy: ".35em" }, mark.rows.length > 999 ? "…" : mark.rows.length);
        g.addEventListener("click", () => choose(mark, number));
        g.addEventListener("keydown", (event) => onKey(event, mark, number));
        mark.element = g;
      });
    }

    function drawNames(path) {
      const taken = marks.map((m) => [m.x - 12, m.y - 12, m.x + 12, m.y + 12]);
      const fits = (box) => box[0] > 2 && box[1] > 2 && box[2] < WIDTH - 2 && box[3] < HEIGHT - 2 && !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
      let shown = 0;
      for (const mark of marks) {
        if (shown >= MOST_NAMES) break;
        const name = [...mark.places[0].names][0];
        if (!name) continue;
        const text = name.length > 26 ? `${name.slice(0, 25)}…` : name;
        const long = text.length * 6.4;
        const spots = [[mark.x + 15, "start", mark.x + 13, mark.x + 17 + long], [mark.x - 15, "end", mark.x - 17 - long, mark.x - 13]];
        const spot = spots.find(([, , left, right]) => fits([left, mark.y - 8, right, mark.y + 8]));
        if (!spot) continue;
        make(top, "text", { class: "map-name", x: spot[0], y: mark.y, dy: ".35em", "text-anchor": spot[1], "aria-hidden": "true" }, text);
        taken.push([spot[2], mark.y - 8, spot[3], mark.y + 8]);
        shown += 1;
      }
      for (const country of countries) {
        const [[left, up], [right, down]] = path.bounds(country);
        const [x, y] = path.centroid(country);
        const name = country.properties.name || "", half = name.length * 4.2;
        if (!(right - left > half * 1.5 && down - up > 16) || !fits([x - half, y - 8, x + half, y + 8])) continue;
        make(ground, "text", { class: "map-country", x: x.toFixed(1), y: y.toFixed(1) }, name);
        taken.push([x - half, y - 8, x + half, y + 8]);
      }
    }

    function drawScale() {
      const left = projection.invert([WIDTH / 2, HEIGHT - 30]), right = projection.invert([WIDTH / 2 + 100, HEIGHT - 30]);
      if (!left || !right) return;
      const hundred = d3.geoDistance(left, right) * 6371;
      const km = roundLength(hundred * 1.4), long = (km / hundred) * 100;
      if (!Number.isFinite(long) || hundred > 1200) return; // on a map of the world a length differs from place to place
      const g = make(ground, "g", { transform: `translate(16,${HEIGHT - 18})` });
      make(g, "path", { class: "map-scale", d: `M0,-5V0H${long.toFixed(1)}V-5` });
      make(g, "text", { class: "map-scale-words", x: 4, y: -6 }, kilometres(km));
    }

    function choose(mark, number) {
      current = number;
      chosen = mark;
      marks.forEach((m, n) => {
        m.element.setAttribute("tabindex", n === current ? 0 : -1);
        m.element.classList.toggle("is-chosen", m === mark);
      });
      list();
    }

    function list() {
      panel.textContent = "";
      if (!chosen) return;
      make(panel, "h3", {}, describe(chosen));
      for (const place of chosen.places) {
        const within = place.km ? ` – within ${kilometres(place.km)}` : "";
        if (chosen.places.length > 1) make(panel, "h4", {}, `${[...place.names].join(", ") || "a point"}${within}`);
        const items = make(panel, "ul", { class: "map-rows" });
        for (const row of place.rows) {
          const li = make(items, "li");
          make(li, "a", { href: row.href }, row.type + (row.planned ? " (announced)" : ""));
          make(li, "span", { class: "when dim" }, ` ${row.when || "day not said"} `);
          if (row.killed) make(li, "span", { class: "toll" }, ` ${row.killed} reported killed `);
          if (row.contested) make(li, "span", { class: "chip chip-disputed" }, `≠ ${row.disputed.length ? `disputed: ${row.disputed.join(", ")}` : "contested"}`);
        }
      }
      const close = make(panel, "button", { type: "button", class: "quiet" }, "Close the list");
      close.addEventListener("click", () => { const back = chosen.element; chosen = null; back.classList.remove("is-chosen"); panel.textContent = ""; back.focus(); });
    }

    function onKey(event, mark, number) {
      const turned = getComputedStyle(element).direction === "rtl" ? -1 : 1;
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (way) {
        const to = next(marks, mark, way[0], way[1]);
        if (to) focus(marks.indexOf(to));
      } else if (event.key === "PageDown" || event.key === "PageUp") focus((number + (event.key === "PageDown" ? turned : -turned) + marks.length) % marks.length);
      else if (event.key === "Enter" || event.key === " ") choose(mark, number);
      else if (event.key === "+" || event.key === "=") { zoom(STEP, [mark.x, mark.y]); focus(0, mark); }
      else if (event.key === "-") { zoom(1 / STEP, [mark.x, mark.y]); focus(0, mark); }
      else if (event.key === "Home") { reset(); focus(0, mark); }
      else return;
      event.preventDefault();
    }

    function focus(number, like) {
      const found = like ? marks.findIndex((m) => m.rows.includes(like.rows[0])) : number;
      const to = marks[Math.max(found, 0)];
      if (!to) return;
      marks.forEach((m) => m.element.setAttribute("tabindex", m === to ? 0 : -1));
      current = marks.indexOf(to);
      to.element.focus();
    }

    new ResizeObserver(() => {
      const size = element.clientWidth < NARROW ? SMALL : LARGE;
      if (size[0] === WIDTH || !element.clientWidth) return;
      [WIDTH, HEIGHT] = size;
      svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
      reset();
    }).observe(element);

    // A drag moves the map; the wheel only with Ctrl, so that a page can be scrolled over it.
    let held = null;
    const unit = () => WIDTH / svg.getBoundingClientRect().width;
    svg.addEventListener("pointerdown", (event) => { if (event.pointerType !== "touch" && !event.target.closest(".map-mark")) held = { at: [event.clientX, event.clientY], from: [...shift] }; });
    root.addEventListener("pointermove", (event) => {
      if (!held) return;
      shift = [held.from[0] + (event.clientX - held.at[0]) * unit(), held.from[1] + (event.clientY - held.at[1]) * unit()];
      if (!held.asked) { held.asked = true; requestAnimationFrame(() => { if (held) held.asked = false; redraw(); }); }
    });
    root.addEventListener("pointerup", () => { held = null; });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, [(event.clientX - box.left) * unit(), (event.clientY - box.top) * unit()]);
    }, { passive: false });

    function show(shown) {
      places = gather(shown);
      panel.textContent = "";
      current = 0;
      reset();
      const placed = places.reduce((n, p) => n + p.rows.length, 0);
      if (options.onCount) options.onCount({ incidents: placed, places: places.length, without: shown.length - placed });
    }

    show(rows);
    return { show };
  }

  root.contested = Object.assign(root.contested || {}, { drawMap, gatherPlaces: gather, foldMarks: fold, nextMark: next, roundLength });
})(globalThis);

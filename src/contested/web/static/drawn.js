// The map or the timeline of a page of incidents: the page brings the incidents that its filter takes, this folder the borders.
(async function (root) {
  "use strict";
  const contested = root.contested;
  const rows = JSON.parse(document.getElementById("incidents-data").textContent);
  const map = document.getElementById("map"), timeline = document.getElementById("timeline");
  if (map) {
    const answer = await fetch(map.dataset.borders);
    const borders = await answer.json();
    contested.drawMap(map, rows, borders, { boundaries: JSON.parse(document.getElementById("boundaries").textContent) });
  }
  if (timeline) {
    contested.drawTimeline(timeline, rows, {
      onRange: (first, last) => {
        const address = new URL(root.location.href);
        address.searchParams.set("since", first);
        address.searchParams.set("until", last);
        address.searchParams.delete("page");
        root.location.assign(address);
      },
    });
  }
})(globalThis);

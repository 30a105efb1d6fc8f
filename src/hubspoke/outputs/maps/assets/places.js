"use strict";
/* Names of regions, prefectures and cities, as many as there is room for between the symbols and names of plants. */
(function () {
  const { data } = hubspoke;
  const [REGION, PREFECTURE] = [0, 1];
  const FONTS = ["600 13px", "600 11px", "11px"];
  /* Zoom from which cities of so many thousand people are named. */
  const CITIES = [[9, 0], [8, 60], [7, 150], [6, 400], [0, 900]];
  let sheet = null;
  let taken = [];

  function isWanted(kind, people, zoom) {
    if (kind === REGION) return zoom >= 4.5 && zoom < 6.5 && data().regions.length > 1;
    if (kind === PREFECTURE) return zoom >= 7 && zoom < 9.5;
    return people >= CITIES.find(([from]) => zoom >= from)[1];
  }

  const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  function paint(map, ctx, bounds) {
    const { places, lang } = data();
    const zoom = map.getZoom();
    const boxes = [...taken];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    hubspoke.counts.places = 0;
    const write = (place, order) => {
      const kind = places.kind[place];
      if (kind !== order || !isWanted(kind, places.people[place], zoom)) return;
      const { x, y } = map.latLngToLayerPoint([places.lat[place] / 1e3, places.lon[place] / 1e3]);
      if (!bounds.contains([x, y])) return;
      ctx.font = `${FONTS[kind]} ${getComputedStyle(document.body).fontFamily}`;
      const half = ctx.measureText(places.name[place]).width / 2 + 2;
      const box = { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
      if (boxes.some((other) => covers(box, other))) return;
      boxes.push(box);
      hubspoke.counts.places += 1;
      ctx.lineWidth = 3;
      ctx.strokeStyle = `${hubspoke.theme().halo}d9`;
      ctx.strokeText(places.name[place], x, y);
      ctx.fillStyle = hubspoke.theme().names[kind];
      ctx.fillText(places.name[place], x, y);
    };
    for (const order of zoom < 6.5 ? [0, 2, 1] : [2, 1, 0]) places.name.forEach((_, place) => write(place, order));
    ctx.canvas.lang = lang;
  }

  function finishPlaces(map) {
    map.createPane("places").style.zIndex = 405;
    map.getPane("places").style.pointerEvents = "none";
    sheet = new hubspoke.Sheet((ctx, bounds) => paint(map, ctx, bounds), { pane: "places", padding: 0.1 });
    sheet.addTo(map);
  }

  /* Names of plants come first: where these have moved, the others are written anew. */
  function avoid(boxes) {
    taken = boxes;
    if (sheet && sheet._map) sheet.redraw();
  }

  Object.assign(hubspoke, { finishPlaces, avoid });
})();

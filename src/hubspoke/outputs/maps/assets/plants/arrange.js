"use strict";
/* Where symbols and names of plants go, so that they do not cover each other. */
(function () {
  const { plant: tell } = hubspoke;
  const SIZE = 22;
  const SMALL = 17;
  const RING = 17.5;
  const TARGET = 24;
  const ROUNDED = 0.25; /* what rounding and the last push may take from the size of a target */
  const CLOSE_ZOOM = 6.5;
  const SHIFTED = 8;

  /* Push targets that cover each other apart, along the axis where that takes less; places are in pixels of the current
     zoom. What is `fixed` stays, and what meets it goes all the way. */
  function spread(items) {
    for (let round = 0; round < 40; round += 1) {
      let moved = false;
      for (let a = 0; a < items.length; a += 1) {
        for (let b = a + 1; b < items.length; b += 1) {
          if (items[a].fixed && items[b].fixed) continue;
          const apart = { x: items[b].x - items[a].x, y: items[b].y - items[a].y };
          const axis = Math.abs(apart.x) >= Math.abs(apart.y) ? "x" : "y";
          const push = TARGET + ROUNDED - Math.abs(apart[axis]);
          if (push <= 0.1) continue;
          const way = apart[axis] < 0 ? -push : push;
          const share = items[a].fixed ? 0 : items[b].fixed ? 1 : 0.5;
          items[a][axis] -= way * share;
          items[b][axis] += way * (1 - share);
          moved = true;
        }
      }
      if (!moved) return;
    }
  }

  const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  const isSeen = (value, low, high) => value > low && value < high;

  /* The cards lie over the map: no name goes under them. */
  function cardBoxes(map) {
    const corner = map.containerPointToLayerPoint([0, 0]);
    const at = map.getContainer().getBoundingClientRect();
    if (hubspoke.state.sharp) return [];
    return [...document.querySelectorAll(".card, .leaflet-bar, .inset")].map((card) => card.getBoundingClientRect()).filter(({ width }) => width).map((box) => ({
      left: box.left - at.left + corner.x, right: box.right - at.left + corner.x, top: box.top - at.top + corner.y, bottom: box.bottom - at.top + corner.y,
    }));
  }

  const GAP = 4;

  /* How far a symbol reaches from its middle; one that opened or was altered has a ring around it. */
  function reachOf(number, zoom) {
    const scale = zoom < CLOSE_ZOOM ? SMALL / SIZE : 1;
    return Math.max(SIZE / 2, ["opened", "altered"].includes(hubspoke.change(number)) ? RING * scale : 0);
  }

  /* Right, left, below and above of a symbol, then between these. */
  function spots({ x, y, reach }, width, height) {
    const far = reach + GAP;
    const [left, right, above, below] = [x - far - width, x + far, y - far - height, y + far];
    return [
      [right, y - height / 2], [left, y - height / 2], [x - width / 2, below], [x - width / 2, above],
      [right - GAP, y - height + GAP], [right - GAP, y - GAP], [left + GAP, y - height + GAP], [left + GAP, y - GAP],
    ];
  }

  /* Two lines where there is room, else one; a name that covers another name, symbol or card everywhere is not shown. */
  function placeNames(map, items, frame) {
    const taken = items.map(({ x, y, reach }) => ({ left: x - reach - 1, right: x + reach + 1, top: y - reach - 1, bottom: y + reach + 1 })).concat(cardBoxes(map));
    const named = new Set();
    const isFree = (box, item) => {
      const cut = isSeen(item.y, frame.top, frame.bottom) && (box.left < frame.left || box.right > frame.right);
      return !cut && !taken.some((other) => covers(box, other));
    };
    for (const item of items) {
      if (!item.name) continue;
      item.name.style.visibility = "hidden";
      if (item.quiet || named.has(item.name.firstChild.textContent)) continue;
      for (const brief of [false, true]) {
        item.name.classList.toggle("brief", brief);
        const [width, height] = brief ? item.brief : item.full;
        const found = spots(item, width, height).map(([left, top]) => ({ left, top, right: left + width, bottom: top + height })).find((box) => isFree(box, item));
        if (!found) continue;
        item.name.style.visibility = "visible";
        named.add(item.name.firstChild.textContent);
        item.name.style.left = `${found.left - item.x + TARGET / 2}px`;
        item.name.style.top = `${found.top - item.y + TARGET / 2}px`;
        taken.push(found);
        break;
      }
    }
    return taken;
  }

  function measure(items) {
    const named = items.filter((item) => item.name);
    for (const [key, brief] of [["brief", true], ["full", false]]) {
      for (const item of named) item.name.classList.toggle("brief", brief);
      for (const item of named) item[key] = [item.name.offsetWidth, item.name.offsetHeight];
    }
  }

  /* Put a symbol where there is room; its popup opens at the symbol. */
  function moveAside({ marker, box, home, x, y }) {
    const [dx, dy] = [x - home.x, y - home.y];
    box.style.marginLeft = `${(dx - TARGET / 2).toFixed(1)}px`;
    box.style.marginTop = `${(dy - TARGET / 2).toFixed(1)}px`;
    Object.assign(marker.options.icon.options, { popupAnchor: [dx, dy], tooltipAnchor: [dx, dy] });
    const line = box.querySelector(".leader");
    line.style.display = Math.hypot(dx, dy) > SHIFTED ? "" : "none";
    for (const [key, value] of [["x2", -dx], ["y2", -dy]]) line.firstChild.setAttribute(key, value.toFixed(1));
    for (const [key, value] of [["cx", -dx], ["cy", -dy]]) line.lastChild.setAttribute(key, value.toFixed(1));
  }

  /* Put the markers of a plan where there is room, and return what they and their names cover. Candidates make room where
     the map is close enough that they stay about where they are. */
  function arrange(map, markers) {
    map.getContainer().classList.toggle("far", map.getZoom() < CLOSE_ZOOM);
    const corner = map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = map.getSize();
    const frame = { left: corner.x, right: corner.x + width, top: corner.y, bottom: corner.y + height };
    const near = { left: frame.left - width, right: frame.right + width, top: frame.top - height, bottom: frame.bottom + height };
    const items = [];
    for (const marker of markers) {
      const box = marker.getElement();
      const name = box.querySelector(".name");
      const plant = tell(marker.plant);
      const quiet = hubspoke.isSmall() && plant.kind === "refinery" && map.getZoom() < CLOSE_ZOOM;
      const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
      if (!isSeen(x, near.left, near.right) || !isSeen(y, near.top, near.bottom)) continue;
      const isCandidate = marker.kind === "candidates";
      const reach = reachOf(marker.plant, map.getZoom());
      items.push({ marker, box, name, home: { x, y }, x, y, reach, load: plant.load || 0, quiet, isCandidate });
    }
    const used = items.filter((item) => !item.isCandidate);
    spread(used);
    for (const item of used) item.fixed = true;
    if (map.getZoom() >= CLOSE_ZOOM) spread(items);
    for (const item of items) moveAside(item);
    measure(used);
    return placeNames(map, used.sort((a, b) => b.load - a.load), frame);
  }

  Object.assign(hubspoke, { arrange });
})();

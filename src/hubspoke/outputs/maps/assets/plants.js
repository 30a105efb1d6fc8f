"use strict";
/* Hubs and refineries: symbols, and where symbols and names go so that they do not cover each other. */
(function () {
  const { change, data, isOn, isRegionOn, isUsed, plant: tell, words } = hubspoke;
  const NS = "http://www.w3.org/2000/svg";
  const SIZE = 22;
  const TARGET = 24;
  const CLOSE_ZOOM = 6.5;
  const GREY = "#6b6b6b";
  const RED = "#b00020";
  const group = L.layerGroup();

  function svg(box, size, shapes) {
    const root = document.createElementNS(NS, "svg");
    const set = (node, values) => Object.entries(values).forEach(([key, value]) => node.setAttribute(key, value));
    set(root, { viewBox: box, width: size, height: size, "aria-hidden": "true" });
    for (const [tag, values, text] of shapes) {
      const node = root.appendChild(document.createElementNS(NS, tag));
      set(node, values);
      if (text) node.textContent = text;
    }
    return root;
  }

  function outline(kind, inset, values) {
    const far = SIZE - inset;
    const half = SIZE / 2;
    if (kind === "hub") {
      return ["rect", { x: inset, y: inset, width: far - inset, height: far - inset, rx: 3, ...values }];
    }
    if (kind === "port") return ["circle", { cx: half, cy: half, r: half - inset + 1, ...values }];
    return ["path", { d: `M${half} ${inset - 1} L${far + 1} ${half} L${half} ${far + 1} L${inset - 1} ${half} Z`, ...values }];
  }

  const letter = (kind, fill) => [
    "text",
    { x: SIZE / 2, y: SIZE / 2 + 4, "text-anchor": "middle", "font-size": 11.5, "font-weight": 700, fill, "font-family": "sans-serif" },
    { hub: "H", port: "P" }[kind] || "R",
  ];

  const badge = [
    ["circle", { cx: SIZE - 2, cy: 3, r: 5, fill: "#ffffff", stroke: "#222222", "stroke-width": 1 }],
    ["path", { d: `M${SIZE - 5} 3 h6 M${SIZE - 2} 0 v6`, stroke: "#222222", "stroke-width": 1.6 }],
  ];
  const ring = [["circle", { cx: SIZE / 2, cy: SIZE / 2, r: 15, fill: "none", stroke: "#ffffff", "stroke-width": 5 }],
    ["circle", { cx: SIZE / 2, cy: SIZE / 2, r: 15, fill: "none", stroke: "#111111", "stroke-width": 2.5 }]];
  const crossing = (colour, width) => [["path", { d: "M5 5 L17 17 M17 5 L5 17", stroke: colour, "stroke-width": width, fill: "none" }]];

  /* Square: hub, in the colour of its sites. Diamond: refinery. Circle: port of entry, shown with the refineries. A plus: to be built. A dashed rim: larger than any known to run. White with a dark rim: an electric furnace. Hollow: not used. Where plans are
     compared, a ring: opened, and a red cross: closed. */
  function symbol({ kind, state, existing, colour, ink, became, proven }) {
    const box = `0 0 ${SIZE} ${SIZE}`;
    if (state === "open") {
      const body = [outline(kind, 2, { fill: colour, stroke: "#ffffff", "stroke-width": 2 }), letter(kind, ink)];
      if (proven !== undefined) body.push(outline(kind, 2, { fill: "none", stroke: "#222222", "stroke-width": 2, "stroke-dasharray": "3 2" }));
      return svg(box, SIZE, [...(became === "opened" ? ring : []), ...body, ...(existing ? [] : badge)]);
    }
    if (became === "closed") {
      const body = [outline(kind, 3, { fill: "#ffffff", stroke: GREY, "stroke-width": 2 }), letter(kind, GREY)];
      return svg(box, SIZE, [...body, ...crossing("#ffffff", 5.5), ...crossing(RED, 3)]);
    }
    if (state === "furnace") {
      return svg(box, SIZE, [outline(kind, 3, { fill: "#ffffff", stroke: "#222222", "stroke-width": 3 }), letter(kind, "#222222")]);
    }
    if (state === "idle") {
      return svg(box, SIZE, [outline(kind, 3, { fill: "#ffffff", stroke: GREY, "stroke-width": 2 }), letter(kind, GREY)]);
    }
    const hollow = [outline(kind, 4, { fill: "#ffffff", "fill-opacity": 0.6, stroke: GREY, "stroke-width": 2.5 })];
    return svg(box, 13, state === "closed" ? hollow.concat(crossing(GREY, 2)) : hollow);
  }

  function mark(plant) {
    const box = document.createElement("div");
    const isLarge = isUsed(plant) || plant.became === "closed";
    box.appendChild(symbol(plant));
    if (plant.state === "open") {
      const name = box.appendChild(document.createElement("bdi"));
      name.className = "name";
      name.textContent = plant.name;
    }
    box.className = "plant";
    const icon = L.divIcon({ html: box, className: "pin", iconSize: [TARGET, TARGET] });
    const marker = L.marker(plant.at, { icon, riseOnHover: true, zIndexOffset: isLarge ? (plant.kind === "hub" ? 200 : 100) : -500 });
    marker.plant = plant.number;
    marker.kind = kindOf(plant);
    const title = `${words()[plant.kind]}: ${plant.name}, ${words()["state_" + plant.state]}`;
    marker.on("add", () => marker.getElement().setAttribute("aria-label", title));
    marker.bindTooltip(() => hubspoke.plantTip(plant), { direction: "top", offset: [0, -10] });
    marker.bindPopup(() => hubspoke.plantCard(plant), hubspoke.popupOptions());
    const focus = isUsed(plant) && plant.kind !== "port" ? { hub: plant.number, dim: true } : null;
    marker.on("mouseover", () => hubspoke.point(focus)).on("mouseout", () => hubspoke.point(null));
    return marker.on("popupopen", () => hubspoke.pin(focus));
  }

  const kindOf = (plant) => (isUsed(plant) || plant.became === "closed" ? { hub: "hubs", port: "refineries", refinery: "refineries" }[plant.kind] : "candidates");

  function refill() {
    group.clearLayers();
    data().plants.forEach((_, number) => {
      const plant = tell(number);
      if (!plant) return;
      plant.became = change(number);
      if (isOn(kindOf(plant)) && isRegionOn(plant.region)) group.addLayer(mark(plant));
    });
  }

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
          const push = TARGET - Math.abs(apart[axis]);
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

  /* Try right, left, below and above; a name that covers another name or symbol everywhere is not shown. */
  function placeNames(items, frame) {
    const taken = items.map(({ x, y }) => ({ left: x - 12, right: x + 12, top: y - 12, bottom: y + 12 }));
    const named = new Set();
    for (const item of items) {
      if (!item.name) continue;
      item.name.style.visibility = "hidden";
      if (item.quiet || named.has(item.name.textContent)) continue;
      const { x, y, width } = item;
      const spots = [
        [x + 15, y - 7],
        [x - 15 - width, y - 7],
        [x - width / 2, y + 14],
        [x - width / 2, y - 28],
      ];
      const found = spots.find(([left, top]) => {
        const box = { left, right: left + width, top, bottom: top + 14 };
        const cut = isSeen(item.y, frame.top, frame.bottom) && (left < frame.left || left + width > frame.right);
        return !cut && !taken.some((other) => covers(box, other));
      });
      if (!found) continue;
      item.name.style.visibility = "visible";
      named.add(item.name.textContent);
      item.name.style.left = `${found[0] - x + TARGET / 2}px`;
      item.name.style.top = `${found[1] - y + TARGET / 2}px`;
      taken.push({ left: found[0], right: found[0] + width, top: found[1], bottom: found[1] + 14 });
    }
  }

  /* Candidates make room where the map is close enough that they stay about where they are. */
  function arrange(map) {
    const corner = map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = map.getSize();
    const frame = { left: corner.x, right: corner.x + width, top: corner.y, bottom: corner.y + height };
    const near = { left: frame.left - width, right: frame.right + width, top: frame.top - height, bottom: frame.bottom + height };
    const items = [];
    group.eachLayer((marker) => {
      const box = marker.getElement();
      const name = box.querySelector(".name");
      const plant = tell(marker.plant);
      const quiet = hubspoke.isSmall() && plant.kind === "refinery" && map.getZoom() < CLOSE_ZOOM;
      const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
      if (!isSeen(x, near.left, near.right) || !isSeen(y, near.top, near.bottom)) return;
      const isCandidate = marker.kind === "candidates";
      items.push({ box, name, width: name ? name.offsetWidth : 0, home: { x, y }, x, y, load: plant.load || 0, quiet, isCandidate });
    });
    const used = items.filter((item) => !item.isCandidate);
    spread(used);
    for (const item of used) item.fixed = true;
    if (map.getZoom() >= CLOSE_ZOOM) spread(items);
    for (const { box, home, x, y } of items) {
      box.style.marginLeft = `${(x - home.x - TARGET / 2).toFixed(1)}px`;
      box.style.marginTop = `${(y - home.y - TARGET / 2).toFixed(1)}px`;
    }
    placeNames(used.sort((a, b) => b.load - a.load), frame);
  }

  function finishPlants(map) {
    group.addTo(map);
    map.on("moveend", () => arrange(map));
    hubspoke.follow(() => {
      refill();
      arrange(map);
    });
    for (const button of document.querySelectorAll("[data-plant]")) {
      const number = Number(button.dataset.plant);
      button.addEventListener("click", () => showPlant(map, number));
      for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => hubspoke.point({ hub: number, dim: true }));
      for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => hubspoke.point(null));
    }
  }

  const markers = (kind) => group.getLayers().filter((marker) => marker.kind === kind);

  /* Lead to a plant, as after a search; its kind and region are switched on for it. */
  function showPlant(map, number) {
    const plant = Object.assign(tell(number), { became: change(number) });
    hubspoke.showAll(kindOf(plant), plant.region);
    map.setView(plant.at, Math.max(map.getZoom(), 7), { animate: false });
    group.getLayers().find((marker) => marker.plant === number).openPopup();
  }

  Object.assign(hubspoke, { svg, symbol, finishPlants, markers, showPlant });
})();

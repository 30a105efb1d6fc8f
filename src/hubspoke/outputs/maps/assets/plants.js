"use strict";
/* Hubs and refineries: symbols, and where symbols and names go so that they do not cover each other. */
(function () {
  const { change, data, isOn, isRegionOn, isUsed, plant: tell, words } = hubspoke;
  const NS = "http://www.w3.org/2000/svg";
  const SIZE = 22;
  const TARGET = 24;
  const CLOSE_ZOOM = 6.5;
  const SHIFTED = 8;
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
  const dashes = [ring[0], ["circle", { ...ring[1][1], "stroke-dasharray": "5 3" }]];
  const crossing = (colour, width) => [["path", { d: "M5 5 L17 17 M17 5 L5 17", stroke: colour, "stroke-width": width, fill: "none" }]];

  const inner = ["path", { d: "M11 5.5 L16.5 11 L11 16.5 L5.5 11 Z", fill: "#222222", stroke: "#ffffff", "stroke-width": 1.5 }];

  /* Square: hub, in the colour of its sites. Diamond: refinery. Circle: port of entry, shown with the refineries. A diamond in a square: both on one ground. A plus: to be built. A dashed rim: larger than any known to run. White with a dark rim: an electric furnace. Hollow: not used. Where plans are
     compared, a ring: opened, a dashed one: of another technology or size, and a red cross: closed. */
  function symbol({ kind, state, existing, colour, ink, became, proven, partner }) {
    const box = `0 0 ${SIZE} ${SIZE}`;
    if (state === "open") {
      const body = [outline(kind, 2, { fill: colour, stroke: "#ffffff", "stroke-width": 2 }), partner ? inner : letter(kind, ink)];
      if (proven !== undefined) body.push(outline(kind, 2, { fill: "none", stroke: "#222222", "stroke-width": 2, "stroke-dasharray": "3 2" }));
      return svg(box, SIZE, [...({ opened: ring, altered: dashes }[became] || []), ...body, ...(existing ? [] : badge)]);
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

  /* The name of a plant in use: its place, and below it what it takes and costs. */
  function nameOf(plant) {
    const name = document.createElement("div");
    name.className = "name";
    name.appendChild(document.createElement("bdi")).textContent = plant.label;
    if (plant.kind === "hub" && plant.load) {
      const paid = plant.per_kg === undefined ? [] : [`${hubspoke.number(plant.per_kg, 0)} ${words().yen_per_kg}`];
      name.appendChild(document.createElement("small")).textContent = [`${hubspoke.number(plant.load / 1e3, 1)} kt`, ...paid].join(" · ");
    }
    return name;
  }

  /* A line and a dot lead from a symbol that had to move aside to where it stands. */
  function leader() {
    const root = svg("0 0 1 1", 1, [["line", { x1: 0, y1: 0 }], ["circle", { r: 2.5 }]]);
    root.setAttribute("class", "leader");
    return root;
  }

  function mark(plant, partner) {
    const box = document.createElement("div");
    const isLarge = isUsed(plant) || plant.became === "closed";
    const both = partner ? [plant, partner] : [plant];
    box.appendChild(leader());
    box.appendChild(symbol(Object.assign({}, plant, { partner, existing: both.every((one) => one.existing) })));
    if (plant.state === "open") box.appendChild(nameOf(plant));
    box.className = isLarge ? "plant used" : "plant";
    const icon = L.divIcon({ html: box, className: "pin", iconSize: [TARGET, TARGET], popupAnchor: [0, 0], tooltipAnchor: [0, 0] });
    const marker = L.marker(plant.at, { icon, riseOnHover: true, zIndexOffset: isLarge ? (plant.kind === "hub" ? 200 : 100) : -500 });
    marker.plant = plant.number;
    marker.numbers = both.map((one) => one.number);
    marker.kind = kindOf(plant);
    marker.kinds = both.map(kindOf);
    const title = both.map((one) => `${words()[one.kind]}: ${one.name}, ${words()["state_" + one.state]}`).join("; ");
    const together = (tell_) => () => {
      const told = document.createElement("div");
      told.append(...both.map(tell_));
      return told;
    };
    marker.on("add", () => marker.getElement().setAttribute("aria-label", title));
    marker.bindTooltip(together(hubspoke.plantTip), { direction: "top", offset: [0, -10] });
    marker.bindPopup(together(hubspoke.plantCard), hubspoke.popupOptions());
    const focus = isUsed(plant) && plant.kind !== "port" ? { hub: plant.number, dim: true } : null;
    marker.on("mouseover", () => hubspoke.point(focus)).on("mouseout", () => hubspoke.point(null));
    return marker.on("popupopen", () => hubspoke.pin(focus));
  }

  const kindOf = (plant) => (isUsed(plant) || plant.became === "closed" ? { hub: "hubs", port: "refineries", refinery: "refineries" }[plant.kind] : "candidates");

  /* A hub and a refinery on one ground, both in use and both shown, share a symbol. */
  function pairUp(plants) {
    const isOpen = (plant, kind) => plant.kind === kind && plant.state === "open" && plant.became !== "closed";
    const ground = (plant) => plant.at.join(" ");
    const hubs = new Map(plants.filter((plant) => isOpen(plant, "hub")).map((plant) => [ground(plant), plant]));
    const partners = new Map();
    for (const plant of plants) {
      const hub = isOpen(plant, "refinery") && hubs.get(ground(plant));
      if (hub && !partners.has(hub)) partners.set(hub, plant);
    }
    return partners;
  }

  function refill() {
    group.clearLayers();
    const shown = data().plants.map((_, number) => tell(number) && Object.assign(tell(number), { became: change(number) }))
      .filter((plant) => plant && isOn(kindOf(plant)) && isRegionOn(plant.region))
      .filter((plant) => !hubspoke.isOnlyChanges() || hubspoke.isChanged(plant.number));
    const partners = pairUp(shown);
    const taken = new Set(partners.values());
    for (const plant of shown) if (!taken.has(plant)) group.addLayer(mark(plant, partners.get(plant)));
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

  /* Right, left, below and above of a symbol, then between these. */
  function spots({ x, y }, width, height) {
    const far = SIZE / 2 + GAP;
    const [left, right, above, below] = [x - far - width, x + far, y - far - height, y + far];
    return [
      [right, y - height / 2], [left, y - height / 2], [x - width / 2, below], [x - width / 2, above],
      [right - GAP, y - height + GAP], [right - GAP, y - GAP], [left + GAP, y - height + GAP], [left + GAP, y - GAP],
    ];
  }

  /* Two lines where there is room, else one; a name that covers another name, symbol or card everywhere is not shown. */
  function placeNames(map, items, frame) {
    const taken = items.map(({ x, y }) => ({ left: x - 12, right: x + 12, top: y - 12, bottom: y + 12 })).concat(cardBoxes(map));
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
    hubspoke.avoid(taken);
  }

  function measure(items) {
    const named = items.filter((item) => item.name);
    for (const [key, brief] of [["brief", true], ["full", hubspoke.isSmall()]]) {
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

  /* Candidates make room where the map is close enough that they stay about where they are. */
  function arrange(map) {
    map.getContainer().classList.toggle("far", map.getZoom() < CLOSE_ZOOM);
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
      items.push({ marker, box, name, home: { x, y }, x, y, load: plant.load || 0, quiet, isCandidate });
    });
    const used = items.filter((item) => !item.isCandidate);
    spread(used);
    for (const item of used) item.fixed = true;
    if (map.getZoom() >= CLOSE_ZOOM) spread(items);
    for (const item of items) moveAside(item);
    measure(used);
    placeNames(map, used.sort((a, b) => b.load - a.load), frame);
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

  const markers = (kind) => group.getLayers().filter((marker) => marker.kinds.includes(kind));

  /* Lead to a plant, as after a search; its kind and region are switched on for it. */
  function showPlant(map, number) {
    const plant = Object.assign(tell(number), { became: change(number) });
    hubspoke.showAll(kindOf(plant), plant.region);
    map.setView(plant.at, Math.max(map.getZoom(), 7), { animate: false });
    openPlant(map, number);
  }

  /* Open the card of a plant where the map is. */
  function openPlant(map, number) {
    const plant = Object.assign(tell(number), { became: change(number) });
    hubspoke.showAll(kindOf(plant), plant.region);
    const marker = group.getLayers().find((one) => one.numbers.includes(number));
    if (marker) marker.openPopup();
  }

  Object.assign(hubspoke, { svg, symbol, finishPlants, markers, showPlant, openPlant });
})();

"use strict";
/* Hubs and refineries: symbols, and where symbols and names go so that they do not cover each other. */
(function () {
  const { data, words, drawn } = hubspoke;
  const NS = "http://www.w3.org/2000/svg";
  const SIZE = 22;
  const GREY = "#6b6b6b";

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
    return ["path", { d: `M${half} ${inset - 1} L${far + 1} ${half} L${half} ${far + 1} L${inset - 1} ${half} Z`, ...values }];
  }

  const letter = (kind, fill) => [
    "text",
    { x: SIZE / 2, y: SIZE / 2 + 4, "text-anchor": "middle", "font-size": 11.5, "font-weight": 700, fill, "font-family": "sans-serif" },
    kind === "hub" ? "H" : "R",
  ];

  /* Square: hub, in the colour of its sites. Diamond: refinery. A plus: to be built. Hollow: not used. */
  function symbol({ kind, state, existing, colour, ink }) {
    const box = `0 0 ${SIZE} ${SIZE}`;
    if (state === "open") {
      const badge = [
        ["circle", { cx: SIZE - 2, cy: 3, r: 5, fill: "#ffffff", stroke: "#222222", "stroke-width": 1 }],
        ["path", { d: `M${SIZE - 5} 3 h6 M${SIZE - 2} 0 v6`, stroke: "#222222", "stroke-width": 1.6 }],
      ];
      const body = [outline(kind, 2, { fill: colour, stroke: "#ffffff", "stroke-width": 2 }), letter(kind, ink)];
      return svg(box, SIZE, existing ? body : body.concat(badge));
    }
    if (state === "idle") {
      return svg(box, SIZE, [outline(kind, 3, { fill: "#ffffff", stroke: GREY, "stroke-width": 2 }), letter(kind, GREY)]);
    }
    const cross = [["path", { d: "M6 6 L16 16 M16 6 L6 16", stroke: GREY, "stroke-width": 2 }]];
    const hollow = [outline(kind, 4, { fill: "#ffffff", "fill-opacity": 0.6, stroke: GREY, "stroke-width": 2.5 })];
    return svg(box, 13, state === "closed" ? hollow.concat(cross) : hollow);
  }

  function mark(plant, number) {
    const box = document.createElement("div");
    const small = plant.state === "not_chosen" || plant.state === "closed";
    box.appendChild(symbol(plant));
    if (plant.state === "open") {
      const name = box.appendChild(document.createElement("bdi"));
      name.className = "name";
      name.textContent = plant.name;
    }
    box.className = "plant";
    const size = small ? 13 : SIZE;
    const icon = L.divIcon({ html: box, className: "plant", iconSize: [size, size] });
    const marker = L.marker(plant.at, { icon, riseOnHover: true, zIndexOffset: small ? -500 : plant.kind === "hub" ? 200 : 100 });
    marker.plant = number;
    marker.on("add", () => marker.getElement().setAttribute("aria-label", `${words()[plant.kind]}: ${plant.name}`));
    marker.bindTooltip(() => hubspoke.plantTip(plant), { direction: "top", offset: [0, -10] });
    return marker.bindPopup(() => hubspoke.plantCard(plant), hubspoke.popupOptions());
  }

  function gather(kind, wanted) {
    const group = L.featureGroup();
    data().plants.forEach((plant, number) => {
      if (wanted(plant)) group.addLayer(mark(plant, number));
    });
    drawn[kind] = group;
    return group;
  }

  const isUsed = (plant) => plant.state === "open" || plant.state === "idle";
  const hubs = () => gather("hubs", (plant) => plant.kind === "hub" && isUsed(plant));
  const refineries = () => gather("refineries", (plant) => plant.kind === "refinery" && isUsed(plant));
  const candidates = () => gather("candidates", (plant) => !isUsed(plant));

  /* Push symbols that cover each other apart; places are in pixels of the current zoom. */
  function spread(items) {
    const room = SIZE + 2;
    for (let round = 0; round < 40; round += 1) {
      let moved = false;
      for (let a = 0; a < items.length; a += 1) {
        for (let b = a + 1; b < items.length; b += 1) {
          const dx = items[b].x - items[a].x;
          const dy = items[b].y - items[a].y;
          const distance = Math.hypot(dx, dy);
          if (distance >= room - 0.5) continue;
          const push = (room - distance) / 2;
          const [ux, uy] = distance > 0.5 ? [dx / distance, dy / distance] : [1, 0];
          items[a].x -= ux * push;
          items[a].y -= uy * push;
          items[b].x += ux * push;
          items[b].y += uy * push;
          moved = true;
        }
      }
      if (!moved) return;
    }
  }

  const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  /* Try right, left, below and above; a name that covers another name or symbol everywhere is not shown. */
  const isSeen = (value, low, high) => value > low && value < high;

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
      item.name.style.left = `${found[0] - x + SIZE / 2}px`;
      item.name.style.top = `${found[1] - y + SIZE / 2}px`;
      taken.push({ left: found[0], right: found[0] + width, top: found[1], bottom: found[1] + 14 });
    }
  }

  function arrange(map) {
    const items = [];
    for (const group of [drawn.hubs, drawn.refineries]) {
      if (!group || !map.hasLayer(group)) continue;
      group.eachLayer((marker) => {
        const box = marker.getElement().firstChild;
        const name = box.querySelector(".name");
        const plant = data().plants[marker.plant];
        const quiet = hubspoke.isSmall() && plant.kind === "refinery" && map.getZoom() < 6.5;
        const home = map.latLngToLayerPoint(marker.getLatLng());
        items.push({ box, name, width: name ? name.offsetWidth : 0, home, x: home.x, y: home.y, load: plant.load || 0, quiet });
      });
    }
    spread(items);
    for (const { box, home, x, y } of items) {
      box.style.transform = `translate(${(x - home.x).toFixed(1)}px, ${(y - home.y).toFixed(1)}px)`;
    }
    const corner = map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = map.getSize();
    const frame = { left: corner.x, right: corner.x + width, top: corner.y, bottom: corner.y + height };
    placeNames(items.sort((a, b) => b.load - a.load), frame);
  }

  function finishPlants(map) {
    const update = () => arrange(map);
    map.on("moveend overlayadd overlayremove", update);
    update();
    for (const button of document.querySelectorAll("[data-plant]")) {
      button.addEventListener("click", () => show(map, Number(button.dataset.plant)));
    }
  }

  function show(map, number) {
    drawn.hubs.eachLayer((marker) => {
      if (marker.plant !== number) return;
      if (!map.hasLayer(drawn.hubs)) map.addLayer(drawn.hubs);
      map.setView(marker.getLatLng(), Math.max(map.getZoom(), 7), { animate: false });
      marker.openPopup();
    });
  }

  Object.assign(hubspoke, { svg, symbol, hubs, refineries, candidates, finishPlants });
})();

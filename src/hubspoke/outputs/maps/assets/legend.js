"use strict";
/* The switches of layers and regions, and a legend of the very symbols, sizes and widths of the map at its zoom. */
(function () {
  const { data, state } = hubspoke;

  /* The hub whose colour the symbols have: one that is shown. */
  function sampleHub() {
    const { hub } = hubspoke.frame().lanes;
    return hub.find((number) => !hubspoke.isOnlyChanges() || hubspoke.isChanged(number)) ?? hub[0];
  }

  /* What the map does not show is not told: no symbol that no plant has, no roads where lines are straight. */
  function showEntries(legend) {
    const found = hubspoke.signs();
    for (const entry of legend.querySelectorAll(".entry")) {
      const { symbol, became } = (entry.querySelector(":scope > [data-symbol]") || entry).dataset;
      if (symbol) entry.hidden = !found.has(became ? symbol.replace("hub", "became") : symbol);
    }
    const onRoads = Boolean(legend.querySelector("[data-follows=roads]") && hubspoke.frame().roads) && !hubspoke.isOnlyChanges();
    for (const part of legend.querySelectorAll("[data-follows]")) part.hidden = (part.dataset.follows === "roads") !== onRoads;
  }

  function drawSymbols(legend) {
    const used = data().plants[sampleHub()];
    for (const holder of legend.querySelectorAll("[data-symbol]")) {
      const [kind, ...rest] = holder.dataset.symbol.split("_");
      const word = rest.join("_");
      const isOpen = ["existing", "new", "opened", "altered", "assumed", "ground"].includes(word);
      const partner = word === "ground";
      const proven = word === "assumed" ? 0 : undefined;
      const colour = kind === "hub" && used ? used.colour : "#222222";
      const ink = kind === "hub" && used ? used.ink : "#ffffff";
      const became = ["opened", "altered", "closed"].includes(word) && holder.dataset.became ? word : "";
      holder.replaceChildren(hubspoke.symbol({ kind, state: isOpen ? "open" : word, existing: word !== "new", colour, ink, became, proven, partner }));
    }
  }

  function disc(radius, values) {
    const size = Math.max(4, Math.ceil(2 * radius + 2));
    return hubspoke.svg(`0 0 ${size} ${size}`, size, [["circle", { cx: size / 2, cy: size / 2, r: radius, ...values }]]);
  }

  /* A line as on the map, with a head where a colour is given for it. */
  function stroke(values, colour, size) {
    const line = ["line", { x1: 1, x2: 55, y1: 9, y2: 9, ...values }];
    const head = ["path", { d: `M${30 - 0.7 * size} ${9 - size} L${30 + size} 9 L${30 - 0.7 * size} ${9 + size} L${30 - 0.25 * size} 9 Z`, fill: colour }];
    const drawing = hubspoke.svg("0 0 56 18", 56, colour ? [line, head] : [line]);
    drawing.setAttribute("height", 18);
    return drawing;
  }

  function drawSamples(legend, zoom) {
    const each = (key, draw) => {
      for (const holder of legend.querySelectorAll(`[data-${key}]`)) holder.replaceChildren(draw(Number(holder.dataset[key])));
    };
    each("size", (tonnes) => disc(hubspoke.radius(tonnes, zoom), { fill: "currentColor" }));
    each("width", (tonnes) => {
      const width = hubspoke.laneWidth(tonnes, zoom);
      return stroke({ stroke: "currentColor", "stroke-opacity": 0.6, "stroke-width": width }, "currentColor", 2.2 + 1.3 * width);
    });
    each("link", (tonnes) => stroke({ stroke: "currentColor", "stroke-width": hubspoke.linkWidth(tonnes, zoom) }));
    each("flow", (tonnes) => {
      const width = hubspoke.flowWidth(tonnes);
      return stroke({ stroke: "currentColor", "stroke-dasharray": "10 5", "stroke-width": width }, "currentColor", 5 + width);
    });
    each("unserved", () => disc(5, { fill: "#ffffff", stroke: data().unserved, "stroke-width": 2 }));
  }

  function finishLegend(map) {
    const legend = document.getElementById("legend");
    const kinds = [...legend.querySelectorAll("[data-kind]")];
    const regions = [...legend.querySelectorAll("[data-region]")];
    const read = () => {
      hubspoke.update({
        kinds: Object.fromEntries(kinds.map((box) => [box.dataset.kind, box.checked])),
        hiddenRegions: new Set(regions.filter((box) => !box.checked).map((box) => Number(box.dataset.region))),
      });
    };
    for (const box of [...kinds, ...regions]) box.addEventListener("change", read);
    hubspoke.showAll = (kind, region) => {
      const needed = [...kinds.filter((box) => box.dataset.kind === kind), ...regions.filter((box) => Number(box.dataset.region) === region)];
      if (needed.every((box) => box.checked)) return;
      for (const box of needed) box.checked = true;
      read();
    };
    hubspoke.follow(() => {
      for (const part of legend.querySelectorAll("[data-layer]")) part.hidden = !hubspoke.isOn(part.dataset.layer);
    });
    hubspoke.follow(() => {
      drawSymbols(legend);
      showEntries(legend);
    });
    const sample = () => drawSamples(legend, map.getZoom());
    sample();
    map.on("zoomend", sample);
    for (const box of kinds) state.kinds[box.dataset.kind] = box.checked;
  }

  Object.assign(hubspoke, { finishLegend });
})();

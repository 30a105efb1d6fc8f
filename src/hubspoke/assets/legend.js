"use strict";
/* The legend shows the very symbols, sizes and widths of the map at its current zoom, and only layers that are on. */
(function () {
  const { data, drawn } = hubspoke;

  function fill(holder, ...nodes) {
    holder.replaceChildren(...nodes);
  }

  function drawSymbols(legend) {
    const used = data().plants.find((plant) => plant.kind === "hub" && plant.state === "open");
    for (const holder of legend.querySelectorAll("[data-symbol]")) {
      const [kind, ...rest] = holder.dataset.symbol.split("_");
      const state = rest.join("_");
      const isOpen = state === "existing" || state === "new";
      const colour = kind === "hub" && used ? used.colour : "#222222";
      const ink = kind === "hub" && used ? used.ink : "#ffffff";
      fill(holder, hubspoke.symbol({ kind, state: isOpen ? "open" : state, existing: state === "existing", colour, ink }));
    }
  }

  function disc(radius, values) {
    const size = Math.max(4, Math.ceil(2 * radius + 2));
    return hubspoke.svg(`0 0 ${size} ${size}`, size, [["circle", { cx: size / 2, cy: size / 2, r: radius, ...values }]]);
  }

  function stroke(values, arrow) {
    const line = ["line", { x1: 1, x2: 63, y1: 9, y2: 9, ...values }];
    const head = ["path", { d: "M29 2 L42 9 L29 16 L32 9 Z", fill: "#222222", stroke: "#ffffff", "stroke-width": 1.2 }];
    const drawing = hubspoke.svg("0 0 64 18", 64, arrow ? [line, head] : [line]);
    drawing.setAttribute("height", 18);
    return drawing;
  }

  function drawSamples(legend, zoom) {
    const each = (key, draw) => {
      for (const holder of legend.querySelectorAll(`[data-${key}]`)) fill(holder, draw(Number(holder.dataset[key])));
    };
    each("size", (tonnes) => disc(hubspoke.radius(tonnes, zoom), { fill: "#5b6b7a" }));
    each("width", (tonnes) => stroke({ stroke: "#5b6b7a", "stroke-opacity": 0.6, "stroke-width": hubspoke.laneWidth(tonnes, zoom) }));
    each("flow", (tonnes) => stroke({ stroke: "#222222", "stroke-dasharray": "10 5", "stroke-width": hubspoke.flowWidth(tonnes) }, true));
    each("unserved", () => disc(5, { fill: "#ffffff", stroke: data().unserved, "stroke-width": 2 }));
  }

  function finishLegend(map) {
    const legend = document.getElementById("legend");
    const update = () => {
      drawSamples(legend, map.getZoom());
      for (const part of legend.querySelectorAll("[data-layer]")) {
        const layer = drawn[part.dataset.layer];
        part.hidden = !(layer && map.hasLayer(layer));
      }
    };
    drawSymbols(legend);
    update();
    map.on("zoomend overlayadd overlayremove", update);
  }

  Object.assign(hubspoke, { finishLegend });
})();

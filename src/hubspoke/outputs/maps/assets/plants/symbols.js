"use strict";
/* The symbols of hubs, refineries and ports of entry. */
(function () {
  const NS = "http://www.w3.org/2000/svg";
  const SIZE = 22;
  const GREY = "#6b6b6b";
  const RED = "#b00020";

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

  Object.assign(hubspoke, { svg, symbol });
})();

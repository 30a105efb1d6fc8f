"use strict";
/* Islands far off in a frame of their own, so that all else is larger; a click leads there. */
(function () {
  const { data, state } = hubspoke;
  const LARGEST = 150;
  const GAP = 10;

  /* Where the islands lie in pixels of zoom 0, and the zoom at which they fill the frame. */
  function fit([[south, west], [north, east]]) {
    const at = (lat, lon) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
    const [low, high] = [at(north, west), at(south, east)];
    const size = high.subtract(low);
    const side = hubspoke.isSmall() ? 0.6 * LARGEST : LARGEST;
    const scale = side / Math.max(size.x, size.y);
    return { x: low.x * scale, y: low.y * scale, scale, zoom: Math.log2(scale), width: Math.round(size.x * scale), height: Math.round(size.y * scale) };
  }

  function paintLand(map, ctx, view) {
    const draw = (rings) => {
      ctx.beginPath();
      for (const ring of rings) {
        ring.forEach((at, n) => {
          const point = L.CRS.EPSG3857.latLngToPoint(at, 0);
          ctx[n ? "lineTo" : "moveTo"](point.x * view.scale - view.x, point.y * view.scale - view.y);
        });
        ctx.closePath();
      }
    };
    const islands = L.latLngBounds(data().inset);
    map.eachLayer((layer) => {
      if (!(layer instanceof L.Polygon) || layer.options.pane !== "land" || !layer.getBounds().intersects(islands)) return;
      const parts = layer.getLatLngs();
      ctx.fillStyle = layer.options.fillColor;
      ctx.strokeStyle = layer.options.color;
      ctx.lineWidth = 0.6;
      for (const rings of Array.isArray(parts[0][0]) ? parts : [parts]) {
        if (!L.latLngBounds(rings[0]).intersects(islands)) continue;
        draw(rings);
        ctx.fill("evenodd");
        ctx.stroke();
      }
    });
  }

  function finishInset(map) {
    if (!data().inset) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "inset";
    button.title = hubspoke.words().inset;
    button.setAttribute("aria-label", hubspoke.words().inset);
    const canvas = button.appendChild(document.createElement("canvas"));
    canvas.setAttribute("aria-hidden", "true");
    map.getContainer().appendChild(button);
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", () => map.fitBounds(data().inset, { ...hubspoke.padding(), animate: false }));

    let painted = "";
    /* Left of the land that is planned, below the panel's edge or beside it; not where the islands are on the map anyway. */
    function place() {
      const islands = L.latLngBounds(data().inset);
      button.hidden = map.getBounds().contains(islands) || map.getZoom() > hubspoke.homeZoom(map) + 1;
      if (button.hidden) return;
      const view = fit(data().inset);
      const { paddingTopLeft } = hubspoke.padding();
      button.style.left = `${hubspoke.state.sharp || hubspoke.isSmall() ? GAP : Math.max(GAP, document.getElementById("panel").getBoundingClientRect().right + GAP)}px`;
      button.style.top = `${hubspoke.isSmall() ? paddingTopLeft[1] : GAP}px`;
      const fine = state.sharp || Math.min(2, window.devicePixelRatio || 1);
      /* Where a divider crosses the frame, either side shows its own plan. */
      const left = button.offsetLeft + canvas.offsetLeft + button.clientLeft;
      const inside = (x) => Math.min(view.width, Math.max(0, x - left));
      const sides = hubspoke.swipe.sides(map).map(({ frame, from, to }) => ({ frame, from: inside(from), to: inside(to) }));
      const wanted = [fine, view.width, view.height, JSON.stringify(sides)].join(" ");
      if (wanted === painted) return; /* a move changes nothing in it */
      painted = wanted;
      Object.assign(canvas, { width: fine * view.width, height: fine * view.height });
      Object.assign(canvas.style, { width: `${view.width}px`, height: `${view.height}px` });
      const ctx = canvas.getContext("2d");
      ctx.setTransform(fine, 0, 0, fine, 0, 0);
      paintLand(map, ctx, view);
      for (const { frame, from, to } of sides) {
        ctx.save();
        ctx.beginPath();
        ctx.rect(from, 0, to - from, view.height);
        ctx.clip();
        hubspoke.inFrame(frame, () => hubspoke.paintIn(ctx, view, L.bounds([0, 0], [view.width, view.height])));
        ctx.restore();
      }
    }

    map.on("moveend swipe", place);
    hubspoke.follow(() => {
      painted = "";
      place();
    });
  }

  Object.assign(hubspoke, { finishInset });
})();

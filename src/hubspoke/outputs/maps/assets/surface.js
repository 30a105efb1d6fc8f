"use strict";
/* What any place pays, or drives, to the gate of its hub: squares of one colour, clipped to the land. A square says what
   holds for its middle, and nothing is said between. */
(function () {
  const { data, state, words } = hubspoke;
  const SHADES = ["#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"];
  const SHOWN = 0.82;
  const NONE = -1;
  const KINDS = { jpy: { unit: "yen_per_kg", scale: 1, decimals: 0 }, tenths: { unit: "h", scale: 10, decimals: 1 } };
  let grid = null;
  let land = null;
  let sheet = null;
  const pictures = {};

  const isOn = () => Boolean(state.surface);

  /* The columns of the page as whole grids, row by row, once they are asked for. */
  function unfold() {
    const { jpy, tenths, hub, width } = data().surface;
    const spread = (column) => {
      const size = column.reduce((sum, value) => sum + (value < 0 ? -value : 1), 0);
      const made = new Int16Array(Math.ceil(size / width) * width).fill(NONE);
      let at = 0;
      for (const value of column) {
        if (value < 0) at -= value;
        else made[at++] = value;
      }
      return made;
    };
    grid = { jpy: spread(jpy), tenths: spread(tenths), hub: null };
    const owners = new Int16Array(grid.jpy.length).fill(NONE);
    const runs = hub.flatMap(([count, plant]) => new Array(count).fill(plant));
    let next = 0;
    grid.jpy.forEach((value, at) => {
      if (value !== NONE) owners[at] = runs[next++];
    });
    grid.hub = owners;
  }

  const classOf = (value, breaks) => breaks.filter((least) => value >= least).length;
  const shadeOf = (number, breaks) => SHADES[Math.round((number * (SHADES.length - 1)) / Math.max(1, breaks.length))];

  /* A pixel for every square. */
  function draw(kind) {
    const { width, breaks } = data().surface;
    const values = grid[kind];
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height: values.length / width });
    const ctx = canvas.getContext("2d");
    const image = ctx.createImageData(canvas.width, canvas.height);
    const shades = SHADES.map((shade) => [1, 3, 5].map((from) => parseInt(shade.slice(from, from + 2), 16)));
    values.forEach((value, at) => {
      if (value === NONE) return;
      const number = SHADES.indexOf(shadeOf(classOf(value / KINDS[kind].scale, breaks[kind]), breaks[kind]));
      image.data.set([...shades[number], 255], 4 * at);
    });
    ctx.putImageData(image, 0, 0);
    return canvas;
  }

  /* The land that is planned is the last that fills its pane. */
  const landOf = () => data().land.filter(({ pane }) => pane === "land").pop();

  function paint(ctx, view) {
    if (!isOn()) return;
    if (!grid) unfold();
    const { squares, left, top } = data().surface;
    const kind = state.surface;
    if (!pictures[kind]) pictures[kind] = draw(kind);
    if (!land) land = landOf().shapes.flatMap(hubspoke.world().ringsOf);
    const side = view.scale / squares;
    ctx.save();
    hubspoke.trace(ctx, view, land);
    ctx.clip("evenodd");
    ctx.imageSmoothingEnabled = false;
    ctx.globalAlpha = SHOWN;
    const picture = pictures[kind];
    ctx.drawImage(picture, left * side - view.x, top * side - view.y, picture.width * side, picture.height * side);
    ctx.restore();
    paintBorders(ctx, view);
  }

  /* Borders lie on the canvas of the land, and once more over what covers it. */
  function paintBorders(ctx, view) {
    for (const { pane, line, weight, shapes } of data().land) {
      if (pane !== "outlines") continue;
      hubspoke.trace(ctx, view, shapes.flatMap(hubspoke.world().ringsOf));
      ctx.strokeStyle = hubspoke.theme().land[line] || line;
      ctx.lineWidth = weight;
      ctx.stroke();
    }
  }

  /* What is told of a place: freight, hours and the hub; null beside the land, or where no hub can be reached. */
  function tell(latlng) {
    if (!isOn()) return null;
    if (!grid) unfold();
    const { squares, left, top, width } = data().surface;
    const { x, y } = L.CRS.EPSG3857.latLngToPoint(latlng, 0);
    const [column, row] = [Math.floor(x * squares) - left, Math.floor(y * squares) - top];
    const at = row * width + column;
    if (column < 0 || column >= width || at < 0 || at >= grid.jpy.length || grid.jpy[at] === NONE) return null;
    const middle = L.CRS.EPSG3857.pointToLatLng(L.point((column + left + 0.5) / squares, (row + top + 0.5) / squares), 0);
    return { at, middle, jpy: grid.jpy[at], hours: grid.tenths[at] / 10, hub: grid.hub[at] };
  }

  const amounts = (found) => {
    const told = [hubspoke.amount(found.jpy, "yen_per_kg", 0), hubspoke.amount(found.hours, "h", 1)];
    return (state.surface === "jpy" ? told : told.reverse()).join(" · ");
  };

  const hubOf = (found) => `→ ${data().plants[found.hub].name}`;

  function tip(latlng) {
    const found = tell(latlng);
    return found && hubspoke.lines(amounts(found), hubOf(found), words().surface_place);
  }

  /* The same to keep open, with where the square lies. */
  function card(latlng) {
    const found = tell(latlng);
    if (!found) return null;
    const made = hubspoke.card(amounts(found), hubOf(found));
    const { lat, lng } = found.middle;
    hubspoke.addRows(made, [[words().surface_place, `${lat.toFixed(2)}° N, ${lng.toFixed(2)}° E`]]);
    return made;
  }

  /* What lies in one square is told alike. */
  const isSame = (one, other) => {
    const [a, b] = [tell(one), tell(other)];
    return Boolean(a && b && a.at === b.at);
  };

  function showScale(box) {
    box.hidden = !isOn();
    if (!isOn()) return;
    const { breaks } = data().surface;
    const { unit } = KINDS[state.surface];
    const steps = breaks[state.surface];
    const list = box.querySelector("[data-scale]");
    list.replaceChildren();
    const { fill } = landOf();
    const ground = hubspoke.theme().land[fill] || fill;
    [0, ...steps].forEach((least, number) => {
      const entry = hubspoke.element("li", null, list);
      const swatch = hubspoke.element("span", null, entry);
      swatch.className = "swatch";
      swatch.style.background = `color-mix(in srgb, ${shadeOf(number, steps)} ${100 * SHOWN}%, ${ground})`;
      const most = steps[number];
      hubspoke.element("span", most === undefined ? `≥ ${least} ${words()[unit] || unit}` : `${least}–${most}`, entry);
    });
  }

  function finishSurface(map) {
    const radios = [...document.querySelectorAll("input[name=surface]")];
    if (!data().surface || !radios.length) return;
    const box = document.querySelector("[data-surface]");
    map.createPane("surface").style.zIndex = 200;
    map.getPane("surface").style.pointerEvents = "none";
    sheet = new hubspoke.Sheet((ctx) => paint(ctx, hubspoke.lens(map)), { pane: "surface", padding: 0.3 });
    hubspoke.showSurface = (kind) => {
      for (const radio of radios) radio.checked = radio.value === kind;
      hubspoke.update({ surface: kind || null });
    };
    for (const radio of radios) radio.addEventListener("change", () => hubspoke.showSurface(radio.value));
    hubspoke.follow(() => {
      showScale(box);
      if (isOn() && !map.hasLayer(sheet)) sheet.addTo(map);
      else if (!isOn() && map.hasLayer(sheet)) sheet.remove();
      if (isOn()) sheet.redraw();
    });
  }

  Object.assign(hubspoke, { finishSurface, paintSurface: paint, showSurface: () => undefined, surface: { isOn, tell, tip, card, isSame, kinds: Object.keys(KINDS) } });
})();

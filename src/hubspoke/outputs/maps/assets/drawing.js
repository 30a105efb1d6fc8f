"use strict";
/* Catchments, lanes, sites and flows on one canvas, always in this order; the hub looked at once more on a second one
   above, while the first fades. Everything is drawn from columns of numbers, so that 20,000 sites stay quick. */
(function () {
  const { data, frame, isMoved, isOn, isRegionOn, state } = hubspoke;
  const BASE_ZOOM = 5.25;
  const LARGEST_RADIUS = 11;
  const TOGETHER = 12;
  const counts = {};
  let world = null;
  let sheets = [];

  const growth = (zoom) => Math.min(3, Math.max(0.8, Math.pow(2, (zoom - BASE_ZOOM) * 0.4)));
  const shareOf = (tonnes) => (data().largest_t > 0 ? tonnes / data().largest_t : 0);

  /* Area in proportion to tonnes, never too small to see. */
  function radius(tonnes, zoom) {
    return Math.max(1.5 * Math.sqrt(growth(zoom)), LARGEST_RADIUS * growth(zoom) * Math.sqrt(shareOf(tonnes)));
  }

  const laneWidth = (tonnes, zoom) => Math.sqrt(growth(zoom)) * (0.35 + 3.5 * Math.sqrt(shareOf(tonnes)));
  const flowWidth = (tonnes) => 1.8 + 4.2 * (data().largest_flow_t > 0 ? tonnes / data().largest_flow_t : 0);

  /* Everything in pixels of zoom 0, once. */
  function project() {
    const at = (lat, lon) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
    const { sites, plants, frames } = data();
    const x = new Float64Array(sites.lat.length);
    const y = new Float64Array(sites.lat.length);
    for (let site = 0; site < x.length; site += 1) {
      const point = at(sites.lat[site] / 1e4, sites.lon[site] / 1e4);
      x[site] = point.x;
      y[site] = point.y;
    }
    const ring = (flat) => {
      const made = new Float64Array(flat.length);
      let n = 0;
      for (const [lat, lon] of hubspoke.corners(flat)) {
        const point = at(lat, lon);
        made[n] = point.x;
        made[n + 1] = point.y;
        n += 2;
      }
      return made;
    };
    const rings = new Map();
    const ringsOf = (parts) => {
      if (!rings.has(parts)) rings.set(parts, parts.flat().map(ring));
      return rings.get(parts);
    };
    world = { x, y, plants: plants.map((plant) => at(...plant.at)), areas: [], order: [], lanes: [], ringsOf };
    frames.forEach((_, number) => projectFrame(number));
  }

  /* What is shown of a plan, in the order in which it is drawn. */
  function projectFrame(number) {
    const { areas, lanes, t } = data().frames[number];
    world.areas[number] = areas.map(([hub, parts]) => ({ hub, rings: world.ringsOf(parts) }));
    world.order[number] = t.map((_, site) => site).filter((site) => t[site] !== null).sort((a, b) => t[b] - t[a] || a - b);
    world.lanes[number] = lanes.t.map((_, lane) => lane).sort((a, b) => lanes.hub[a] - lanes.hub[b] || lanes.t[a] - lanes.t[b] || a - b);
  }

  /* What is drawn of each kind, with the hub it belongs to; `only` narrows it to one hub. */
  function* shownAreas(only) {
    if (!isOn("catchments")) return;
    const isShown = (hub) => !hubspoke.isOnlyChanges() || hubspoke.change(hub) === "opened";
    for (const area of world.areas[state.frame]) {
      if ((only === null || area.hub === only) && isRegionOn(data().plants[area.hub].region) && isShown(area.hub)) yield area;
    }
  }

  /* What delivers as in the first plan is left out where only changes are asked for. */
  const isStaying = (site) => hubspoke.isOnlyChanges() && !isMoved(site);

  const isSiteOn = (site) => isRegionOn(data().sites.region[site]);

  function* shownLanes(only) {
    const { lanes } = frame();
    if (!isOn("packs")) return;
    for (const lane of world.lanes[state.frame]) {
      const site = lanes.site[lane];
      if ((only === null || lanes.hub[lane] === only) && isSiteOn(site) && !isStaying(site)) yield lane;
    }
  }

  function* shownSites(only) {
    if (!isOn("sites")) return;
    for (const site of world.order[state.frame]) {
      if ((only === null || frame().hub[site] === only) && isSiteOn(site) && !isStaying(site)) yield site;
    }
  }

  function* shownFlows(only) {
    if (!isOn("black_mass_flows")) return;
    for (const flow of frame().flows) {
      const mine = only === null || flow.from === only || flow.to === only;
      const stays = hubspoke.isOnlyChanges() && !hubspoke.isNewFlow(flow);
      if (mine && isRegionOn(data().plants[flow.from].region) && !stays) yield flow;
    }
  }

  /* A way from pixels of zoom 0 to those of the canvas. */
  function lens(map) {
    const scale = Math.pow(2, map.getZoom());
    const { x, y } = map.getPixelOrigin();
    return { scale, x, y, zoom: map.getZoom() };
  }

  function trace(ctx, view, rings) {
    ctx.beginPath();
    for (const ring of rings) {
      for (let n = 0; n < ring.length; n += 2) {
        ctx[n ? "lineTo" : "moveTo"](ring[n] * view.scale - view.x, ring[n + 1] * view.scale - view.y);
      }
      ctx.closePath();
    }
  }

  function paintAreas(ctx, view, only) {
    let count = 0;
    for (const { hub, rings } of shownAreas(only)) {
      count += 1;
      trace(ctx, view, rings);
      ctx.fillStyle = data().plants[hub].colour;
      ctx.strokeStyle = hubspoke.lineOf(hub);
      ctx.globalAlpha = only === null ? 0.13 : 0.22;
      if (!hubspoke.surface.isOn()) ctx.fill("evenodd");
      ctx.globalAlpha = only === null ? 0.75 : 1;
      ctx.lineWidth = only === null ? 1.3 : 2.6;
      ctx.stroke();
    }
    return count;
  }

  /* The ends of a lane or flow on the canvas. */
  function ends(view, from, to) {
    return { ax: from.x * view.scale - view.x, ay: from.y * view.scale - view.y, bx: to.x * view.scale - view.x, by: to.y * view.scale - view.y };
  }

  const siteAt = (site) => ({ x: world.x[site], y: world.y[site] });

  function head(ctx, { ax, ay, bx, by }, at, size) {
    const angle = Math.atan2(by - ay, bx - ax);
    ctx.save();
    ctx.translate(ax + (bx - ax) * at, ay + (by - ay) * at);
    ctx.rotate(angle);
    ctx.beginPath();
    ctx.moveTo(-size * 0.7, -size);
    ctx.lineTo(size, 0);
    ctx.lineTo(-size * 0.7, size);
    ctx.lineTo(-size * 0.25, 0);
    ctx.closePath();
    ctx.restore();
  }

  const isOutside = (line, bounds) =>
    Math.max(line.ax, line.bx) < bounds.min.x || Math.min(line.ax, line.bx) > bounds.max.x ||
    Math.max(line.ay, line.by) < bounds.min.y || Math.min(line.ay, line.by) > bounds.max.y;

  /* Lanes of one hub and nearly one width are stroked a few at a time: quick, and many of them still look denser than one. */
  function paintLanes(ctx, view, bounds, only) {
    const { lanes } = frame();
    const heads = [];
    let count = 0;
    let started = null;
    const stroke = () => {
      if (!started) return;
      ctx.strokeStyle = hubspoke.lineOf(started.hub);
      ctx.lineWidth = started.width;
      ctx.stroke();
      started = null;
    };
    ctx.lineCap = "butt";
    ctx.globalAlpha = only === null ? 0.4 : 0.85;
    for (const lane of shownLanes(only)) {
      count += 1;
      const hub = lanes.hub[lane];
      const line = ends(view, siteAt(lanes.site[lane]), world.plants[hub]);
      if (isOutside(line, bounds)) continue;
      const width = laneWidth(lanes.t[lane], view.zoom);
      if (started && (started.hub !== hub || width - started.width > 0.1 || started.size >= TOGETHER)) stroke();
      if (!started) {
        started = { hub, width, size: 0 };
        ctx.beginPath();
      }
      started.size += 1;
      ctx.moveTo(line.ax, line.ay);
      ctx.lineTo(line.bx, line.by);
      if (!hubspoke.roads() && width >= 0.9 && Math.hypot(line.bx - line.ax, line.by - line.ay) >= 46) heads.push({ line, hub, width });
    }
    stroke();
    ctx.globalAlpha = only === null ? 0.55 : 0.9;
    for (const { line, hub, width } of heads) {
      ctx.fillStyle = hubspoke.lineOf(hub);
      head(ctx, line, 0.6, 2.2 + 1.3 * width);
      ctx.fill();
    }
    return count;
  }

  function paintSites(ctx, view, bounds, only) {
    const { unserved } = data();
    const { hub, t } = frame();
    const dots = new Map();
    let count = 0;
    for (const site of shownSites(only)) {
      count += 1;
      const x = world.x[site] * view.scale - view.x;
      const y = world.y[site] * view.scale - view.y;
      const size = radius(t[site], view.zoom);
      if (x + size < bounds.min.x || x - size > bounds.max.x || y + size < bounds.min.y || y - size > bounds.max.y) continue;
      const colour = hub[site] < 0 ? "#ffffff" : hubspoke.fillOf(hub[site]);
      if (size <= 2.5 && hub[site] >= 0) {
        if (!dots.has(colour)) dots.set(colour, []);
        dots.get(colour).push(x, y, size);
        continue;
      }
      ctx.globalAlpha = 0.85;
      ctx.fillStyle = colour;
      ctx.beginPath();
      ctx.arc(x, y, size, 0, 2 * Math.PI);
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.strokeStyle = hub[site] < 0 ? unserved : hubspoke.theme().rim;
      ctx.lineWidth = hub[site] < 0 ? 2 : 0.8;
      ctx.stroke();
    }
    for (const [colour, places] of dots) paintDots(ctx, colour, places);
    return count;
  }

  /* The smallest sites, which have no rim, all of one colour at once. */
  function paintDots(ctx, colour, places) {
    ctx.globalAlpha = 0.85;
    ctx.fillStyle = colour;
    ctx.beginPath();
    for (let n = 0; n < places.length; n += 3) {
      ctx.moveTo(places[n] + places[n + 2], places[n + 1]);
      ctx.arc(places[n], places[n + 1], places[n + 2], 0, 2 * Math.PI);
    }
    ctx.fill();
  }

  const isGround = (flow) => world.plants[flow.from].equals(world.plants[flow.to]);

  function paintFlows(ctx, view, only) {
    let count = 0;
    if (only === null && hubspoke.roads()) hubspoke.paintBlackMass(ctx, view);
    for (const flow of shownFlows(only)) {
      if (isGround(flow)) continue;
      count += 1;
      if (only === null && hubspoke.isOnRoad(flow)) continue;
      const line = ends(view, world.plants[flow.from], world.plants[flow.to]);
      const width = flowWidth(flow.t);
      const stroke = (colour, weight, dash) => {
        ctx.setLineDash(dash);
        ctx.strokeStyle = colour;
        ctx.lineWidth = weight;
        ctx.beginPath();
        ctx.moveTo(line.ax, line.ay);
        ctx.lineTo(line.bx, line.by);
        ctx.stroke();
        ctx.setLineDash([]);
      };
      ctx.globalAlpha = 0.8;
      stroke(hubspoke.theme().halo, width + 2.6, []);
      ctx.globalAlpha = 0.95;
      stroke(hubspoke.theme().ink, width, [10, 5]);
      if (Math.hypot(line.bx - line.ax, line.by - line.ay) < 30) continue;
      head(ctx, line, 0.55, 5 + width);
      ctx.fillStyle = hubspoke.theme().ink;
      ctx.fill();
      ctx.strokeStyle = hubspoke.theme().halo;
      ctx.lineWidth = 1.2;
      ctx.stroke();
    }
    return count;
  }

  function paint(map, ctx, bounds, only) {
    const view = lens(map);
    return {
      catchments: paintAreas(ctx, view, only),
      packs: only === null && hubspoke.roads() ? hubspoke.paintPacks(ctx, view) : paintLanes(ctx, view, bounds, only),
      sites: paintSites(ctx, view, bounds, only),
      black_mass_flows: paintFlows(ctx, view, only),
    };
  }

  /* Hubs as squares and refineries as diamonds, where no symbols stand. */
  function paintPlants(ctx, view) {
    const used = data().plants.map((_, number) => hubspoke.plant(number)).filter((plant) => plant && plant.kind !== "port" && hubspoke.isUsed(plant));
    for (const plant of used.sort((a, b) => a.kind.localeCompare(b.kind))) {
      if (!isOn(plant.kind === "hub" ? "hubs" : "refineries")) continue;
      const { x, y } = world.plants[plant.number];
      ctx.save();
      ctx.translate(x * view.scale - view.x, y * view.scale - view.y);
      const side = plant.kind === "hub" ? 6 : 3.6;
      if (plant.kind !== "hub") ctx.rotate(Math.PI / 4);
      ctx.fillStyle = plant.kind === "hub" ? plant.colour : "#222222";
      ctx.strokeStyle = "#ffffff";
      ctx.lineWidth = 1.5;
      ctx.fillRect(-side, -side, 2 * side, 2 * side);
      ctx.strokeRect(-side, -side, 2 * side, 2 * side);
      ctx.restore();
    }
  }

  /* Catchments, roads and sites once more through another lens; what is counted stays that of the map. */
  function paintIn(ctx, view, bounds) {
    hubspoke.paintSurface(ctx, view);
    paintAreas(ctx, view, null);
    if (hubspoke.roads()) hubspoke.paintPacks(ctx, view);
    paintSites(ctx, view, bounds, null);
    ctx.globalAlpha = 1;
    paintPlants(ctx, view);
  }

  function finishDrawing(map) {
    project();
    sheets = makeSheets(map, "", (act) => act()).map((sheet) => sheet.addTo(map));
    hubspoke.follow(() => {
      for (const sheet of sheets) sheet.redraw();
      dim(state.focus);
    });
  }

  /* Everything of a plan, and above it the hub that is looked at; `show` says which plan, `side` where. */
  function makeSheets(map, side, show) {
    const all = (ctx, bounds) => show(() => {
      const told = paint(map, ctx, bounds, null);
      if (!side) Object.assign(counts, told);
    });
    /* With nothing on it, it is no layer that moves with the map. */
    const one = (ctx, bounds) => {
      ctx.canvas.hidden = !state.focus;
      if (state.focus) show(() => paint(map, ctx, bounds, state.focus.hub));
    };
    return [new hubspoke.Sheet(all, { pane: `${side}drawing`, padding: 0.3 }), new hubspoke.Sheet(one, { pane: `${side}spotlight`, padding: 0.3 })];
  }

  /* Look at one hub: its catchment, sites and flows stand out; with `dim` everything else fades. */
  function light(focus) {
    const before = state.focus;
    state.focus = focus;
    dim(focus);
    if (!before && !focus) return;
    sheets[1].redraw();
    hubspoke.swipe.light();
  }

  function dim(focus) {
    const isDim = Boolean(focus && focus.dim);
    for (const pane of ["drawing", "first-drawing"]) hubspoke.map.getPane(pane).classList.toggle("dim", isDim);
    document.body.classList.toggle("looking", isDim);
  }

  Object.assign(hubspoke, {
    finishDrawing, makeSheets, paintIn, trace, projectFrame, head, light, radius, laneWidth, flowWidth, lens, ends, siteAt, isGround, shownAreas, shownLanes, shownSites, shownFlows,
    world: () => world, counts,
  });
})();

"use strict";
/* What every road and ferry carries: links as wide as their tonnes, one strand for each hub; sites joined by hairlines. */
(function () {
  const { data, frame, isOn, isRegionOn, words } = hubspoke;
  const WIDEST = 9;
  const FERRY = 3;
  const made = new WeakMap();

  /* Roads of the plan at hand; none where it has none, or where only what moved is looked at. */
  const roads = () => (hubspoke.isOnlyChanges() ? null : frame().roads || null);
  const isHub = (plant) => data().plants[plant].kind !== "refinery";

  /* Links with their strands in pixels of zoom 0, once for each plan. */
  function prepare() {
    const told = frame().roads;
    if (made.has(told)) return made.get(told);
    const { cities, links, loads } = told;
    const at = cities.lat.map((lat, n) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat / 1e4, cities.lon[n] / 1e4), 0));
    const list = links.a.map((a, n) => ({ n, from: at[a], to: at[links.b[n]], loads: [] }));
    loads.link.forEach((link, n) => list[link].loads.push(n));
    const whole = { at, list };
    made.set(told, whole);
    return whole;
  }

  const largest = () => {
    let top = 0;
    for (const one of data().frames) top = Math.max(top, one.roads ? one.roads.largest_t : 0);
    return top;
  };

  const swell = (zoom) => Math.sqrt(Math.min(3, Math.max(0.8, Math.pow(2, (zoom - 5.25) * 0.4))));
  const linkWidth = (tonnes, zoom) => swell(zoom) * (0.8 + WIDEST * (largest() > 0 ? tonnes / largest() : 0));

  /* Loads of a link that are switched on, packs or black mass. */
  function shown(link, packs) {
    if (!isOn(packs ? "packs" : "black_mass_flows")) return [];
    const { plant } = roads().loads;
    return link.loads.filter((n) => isHub(plant[n]) === packs && isRegionOn(data().plants[plant[n]].region));
  }

  const sum = (rows) => rows.reduce((total, n) => total + roads().loads.t[n], 0);

  function line(ctx, { ax, ay, bx, by }, shift) {
    const long = Math.hypot(bx - ax, by - ay) || 1;
    const [x, y] = [(-(by - ay) / long) * shift, ((bx - ax) / long) * shift];
    ctx.beginPath();
    ctx.moveTo(ax + x, ay + y);
    ctx.lineTo(bx + x, by + y);
    ctx.stroke();
  }

  /* Hubs side by side on a link, together as wide as all tonnes. */
  function paintLink(ctx, view, link) {
    const rows = shown(link, true);
    if (!rows.length) return;
    const { plant, t } = roads().loads;
    const ends = hubspoke.ends(view, link.from, link.to);
    const width = linkWidth(sum(rows), view.zoom);
    let side = -width / 2;
    ctx.setLineDash(roads().links.kind[link.n] === FERRY ? [7, 4] : []);
    for (const n of rows) {
      const part = (width * t[n]) / sum(rows);
      ctx.strokeStyle = hubspoke.lineOf(plant[n]);
      ctx.lineWidth = Math.max(part, 0.4);
      line(ctx, ends, side + part / 2);
      side += part;
    }
    ctx.setLineDash([]);
  }

  /* From the site to the road; all the way to the hub where no road is taken. */
  function paintJoins(ctx, view) {
    const { lanes } = frame();
    const { entry } = roads();
    const { at } = prepare();
    let count = 0;
    ctx.globalAlpha = 0.55;
    ctx.lineWidth = 0.6 * swell(view.zoom);
    let before = -1;
    for (const lane of hubspoke.shownLanes(null)) {
      count += 1;
      const hub = lanes.hub[lane];
      if (hub !== before) {
        if (before >= 0) ctx.stroke();
        ctx.beginPath();
        ctx.strokeStyle = hubspoke.lineOf(hub);
        before = hub;
      }
      const to = entry[lane] >= 0 ? at[entry[lane]] : hubspoke.world().plants[hub];
      const { ax, ay, bx, by } = hubspoke.ends(view, hubspoke.siteAt(lanes.site[lane]), to);
      ctx.moveTo(ax, ay);
      ctx.lineTo(bx, by);
    }
    if (before >= 0) ctx.stroke();
    return count;
  }

  function paintEnds(ctx, view) {
    const { city, plant, t } = roads().ends;
    city.forEach((place, n) => {
      const packs = isHub(plant[n]);
      if (!isOn(packs ? "packs" : "black_mass_flows") || !isRegionOn(data().plants[plant[n]].region)) return;
      const ends = hubspoke.ends(view, prepare().at[place], hubspoke.world().plants[plant[n]]);
      ctx.strokeStyle = packs ? hubspoke.lineOf(plant[n]) : hubspoke.theme().ink;
      ctx.lineWidth = packs ? linkWidth(t[n], view.zoom) : 1.6;
      line(ctx, ends, 0);
    });
  }

  function paintPacks(ctx, view) {
    ctx.lineCap = "butt";
    const count = paintJoins(ctx, view);
    ctx.globalAlpha = 1;
    for (const link of prepare().list) paintLink(ctx, view, link);
    paintEnds(ctx, view);
    return count;
  }

  /* Black mass on the same links: a dark line with a light rim, and heads, as it may go against the packs. */
  function paintBlackMass(ctx, view) {
    for (const link of prepare().list) {
      for (const n of shown(link, false)) {
        const { back, t } = roads().loads;
        const ends = back[n] ? hubspoke.ends(view, link.to, link.from) : hubspoke.ends(view, link.from, link.to);
        const width = 0.55 * hubspoke.flowWidth(t[n]);
        ctx.globalAlpha = 0.75;
        ctx.strokeStyle = hubspoke.theme().halo;
        ctx.lineWidth = width + 1.8;
        line(ctx, ends, 0);
        ctx.globalAlpha = 0.95;
        ctx.strokeStyle = ctx.fillStyle = hubspoke.theme().ink;
        ctx.lineWidth = width;
        ctx.setLineDash([10, 5]);
        line(ctx, ends, 0);
        ctx.setLineDash([]);
        if (Math.hypot(ends.bx - ends.ax, ends.by - ends.ay) < 30) continue;
        hubspoke.head(ctx, ends, 0.55, 3.5 + width);
        ctx.fill();
      }
    }
  }

  /* Links with how far they lie from the pointer, for who looks for the nearest. */
  function* awayFromLinks(point, view, distance) {
    if (!roads()) return;
    for (const link of prepare().list) {
      const rows = [...shown(link, true), ...shown(link, false)];
      if (!rows.length) continue;
      const half = linkWidth(sum(shown(link, true)), view.zoom) / 2;
      yield [link, distance(point, hubspoke.ends(view, link.from, link.to)) - half];
    }
  }

  function title(link) {
    const { cities, links } = roads();
    return `${cities.name[links.a[link.n]]} – ${cities.name[links.b[link.n]]}`;
  }

  function told(link) {
    const { links } = roads();
    const kind = words()[`link_${["road", "expressway", "bridge", "ferry"][links.kind[link.n]]}`];
    return [kind, links.route[link.n], hubspoke.amount(links.km[link.n], "km", 0)].filter(Boolean).join(" · ");
  }

  function linkTip(link) {
    const { plant, t } = roads().loads;
    const rows = [...shown(link, true), ...shown(link, false)];
    const each = rows.map((n) => `→ ${data().plants[plant[n]].name}: ${hubspoke.amount(t[n], "t_per_yr", 0)}`);
    return hubspoke.lines(title(link), told(link), ...each.slice(0, 4), ...(each.length > 4 ? ["…"] : []));
  }

  function linkCard(link) {
    const { cities, links, loads } = roads();
    const box = hubspoke.card(title(link), told(link));
    for (const n of [...shown(link, true), ...shown(link, false)]) {
      const ends = [links.a[link.n], links.b[link.n]];
      if (loads.back[n]) ends.reverse();
      hubspoke.element("h4", `→ ${data().plants[loads.plant[n]].name}`, box, true);
      hubspoke.addRows(box, [
        [words().direction, ends.map((city) => cities.name[city]).join(" → ")],
        [isHub(loads.plant[n]) ? words().packs_t : words().black_mass_t, hubspoke.amount(loads.t[n], "t_per_yr", 0)],
        [words().trucks_a_day, hubspoke.number(loads.trucks[n])],
        ["CO2", hubspoke.amount(loads.co2[n], "co2_per_yr", 0)],
      ]);
    }
    return box;
  }

  /* Whether a flow of black mass is drawn on the roads. */
  const isOnRoad = (flow) => Boolean(roads()) && roads().flows[frame().flows.indexOf(flow)] >= 0;

  Object.assign(hubspoke, { roads, linkWidth, paintPacks, paintBlackMass, awayFromLinks, linkTip, linkCard, isOnRoad, roadLinks: () => prepare().list });
})();

"use strict";
/* Tooltips and popups, built as elements so that no name is ever read as HTML. */
(function () {
  const { data, words } = hubspoke;

  function element(tag, text, parent, isName) {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) {
      const target = isName ? made.appendChild(document.createElement("bdi")) : made;
      target.textContent = text;
    }
    if (parent) parent.appendChild(made);
    return made;
  }

  function number(value, decimals) {
    if (value === null || value === undefined) return "–";
    const size = Math.abs(value);
    const digits = decimals !== undefined ? decimals : size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2;
    const locale = data().lang === "ja" ? "ja-JP" : "en-US";
    return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  }

  const amount = (value, unit, decimals) => `${number(value, decimals)} ${words()[unit] || unit}`;

  const known = (value, unit) => (value === null ? null : amount(value, unit, 0));

  /* Rows are [label, value]; those without a value are left out. */
  function addRows(parent, rows) {
    const list = element("dl", null, parent);
    for (const [label, value] of rows) {
      if (value === null || value === "") continue;
      const row = element("div", null, list);
      element("dt", label, row);
      element("dd", value, row, true);
    }
  }

  function card(title, subtitle) {
    const box = element("div");
    box.className = "details";
    element("h3", title, box, true);
    if (subtitle) element("p", subtitle, box, true);
    return box;
  }

  function lines(...texts) {
    const box = element("div");
    texts.forEach((text, at) => element(at ? "span" : "strong", text, element("p", null, box), true));
    return box;
  }

  const siteLanes = (site) => data().lanes.site.flatMap((owner, lane) => (owner === site ? [lane] : []));

  function siteTip(layer) {
    const { sites, plants } = data();
    const hub = sites.hub[layer.site];
    const target = hub < 0 ? words().no_hub : `→ ${plants[hub].name}`;
    return lines(sites.name[layer.site], amount(sites.t[layer.site], "t_per_yr"), target);
  }

  function addLane(box, lane) {
    const { lanes, plants } = data();
    const word = words();
    element("h4", `${word.to_hub}: ${plants[lanes.hub[lane]].name}`, box, true);
    addRows(box, [
      [word.share, `${number(lanes.share[lane], 0)} %`],
      [word.packs_t, amount(lanes.t[lane], "t_per_yr")],
      [word.distance, amount(lanes.km[lane], "km", 0)],
      [word.hours, amount(lanes.h[lane], "h", 1)],
      [word.trips, amount(lanes.trips[lane], "trips_per_yr", 0)],
      [word.truck, lanes.trucks[lanes.truck[lane]]],
      [word.freight_per_t, known(lanes.freight[lane], "yen_per_t")],
      [word.lane_cost, known(lanes.yen[lane], "yen_per_t")],
      ["CO2", amount(lanes.co2[lane], "co2_per_yr", 0)],
    ]);
  }

  function siteCard(layer) {
    const { sites } = data();
    const site = layer.site;
    const note = sites.synthetic[site] ? ` · ${words().origin_synthetic}` : "";
    const box = card(sites.name[site], sites.places[sites.place[site]] + note);
    addRows(box, [[words().packs_t, amount(sites.t[site], "t_per_yr")]]);
    const own = siteLanes(site);
    for (const lane of own) addLane(box, lane);
    if (!own.length) element("h4", words().no_hub, box);
    return box;
  }

  function laneTip(layer) {
    const { lanes, sites, plants } = data();
    const lane = layer.lane;
    return lines(
      `${sites.name[lanes.site[lane]]} → ${plants[lanes.hub[lane]].name}`,
      [amount(lanes.t[lane], "t_per_yr"), amount(lanes.km[lane], "km", 0), known(lanes.freight[lane], "yen_per_t")].filter(Boolean).join(" · ")
    );
  }

  function laneCard(layer) {
    const { lanes, sites } = data();
    const box = card(sites.name[lanes.site[layer.lane]], sites.places[sites.place[lanes.site[layer.lane]]]);
    addLane(box, layer.lane);
    return box;
  }

  function plantTip(plant) {
    const word = words();
    const what = plant.kind === "hub" ? word.packs_t : word.black_mass_t;
    const load = `${what}: ${amount(plant.load, "t_per_yr")} · ${word.utilisation} ${percent(plant.use)}`;
    return lines(plant.name, `${word[plant.kind]}, ${word["state_" + plant.state]}`, ...(plant.state === "open" ? [load] : []));
  }

  const percent = (share) => (share === null ? "–" : `${number(share * 100, 0)} %`);

  function plantCard(plant) {
    const word = words();
    const used = plant.state === "open";
    const age = plant.existing ? word.existing : word.new;
    const box = card(plant.name, `${word[plant.kind]} · ${word["state_" + plant.state]}${used ? ` · ${age}` : ""}`);
    addRows(box, [
      [word.operator, plant.operator],
      [word.place, plant.place],
      [word.technology, plant.technology],
      [plant.kind === "hub" ? word.packs_t : word.black_mass_t, used ? amount(plant.load, "t_per_yr") : null],
      [word.capacity, plant.capacity === null ? null : amount(plant.capacity, "t_per_yr")],
      [word.utilisation, used ? percent(plant.use) : null],
      [plant.kind === "hub" ? word.delivering_sites : word.delivering_hubs, used ? number(plant.feeders, 0) : null],
      [word.plant_cost, used ? amount(plant.yen, "yen_per_yr", 0) : null],
    ]);
    return box;
  }

  function flowTip(layer) {
    const { plants } = data();
    const flow = layer.flow;
    return lines(
      `${plants[flow.from].name} → ${plants[flow.to].name}`,
      `${words().black_mass_t}: ${amount(flow.t, "t_per_yr")} · ${amount(flow.km, "km", 0)}`
    );
  }

  function flowCard(layer) {
    const { plants } = data();
    const flow = layer.flow;
    const word = words();
    const box = card(`${plants[flow.from].name} → ${plants[flow.to].name}`, word.black_mass_t);
    addRows(box, [
      ...flow.grades.map(([grade, tonnes]) => [grade, amount(tonnes, "t_per_yr")]),
      [word.distance, amount(flow.km, "km", 0)],
      [word.hours, amount(flow.h, "h", 1)],
      [word.freight_per_t, known(flow.freight, "yen_per_t")],
      [word.flow_cost, known(flow.yen, "yen_per_t")],
      ["CO2", amount(flow.co2, "co2_per_yr", 0)],
    ]);
    return box;
  }

  Object.assign(hubspoke, { siteTip, siteCard, laneTip, laneCard, plantTip, plantCard, flowTip, flowCard });
})();

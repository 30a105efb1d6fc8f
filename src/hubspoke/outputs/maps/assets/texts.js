"use strict";
/* Tooltips and popups, built as elements so that no name is ever read as HTML. */
(function () {
  const { data, frame, isUsed, plant: tell, words } = hubspoke;

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
    const told = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
    return told.replace("-", /[1-9]/.test(told) ? "−" : "");
  }

  /* Three figures in the unit of their size, as the report writes it. */
  function money(yen) {
    if (yen === null) return "–";
    const [, unit, scale] = data().scales.find(([least]) => Math.abs(yen) >= least);
    return `${number(yen / scale)}${unit}`;
  }

  const perKg = (yenPerTonne) => (yenPerTonne === null ? null : amount(yenPerTonne / 1e3, "yen_per_kg"));

  const amount = (value, unit, decimals) => (value === null || value === undefined ? null : `${number(value, decimals)} ${words()[unit] || unit}`);

  /* Rows are [label, value]; those without a value are left out. */
  function addRows(parent, rows) {
    const list = element("dl", null, parent);
    for (const [label, value] of rows) {
      if (value === null || value === undefined || value === "") continue;
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

  const siteLanes = (site) => frame().lanes.site.flatMap((owner, lane) => (owner === site ? [lane] : []));

  function siteTip(site) {
    const { sites, plants } = data();
    const hub = frame().hub[site];
    const target = hub < 0 ? words().no_hub : `→ ${plants[hub].name}`;
    return lines(sites.name[site], amount(frame().t[site], "t_per_yr"), target, ...moved(site));
  }

  /* Where plans are compared: the hub of the first plan, if it is another. */
  function moved(site) {
    if (!hubspoke.isMoved(site)) return [];
    const before = data().frames[0].hub[site];
    return [`${words().before}: ${before < 0 ? words().no_hub : data().plants[before].name}`];
  }

  const signed = (value, told) => `${value > 0 ? "+" : ""}${told}`;

  /* One across a border that the policy keeps closed is told where there is no other; it can only be a comparison. */
  function runnerUp(lane) {
    const { lanes } = frame();
    if (!lanes.next || lanes.next[lane] < 0 || lanes.more[lane] === null) return [];
    const word = words();
    return [
      [word.runner_up, data().plants[lanes.next[lane]].name],
      [word.runner_up_more, signed(lanes.more[lane], perKg(lanes.more[lane]))],
      ["", isBarred(lane) ? word.not_allowed : ""],
    ];
  }

  function isBarred(lane) {
    const { lanes, closed } = frame();
    return closed && data().sites.region[lanes.site[lane]] !== data().plants[lanes.next[lane]].region;
  }

  function addLane(box, lane) {
    const { plants } = data();
    const { lanes } = frame();
    const word = words();
    element("h4", `${word.to_hub}: ${plants[lanes.hub[lane]].name}`, box, true);
    addRows(box, [
      [word.share, `${number(lanes.share[lane], 0)} %`],
      [word.packs_t, amount(lanes.t[lane], "t_per_yr")],
      [word.distance, amount(lanes.km[lane], "km", 0)],
      [word.hours, amount(lanes.h[lane], "h", 1)],
      [word.trips, amount(lanes.trips[lane], "trips_per_yr", 0)],
      [word.truck, lanes.trucks[lanes.truck[lane]]],
      [word.freight_per_t, perKg(lanes.freight[lane])],
      [word.lane_cost, perKg(lanes.yen[lane])],
      ["CO2", amount(lanes.co2[lane], "co2_per_yr", 0)],
      ...runnerUp(lane),
    ]);
    if (runnerUp(lane).length) note(word.runner_up_note, box);
  }

  function note(text, box) {
    element("p", text, box).className = "note";
  }

  /* What a position stands for, where it is not the place itself: 1 its municipality, 2 the office of its prefecture,
     3 its district, 4 its full address. */
  const POSITIONS = [null, "position_municipality", "position_prefecture", "position_district", "position_address"];
  const position = (precision) => words()[POSITIONS[precision]] || null;

  function siteCard(site) {
    const { sites } = data();
    const origin = sites.synthetic[site] ? ` · ${words().origin_synthetic}` : "";
    const box = card(sites.name[site], sites.places[sites.place[site]] + origin);
    addRows(box, [
      [words().packs_t, amount(frame().t[site], "t_per_yr")],
      [words().position, position(sites.precision[site])],
    ]);
    for (const text of moved(site)) element("p", text, box, true);
    const own = siteLanes(site);
    for (const lane of own) addLane(box, lane);
    if (!own.length) element("h4", words().no_hub, box);
    return box;
  }

  function laneTip(lane) {
    const { sites, plants } = data();
    const { lanes } = frame();
    return lines(
      `${sites.name[lanes.site[lane]]} → ${plants[lanes.hub[lane]].name}`,
      [amount(lanes.t[lane], "t_per_yr"), amount(lanes.km[lane], "km", 0), perKg(lanes.freight[lane])].filter(Boolean).join(" · ")
    );
  }

  function laneCard(lane) {
    const { sites } = data();
    const site = frame().lanes.site[lane];
    const box = card(sites.name[site], sites.places[sites.place[site]]);
    addLane(box, lane);
    return box;
  }

  function plantTip(plant) {
    const word = words();
    const what = plant.kind === "hub" ? word.packs_t : word.black_mass_t;
    const use = plant.kind === "port" ? "" : ` · ${word.utilisation} ${percent(plant.use)}`;
    const load = `${what}: ${amount(plant.load, "t_per_yr")}${plant.use === null ? "" : use}`;
    return lines(plant.name, `${word[plant.kind]}, ${word["state_" + plant.state]}`, ...(["open", "furnace"].includes(plant.state) ? [load] : []));
  }

  const percent = (share) => (share === null ? "–" : `${number(share * 100, 0)} %`);

  function plantCard(plant) {
    const word = words();
    const used = ["open", "furnace"].includes(plant.state);
    const age = plant.existing ? word.existing : word.new;
    const isPort = plant.kind === "port";
    const box = card(plant.name, isPort ? word.port : `${word[plant.kind]} · ${word["state_" + plant.state]}${used ? ` · ${age}` : ""}`);
    const became = hubspoke.change(plant.number);
    if (became) element("p", word[`became_${became}`], box);
    addRows(box, [
      [word.operator, plant.operator],
      [word.place, plant.place],
      [word.position, position(plant.precision)],
      [word.technology, plant.technology],
      [word.before, plant.was || null],
      [plant.kind === "hub" ? word.packs_t : word.black_mass_t, used ? amount(plant.load, "t_per_yr") : null],
      [word.capacity, plant.capacity === null || !isUsed(plant) ? null : amount(plant.capacity, "t_per_yr")],
      [word.before, became === "altered" && !plant.was ? amount(data().frames[0].plants[plant.number].capacity, "t_per_yr") : null],
      [word.stands_today, plant.stands === undefined ? null : amount(plant.stands, "t_per_yr")],
      [word.size_proven, plant.proven === undefined ? null : amount(plant.proven, "t_per_yr")],
      [word.utilisation, used && !isPort && plant.use !== null ? percent(plant.use) : null],
      [{ hub: word.delivering_sites, port: word.sources_abroad }[plant.kind] || word.delivering_hubs, used ? number(plant.feeders, 0) : null],
      [isPort ? word.import_cost : word.plant_cost, used && plant.yen !== null ? `${money(plant.yen)}${isPort ? word.a_year : ""}` : null],
    ]);
    addReason(box, plant);
    addFirmness(box, plant);
    hubspoke.addMetalFlow(box, plant);
    hubspoke.addWhatIf(box, plant);
    return box;
  }

  /* Why a candidate was not chosen: what the plan would cost with it, as far as that was worked out. */
  function addReason(box, plant) {
    if (plant.more === undefined) return undefined;
    const word = words();
    const instead = plant.instead === undefined ? null : tell(plant.instead);
    element("h4", word.why_not, box);
    if (plant.more === null) return void note(word.no_exchange, box);
    addRows(box, [
      [instead ? word.instead_of : word.beside, instead ? instead.name : word.beside_plan],
      [word.opening_more, signed(plant.more, `${money(plant.more)}${word.a_year}`)],
    ]);
    note(word.opening_note, box);
    return undefined;
  }

  /* How firm the choice of a plant is: what the best plan without it costs more, and what opens instead. */
  function addFirmness(box, plant) {
    if (!plant.firmness) return;
    const word = words();
    const chip = element("span", plant.firmness.name, element("h4", `${word.firmness} `, box));
    chip.className = `chip ${plant.firmness.key}`;
    addRows(box, [
      [word.closing_more, plant.firmness.more || null],
      [word.closing_opens, plant.firmness.opens.map((place) => tell(place).name).join(", ") || null],
    ]);
  }

  function flowTip(flow) {
    const { plants } = data();
    return lines(
      `${plants[flow.from].name} → ${plants[flow.to].name}`,
      `${words().black_mass_t}: ${amount(flow.t, "t_per_yr")} · ${amount(flow.km, "km", 0)}`
    );
  }

  function flowCard(flow) {
    const { plants } = data();
    const word = words();
    const box = card(`${plants[flow.from].name} → ${plants[flow.to].name}`, word.black_mass_t);
    addRows(box, [
      ...flow.grades.map(([grade, tonnes]) => [grade, amount(tonnes, "t_per_yr")]),
      [word.distance, amount(flow.km, "km", 0)],
      [word.hours, amount(flow.h, "h", 1)],
      [word.freight_per_t, perKg(flow.freight)],
      [word.flow_cost, perKg(flow.yen)],
      ["CO2", amount(flow.co2, "co2_per_yr", 0)],
    ]);
    return box;
  }

  Object.assign(hubspoke, { element, number, money, signed, amount, addRows, card, lines, siteTip, siteCard, laneTip, laneCard, plantTip, plantCard, flowTip, flowCard });
})();

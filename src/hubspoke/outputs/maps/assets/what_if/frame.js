"use strict";
/* A plan made anew as one more plan of the map: what stays is that of the plan at hand, what changes is drawn straight. */
(function () {
  const { data, state } = hubspoke;
  const WORDS = ["needed", "firm", "close", "toss-up"];
  const HERE = 1;

  const told = () => data().what_if;
  const base = () => data().frames[0];

  /* The hub and refinery of every region of the map, by their place among the plants. */
  function choose(answer) {
    const chosen = new Map();
    told().regions.forEach((region, g) => {
      const sent = answer.sent[g].map(([r, tonnes]) => [told().refineries[r].plant, tonnes]).sort((a, b) => b[1] - a[1]);
      chosen.set(region, { hub: told().hubs[answer.hub[g]].plant, refinery: sent[0][0], sent, cost: answer.origins[g] });
    });
    return chosen;
  }

  function makeLanes(hubOf) {
    const before = base().lanes;
    const lanes = { trucks: before.trucks };
    const changed = before.site.map((site, lane) => hubOf[site] !== before.hub[lane]);
    for (const [key, column] of Object.entries(before)) {
      if (key === "trucks") continue;
      lanes[key] = ["site", "t", "share"].includes(key) ? column : column.map((value, lane) => (changed[lane] ? (key === "next" ? -1 : null) : value));
    }
    lanes.hub = before.site.map((site) => hubOf[site]);
    return { lanes, changed };
  }

  /* Packs that change their hub join the roads where they did, and go straight to it from there, city by city. */
  function listEnds(changed, lanes, entry) {
    const sums = new Map();
    changed.forEach((isChanged, lane) => {
      const key = `${entry[lane]} ${lanes.hub[lane]}`;
      if (isChanged && entry[lane] >= 0 && lanes.hub[lane] >= 0) sums.set(key, (sums.get(key) || 0) + lanes.t[lane]);
    });
    return [...sums].map(([key, t]) => [...key.split(" ").map(Number), t]);
  }

  /* Roads carry what stays; a refinery that takes from other hubs than before has its flows drawn straight. */
  function makeRoads(changed, lanes, hubs, flows) {
    const before = base().roads;
    if (!before) return null;
    const stay = (plant) => hubs.has(plant);
    const keep = (columns, by) => {
      const rows = columns[by].map((_, n) => n).filter((n) => stay(columns.plant[n]));
      return Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, rows.map((n) => column[n])]));
    };
    const ends = keep(before.ends, "city");
    for (const [city, plant, t] of listEnds(changed, lanes, before.entry)) {
      ends.city.push(city);
      ends.plant.push(plant);
      ends.t.push(t);
    }
    return {
      ...before,
      loads: keep(before.loads, "link"),
      ends,
      flows: flows.map(({ before: at }) => (at < 0 ? -1 : before.flows[at])),
    };
  }

  function makeFlows(chosen) {
    const flows = [];
    for (const { hub, sent } of chosen.values()) {
      for (const [refinery, t] of sent) {
        const at = base().flows.findIndex((flow) => flow.from === hub && flow.to === refinery);
        const blank = { from: hub, to: refinery, t, km: null, h: null, freight: null, yen: null, co2: null, grades: [] };
        if (t > 0) flows.push({ before: at, flow: at < 0 ? blank : { ...base().flows[at], t } });
      }
    }
    return flows;
  }

  /* Plants that take just what they took: hubs of regions that keep theirs, refineries with the same hubs. */
  function listStaying(chosen) {
    const feeders = (pairs) => {
      const made = new Map();
      for (const [from, to] of pairs) made.set(to, [...(made.get(to) || []), from].sort((a, b) => a - b));
      return made;
    };
    const now = feeders([...chosen.values()].flatMap(({ hub, sent }) => sent.map(([refinery]) => [hub, refinery])));
    const was = feeders(base().flows.map(({ from, to }) => [from, to]));
    const staying = new Set([...chosen.values()].map(({ hub }) => hub).filter((hub) => base().plants[hub].state === "open"));
    for (const [refinery, hubs] of now) if (String(hubs) === String(was.get(refinery))) staying.add(refinery);
    return staying;
  }

  function makePlants(chosen, answer, asked) {
    const used = new Map();
    const staying = listStaying(chosen);
    for (const [region, { hub, sent }] of chosen) {
      const sites = data().sites.region.filter((one) => one === region).length;
      used.set(hub, { state: "open", load: sumTonnes(region), feeders: sites });
      for (const [refinery, tonnes] of sent) {
        const taken = used.get(refinery) || { state: "open", load: 0, feeders: 0 };
        used.set(refinery, { state: "open", load: taken.load + tonnes, feeders: taken.feeders + HERE });
      }
    }
    for (const [r, tonnes] of answer.loads) if (!(tonnes > 0)) used.set(told().refineries[r].plant, { state: "idle", load: 0, feeders: 0 });
    return base().plants.map((before, plant) => {
      const { alone } = told();
      if (!before || (alone !== undefined && data().plants[plant].region !== alone)) return before;
      const now = used.get(plant);
      const isUsed = ["open", "idle"].includes(before.state);
      if (!now) return isUsed || asked.closed.has(plant) ? { state: asked.closed.has(plant) ? "closed" : "not_chosen", capacity: null, load: null, use: null, feeders: 0, yen: null } : { ...before, more: undefined };
      if (staying.has(plant) && before.state === now.state) return { ...before, yen: null, firmness: undefined, more: undefined };
      const unknown = { capacity: null, use: null, stands: undefined, proven: undefined, yen: null, per_kg: undefined, firmness: undefined, more: undefined };
      return { ...before, ...unknown, ...now };
    });
  }

  function sumTonnes(region) {
    const { sites } = data();
    return base().t.reduce((sum, t, site) => sum + (sites.region[site] === region ? t || 0 : 0), 0);
  }

  /* The plan of an answer as the map draws plans. */
  function makeFrame(answer, asked) {
    const chosen = choose(answer);
    const hubOf = base().hub.map((hub, site) => (hub < 0 || !chosen.has(data().sites.region[site]) ? hub : chosen.get(data().sites.region[site]).hub));
    const { lanes, changed } = makeLanes(hubOf);
    const flows = makeFlows(chosen);
    const plants = makePlants(chosen, answer, asked);
    for (const { hub, cost } of chosen.values()) plants[hub].per_kg = !plants[hub].load ? undefined : cost / plants[hub].load / 1e3;
    const moved = new Map(base().areas.map(([hub]) => [hub, chosen.get(data().plants[hub].region)]));
    return {
      ...base(),
      hub: hubOf,
      lanes,
      flows: flows.map(({ flow }) => flow),
      plants,
      areas: base().areas.map(([hub, parts]) => [moved.get(hub) ? moved.get(hub).hub : hub, parts]),
      roads: makeRoads(changed, lanes, listStaying(chosen), flows),
    };
  }

  /* Hubs of a region bear its colour, chosen or not. */
  function colourHubs() {
    const { plants } = data();
    const of = new Map();
    plants.forEach((plant, number) => {
      if (plant.kind === "hub" && hubspoke.isUsed(base().plants[number] || {})) of.set(plant.region, plant);
    });
    for (const plant of plants) if (plant.kind === "hub" && of.has(plant.region)) {
      const { colour, ink, lines } = of.get(plant.region);
      Object.assign(plant, { colour, ink, lines });
    }
  }

  /* How firm a choice is, by what a plan without it costs more, as the plan's own table rates it. */
  function rate(more, cost) {
    const [close, toss] = told().limits;
    if (more === null) return WORDS[0];
    if (more >= close * cost) return WORDS[1];
    return more < toss * cost ? WORDS[3] : WORDS[2];
  }

  /* Show an answer on the map, or with null the plan itself again. */
  function showPlan(answer, asked) {
    const { frames } = data();
    frames.length = 1;
    if (answer) {
      frames.push(makeFrame(answer, asked));
      hubspoke.projectFrame(1);
    }
    hubspoke.update({ frame: answer ? 1 : 0, focus: null });
  }

  Object.assign(hubspoke.whatIf, { choose, colourHubs, rate, showPlan, isShown: () => state.frame === 1 });
})();

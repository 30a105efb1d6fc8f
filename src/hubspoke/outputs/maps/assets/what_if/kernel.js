"use strict";
/* Plan again, exactly, from sums over whole regions: each region has one hub, which takes all of its packs, so that a plan
   is a hub for every region and a refinery for every hub. Nothing here knows the page. */
hubspoke.kernel = (function () {
  const FITS = 1 + 1e-9;
  const SAME = 1e-12;
  const MOST_NODES = 4000;
  const ALONE = 0;
  const BESIDE = 1;

  /* What is asked: `closed` and `opened` plants as sets of places, and factors on prices. Returns what every choice
     costs under that: hubs alone and beside an open refinery, ways by hub and refinery, sizes of refineries. */
  function price(told, { closed, opened, factors }) {
    const [freight, power, hubRates, refineryRates] = ["freight", "power", "hub", "refinery"].map((name) => factors[name] || 1);
    const hubs = told.hubs.map((hub) => {
      const of = (saves) => Math.min(...hub.sizes.map(([other, electric, rates, saving]) => other - saves * saving + hubRates * (power * electric + rates)));
      const before = hub.freight * freight + hub.other;
      return { plant: hub.plant, region: hub.region, out: hub.out, cost: [before + of(ALONE), before + of(BESIDE)] };
    });
    const refineries = told.refineries.map((one) => ({
      plant: one.plant,
      region: one.region,
      sizes: one.sizes.map(([most, fixed, variable, carbon, electric, rates]) => {
        const brought = carbon + refineryRates * (power * electric + rates);
        return { most, fixed, perT: variable + brought, variable, brought };
      }),
    }));
    const ways = told.hubs.map((hub, h) => {
      const row = new Float64Array(refineries.length).fill(Infinity);
      for (const [r, jpy, other] of told.ways[h]) row[r] = jpy * freight + (other || 0);
      return row;
    });
    const beside = told.hubs.map(() => []);
    for (const [h, r] of told.beside) beside[h].push(r);
    const force = (plants, list) => list.filter((one) => plants.has(one.plant)).length;
    const hubsIn = told.regions.map(() => []);
    hubs.forEach((hub, h) => {
      if (!closed.has(hub.plant)) hubsIn[hub.region].push(h);
    });
    hubsIn.forEach((list, region) => {
      const forced = list.filter((h) => opened.has(hubs[h].plant));
      if (forced.length) hubsIn[region] = forced.length > 1 ? [] : forced;
    });
    const known = force(opened, told.hubs) + force(opened, told.refineries) === opened.size;
    return { hubs, refineries, ways, beside, hubsIn, shut: refineries.map((one) => closed.has(one.plant)), must: refineries.map((one) => opened.has(one.plant)), known };
  }

  /* What a refinery costs that takes in some tonnes: the cheapest size that holds them. */
  function refine(one, tonnes) {
    let best = null;
    for (const size of one.sizes) {
      const cost = size.fixed + size.perT * tonnes;
      if (size.most * FITS >= tonnes && (best === null || cost < best.cost)) best = { cost, size };
    }
    return best;
  }

  const way = (model, h, r) => (model.hubs[h].out > 0 ? model.hubs[h].out * model.ways[h][r] : Number.isFinite(model.ways[h][r]) ? 0 : Infinity);

  /* The cost of a whole plan by region, as its tables part it: a hub and what it sends belong to the hub's region, a
     refinery to its own. Null where something does not fit. */
  function state(model, hub, refinery) {
    const loads = new Map();
    model.must.forEach((isForced, r) => isForced && loads.set(r, 0));
    hub.forEach((h, g) => loads.set(refinery[g], (loads.get(refinery[g]) || 0) + model.hubs[h].out));
    const regions = hub.map(() => 0);
    const plants = new Map();
    let cost = 0;
    const sized = new Map();
    for (const [r, tonnes] of loads) {
      const found = refine(model.refineries[r], tonnes);
      if (!found) return null;
      sized.set(r, found.size);
      const own = found.size.fixed + found.size.variable * tonnes;
      plants.set(model.refineries[r].plant, { cost: own, load: tonnes });
      cost += found.cost;
      if (model.refineries[r].region >= 0) regions[model.refineries[r].region] += own;
    }
    hub.forEach((h, g) => {
      const saves = model.beside[h].some((r) => loads.has(r)) ? BESIDE : ALONE;
      const own = model.hubs[h].cost[saves] + way(model, h, refinery[g]);
      cost += own;
      regions[g] += own + model.hubs[h].out * sized.get(refinery[g]).brought;
      plants.set(model.hubs[h].plant, { cost: own });
    });
    return { cost, hub, refinery, loads, regions, plants };
  }

  /* Each region alone: the best of its pairs of a hub and a refinery. */
  function planRegions(told, model) {
    const hub = [];
    const refinery = [];
    for (let g = 0; g < told.regions.length; g += 1) {
      let best = null;
      const here = model.refineries.map((_, r) => r).filter((r) => model.refineries[r].region === g && !model.shut[r]);
      const forced = here.filter((r) => model.must[r]);
      for (const h of model.hubsIn[g]) {
        for (const r of forced.length > 1 ? [] : forced.length ? forced : here) {
          const found = refine(model.refineries[r], model.hubs[h].out);
          if (!found) continue;
          const cost = model.hubs[h].cost[model.beside[h].includes(r) ? BESIDE : ALONE] + way(model, h, r) + found.cost;
          if (cost < Infinity && (best === null || cost < best.cost)) best = { cost, h, r };
        }
      }
      if (best === null) return { missing: g };
      hub.push(best.h);
      refinery.push(best.r);
    }
    const plan = state(model, hub, refinery);
    return plan ? { ...plan, low: plan.cost } : { missing: 0 };
  }

  /* What each region costs at least with each size of each refinery, sizes holding whatever comes; a hub saves beside a
     refinery unless that one is known to be closed. */
  function boundRegions(model, status, n) {
    const cells = model.refineries.map((one) => one.sizes.map(() => new Float64Array(n).fill(Infinity)));
    const hubs = model.refineries.map((one) => one.sizes.map(() => new Int32Array(n).fill(-1)));
    for (let g = 0; g < n; g += 1) {
      for (const h of model.hubsIn[g]) {
        const saves = model.beside[h].some((r) => status[r] >= 0) ? BESIDE : ALONE;
        const own = model.hubs[h].cost[saves];
        for (let r = 0; r < model.refineries.length; r += 1) {
          if (status[r] < 0 || model.ways[h][r] === Infinity) continue;
          const base = own + way(model, h, r);
          const { sizes } = model.refineries[r];
          for (let l = 0; l < sizes.length; l += 1) {
            const cost = base + sizes[l].perT * model.hubs[h].out;
            if (cost < cells[r][l][g]) [cells[r][l][g], hubs[r][l][g]] = [cost, h];
          }
        }
      }
    }
    return { cells, hubs };
  }

  const leastFixed = (one) => one.sizes.reduce((least, size) => Math.min(least, size.fixed), Infinity);

  /* The cheapest way to divide the regions among refineries, each part paying for one: by going through all parts. A
     refinery that must be open pays its smallest yearly part anyway. */
  function divide(model, status, n) {
    const { cells, hubs } = boundRegions(model, status, n);
    const all = 1 << n;
    const part = new Float64Array(all).fill(Infinity);
    const [by, at] = [new Int32Array(all), new Int32Array(all)];
    const sum = new Float64Array(all);
    let base = 0;
    model.refineries.forEach((one, r) => {
      if (status[r] < 0) return;
      const paid = status[r] > 0 ? leastFixed(one) : 0;
      base += paid;
      one.sizes.forEach((size, l) => {
        for (let set = 1; set < all; set += 1) {
          const low = 31 - Math.clz32(set & -set);
          sum[set] = sum[set & (set - 1)] + cells[r][l][low];
          const cost = size.fixed - paid + sum[set];
          if (cost < part[set]) [part[set], by[set], at[set]] = [cost, r, l];
        }
      });
    });
    const best = new Float64Array(all).fill(Infinity);
    const last = new Int32Array(all);
    best[0] = 0;
    for (let set = 1; set < all; set += 1) {
      const first = set & -set;
      for (let sub = set; sub; sub = (sub - 1) & set) {
        if (!(sub & first)) continue;
        const cost = part[sub] + best[set ^ sub];
        if (cost < best[set]) [best[set], last[set]] = [cost, sub];
      }
    }
    const low = base + best[all - 1];
    if (!Number.isFinite(low)) return { low: Infinity };
    const [hub, refinery] = [new Array(n), new Array(n)];
    for (let set = all - 1; set; set ^= last[set]) {
      for (let g = 0; g < n; g += 1) {
        if (last[set] & (1 << g)) [hub[g], refinery[g]] = [hubs[by[last[set]]][at[last[set]]][g], by[last[set]]];
      }
    }
    return { low, hub, refinery };
  }

  /* A refinery beside a chosen hub of which it is open whether it is in use: there the bound grants what may not be. */
  function findDoubt(model, status, { hub, refinery }) {
    for (const h of hub) {
      if (model.beside[h].some((r) => status[r] > 0 || refinery.includes(r))) continue;
      const r = model.beside[h].find((one) => status[one] === 0);
      if (r !== undefined) return r;
    }
    return -1;
  }

  /* Regions that share refineries: branch on whether a refinery is open, where a hub would save beside it. */
  function planShared(told, model) {
    const n = told.regions.length;
    const bare = model.hubsIn.findIndex((list) => !list.length);
    if (bare >= 0) return { missing: bare };
    const root = model.refineries.map((_, r) => (model.shut[r] ? -1 : model.must[r] ? 1 : 0));
    const stack = [root];
    let best = null;
    let open = Infinity;
    let nodes = 0;
    while (stack.length) {
      const status = stack.pop();
      nodes += 1;
      const found = divide(model, status, n);
      if (!Number.isFinite(found.low) || (best && found.low >= best.cost * (1 - SAME))) continue;
      const asked = { ...model, must: status.map((one, r) => one > 0 || model.must[r]) };
      const plan = state(asked, found.hub, found.refinery);
      if (plan && (best === null || plan.cost < best.cost)) best = plan;
      if (best && found.low >= best.cost * (1 - SAME)) continue;
      const doubt = nodes < MOST_NODES ? findDoubt(model, status, found) : -1;
      if (doubt < 0) {
        open = Math.min(open, found.low);
        continue;
      }
      stack.push(status.map((one, r) => (r === doubt ? 1 : one)), status.map((one, r) => (r === doubt ? -1 : one)));
    }
    if (best === null) return { missing: -1, unknown: Number.isFinite(open) };
    return { ...best, low: Math.min(best.cost, open) };
  }

  /* The best plan under what is asked: `cost`, `low` (equal where it is proven to be best), the `hub` and `refinery` of each region by
     their place in the lists, `loads` of refineries in use, cost by `regions`. `missing`: there is no plan, for want of a
     region's hub or refinery. */
  function solve(told, asked) {
    const model = price(told, asked);
    if (!model.known) return { missing: -1 };
    return told.shared ? planShared(told, model) : planRegions(told, model);
  }

  return { solve };
})();

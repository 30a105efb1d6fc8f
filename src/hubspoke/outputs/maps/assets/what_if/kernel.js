"use strict";
/* Plan again, exactly, from sums over whole regions: each region has one hub, which takes all of its packs, so that a plan
   is a hub for every region and a refinery for every hub. Nothing here knows the page. */
hubspoke.makeKernel = function () {
  const FITS = 1 + 1e-9;
  const SAME = 1e-12;
  const MOST_NODES = 300;
  const ROUNDS = 25;
  const LEAST_PACE = 0.1;
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

  const way = (model, h, r, tonnes) => (tonnes > 0 ? tonnes * model.ways[h][r] : Number.isFinite(model.ways[h][r]) ? 0 : Infinity);

  /* The cost of a whole plan by region, as its tables part it: a hub and what it sends belong to the hub's region, a
     refinery to its own. `origins` counts it by where the packs come from instead: a refinery by what it takes from whom.
     `sent` lists for each region refineries and tonnes. Null where something does not fit. */
  function state(model, hub, sent) {
    const loads = new Map();
    model.must.forEach((isForced, r) => isForced && loads.set(r, 0));
    for (const list of sent) for (const [r, tonnes] of list) loads.set(r, (loads.get(r) || 0) + tonnes);
    const regions = hub.map(() => 0);
    const origins = hub.map(() => 0);
    let cost = 0;
    const sized = new Map();
    for (const [r, tonnes] of loads) {
      const found = refine(model.refineries[r], tonnes);
      if (!found) return null;
      sized.set(r, found.size);
      cost += found.cost;
      const home = model.refineries[r].region;
      if (home >= 0) regions[home] += found.size.fixed + found.size.variable * tonnes;
      if (home >= 0 && !(tonnes > 0)) origins[home] += found.size.fixed;
    }
    hub.forEach((h, g) => {
      let own = model.hubs[h].cost[model.beside[h].some((r) => loads.has(r)) ? BESIDE : ALONE];
      for (const [r, tonnes] of sent[g]) {
        const paid = way(model, h, r, tonnes);
        own += paid;
        const size = sized.get(r);
        regions[g] += size.brought * tonnes;
        if (tonnes > 0) origins[g] += (size.fixed / loads.get(r) + size.perT) * tonnes;
      }
      cost += own;
      regions[g] += own;
      origins[g] += own;
    });
    return cost < Infinity ? { cost, hub, sent, loads, regions, origins } : null;
  }

  /* Each region alone: the best of its pairs of a hub and a refinery. */
  function planRegions(told, model) {
    const hub = [];
    const sent = [];
    for (let g = 0; g < told.regions.length; g += 1) {
      let best = null;
      const here = model.refineries.map((_, r) => r).filter((r) => model.refineries[r].region === g && !model.shut[r]);
      const forced = here.filter((r) => model.must[r]);
      for (const h of model.hubsIn[g]) {
        for (const r of forced.length > 1 ? [] : forced.length ? forced : here) {
          const found = refine(model.refineries[r], model.hubs[h].out);
          if (!found) continue;
          const cost = model.hubs[h].cost[model.beside[h].includes(r) ? BESIDE : ALONE] + way(model, h, r, model.hubs[h].out) + found.cost;
          if (cost < Infinity && (best === null || cost < best.cost)) best = { cost, h, r };
        }
      }
      if (best === null) return { missing: g };
      hub.push(best.h);
      sent.push([[best.r, model.hubs[best.h].out]]);
    }
    const plan = state(model, hub, sent);
    return plan ? { ...plan, low: plan.cost } : { missing: 0 };
  }

  /* What each region costs at least with each size of each refinery, sizes holding whatever comes at the price `mu` of
     their capacity; a hub saves beside a refinery unless that one is known to be closed. Of each refinery the sizes from
     `lo` to `hi` are open to choice; -1 stands for closed. */
  function boundRegions(model, { lo, hi, hubsIn }, mu, n) {
    const cells = model.refineries.map((one) => one.sizes.map(() => new Float64Array(n).fill(Infinity)));
    const hubs = model.refineries.map((one) => one.sizes.map(() => new Int32Array(n).fill(-1)));
    for (let g = 0; g < n; g += 1) {
      for (const h of hubsIn[g]) {
        const own = model.hubs[h].cost[model.beside[h].some((r) => hi[r] >= 0) ? BESIDE : ALONE];
        const { out } = model.hubs[h];
        for (let r = 0; r < model.refineries.length; r += 1) {
          if (hi[r] < 0 || model.ways[h][r] === Infinity) continue;
          const base = own + way(model, h, r, out) + mu[r] * out;
          const { sizes } = model.refineries[r];
          for (let l = Math.max(lo[r], 0); l <= hi[r]; l += 1) {
            const cost = base + sizes[l].perT * out;
            if (cost < cells[r][l][g]) [cells[r][l][g], hubs[r][l][g]] = [cost, h];
          }
        }
      }
    }
    return { cells, hubs };
  }

  /* What a size costs a year at the price of its capacity. */
  const fixedAt = (size, mu) => size.fixed - mu * size.most;

  /* The size that costs least while nothing is taken in. */
  function leastSize(one, lo, hi, mu) {
    let best = lo;
    for (let l = lo; l <= hi; l += 1) if (fixedAt(one.sizes[l], mu) < fixedAt(one.sizes[best], mu)) best = l;
    return best;
  }

  /* The cheapest way to divide the regions among refineries, each part paying for one: by going through all parts. A
     refinery that must be open pays its smallest yearly part anyway. With `isWhole` every part fits its size. */
  function divide(model, node, mu, n, isWhole) {
    const { lo, hi } = node;
    const { cells, hubs } = boundRegions(model, node, mu, n);
    const all = 1 << n;
    const part = new Float64Array(all).fill(Infinity);
    const [by, at] = [new Int32Array(all), new Int32Array(all)];
    const [sum, load] = [new Float64Array(all), new Float64Array(all)];
    let base = 0;
    model.refineries.forEach((one, r) => {
      if (hi[r] < 0) return;
      const paid = lo[r] < 0 ? 0 : fixedAt(one.sizes[leastSize(one, lo[r], hi[r], mu[r])], mu[r]);
      base += paid;
      one.sizes.forEach((size, l) => {
        if (l < lo[r] || l > hi[r]) return;
        const fixed = fixedAt(size, mu[r]) - paid;
        for (let set = 1; set < all; set += 1) {
          const low = 31 - Math.clz32(set & -set);
          const rest = set & (set - 1);
          sum[set] = sum[rest] + cells[r][l][low];
          const cost = fixed + sum[set];
          if (isWhole) {
            load[set] = load[rest] + (hubs[r][l][low] < 0 ? 0 : model.hubs[hubs[r][l][low]].out);
            if (load[set] > size.most * FITS) continue;
          }
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
    const [hub, refinery, excess, size] = [new Array(n), new Array(n), new Map(), new Map()];
    for (let set = all - 1; set; set ^= last[set]) {
      const [r, l] = [by[last[set]], at[last[set]]];
      if (!excess.has(r)) excess.set(r, -model.refineries[r].sizes[l].most);
      size.set(r, Math.max(l, size.has(r) ? size.get(r) : l));
      for (let g = 0; g < n; g += 1) {
        if (!(last[set] & (1 << g))) continue;
        [hub[g], refinery[g]] = [hubs[r][l][g], r];
        excess.set(r, excess.get(r) + model.hubs[hub[g]].out);
      }
    }
    return { low, hub, refinery, excess, size };
  }

  const largest = (one) => one.sizes.reduce((most, size) => Math.max(most, size.most), 0);

  /* A plan near what a division does: what does not fit goes on to where that costs least, a region's black mass divided
     where it must be. */
  function repair(model, { hub, refinery }) {
    const sent = hub.map((h, g) => [[refinery[g], model.hubs[h].out]]);
    const loads = new Map();
    const load = (r) => loads.get(r) || 0;
    hub.forEach((h, g) => loads.set(refinery[g], load(refinery[g]) + model.hubs[h].out));
    for (const [from] of [...loads]) {
      let over = load(from) - largest(model.refineries[from]);
      while (over > 1e-9 * load(from)) {
        let best = null;
        hub.forEach((h, g) => {
          const mine = sent[g].find(([r]) => r === from);
          if (!mine || !(mine[1] > 0)) return;
          model.refineries.forEach((one, r) => {
            const room = largest(one) - load(r);
            if (r === from || model.shut[r] || !(room > 0) || model.ways[h][r] === Infinity) return;
            const tonnes = Math.min(mine[1], over, room);
            const [before, after] = [load(r) > 0 ? refine(one, load(r)) : { cost: 0 }, refine(one, load(r) + tonnes)];
            const more = (after.cost - before.cost) / tonnes + model.ways[h][r] - model.ways[h][from];
            if (best === null || more < best.more) best = { more, g, r, tonnes, mine };
          });
        });
        if (best === null) return null;
        best.mine[1] -= best.tonnes;
        const there = sent[best.g].find(([r]) => r === best.r);
        if (there) there[1] += best.tonnes;
        else sent[best.g].push([best.r, best.tonnes]);
        loads.set(best.r, load(best.r) + best.tonnes);
        loads.set(from, load(from) - best.tonnes);
        over -= best.tonnes;
      }
    }
    return state(model, hub, sent.map((list) => list.filter(([, tonnes]) => tonnes > 0 || list.length === 1)));
  }

  /* The best bound that prices of capacity give, and the divisions met on the way. Where a refinery may be closed its price
     is so low that no size is paid for. */
  function bound(model, node, mu, n, keep, least) {
    const { lo, hi } = node;
    const least_t = node.hubsIn.reduce((sum, list) => sum + Math.min(...list.map((h) => model.hubs[h].out)), 0);
    const most_t = model.refineries.reduce((sum, one, r) => sum + one.sizes.slice(0, hi[r] + 1).reduce((most, size) => Math.max(most, size.most), 0), 0);
    if (most_t * FITS < least_t) return { low: Infinity };
    const caps = model.refineries.map((one, r) => {
      const open = one.sizes.slice(0, hi[r] + 1);
      return lo[r] >= 0 ? Infinity : open.reduce((low, size) => Math.min(low, size.fixed / size.most), Infinity);
    });
    let prices = mu.map((one, r) => Math.min(one, caps[r]));
    let top = null;
    let pace = 1;
    let stale = 0;
    const met = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const found = divide(model, node, prices, n, false);
      if (!Number.isFinite(found.low)) return found;
      const plan = repair(model, found);
      if (plan) keep(plan);
      const idle = (r) => leastSize(model.refineries[r], lo[r], hi[r], prices[r]);
      const sizeOf = (r) => (found.size.has(r) ? found.size.get(r) : lo[r] < 0 ? -1 : idle(r));
      met.push({ hub: found.hub, sizes: model.refineries.map((_, r) => (hi[r] < 0 ? -1 : sizeOf(r))) });
      if (top === null || found.low > top.low) [top, stale] = [{ ...found, mu: prices }, 0];
      else if ((stale += 1) > 1) [pace, stale] = [pace / 2, 0];
      if (pace < LEAST_PACE) break;
      const goal = least();
      if (found.low >= goal * (1 - SAME)) break;
      const slope = prices.map((price, r) => {
        const over = found.excess.has(r) ? found.excess.get(r) : lo[r] >= 0 ? -model.refineries[r].sizes[idle(r)].most : 0;
        return (price <= 0 && over < 0) || (price >= caps[r] && over > 0) ? 0 : over;
      });
      const square = slope.reduce((sum, one) => sum + one * one, 0);
      if (!square) break;
      const step = (pace * (Math.min(goal, found.low * 1.02) - found.low)) / square;
      prices = prices.map((price, r) => Math.max(0, Math.min(caps[r], price + step * slope[r])));
    }
    return { ...top, met };
  }

  const fixedOf = (model, r, size) => (size < 0 ? 0 : model.refineries[r].sizes[size].fixed);

  /* What keeps a bound from being a plan, as two nodes that leave it out: a refinery beside which a hub saves, of which it
     is open whether it is in use; a size that is paid for in part; a hub that is chosen in part. */
  function branch(model, node, { hub, refinery, met }) {
    const { lo, hi, hubsIn } = node;
    const split = (r, size) => [{ ...node, lo: lo.map((one, at) => (at === r ? size : one)) }, { ...node, hi: hi.map((one, at) => (at === r ? size - 1 : one)) }];
    for (const h of hub) {
      if (model.beside[h].some((r) => lo[r] >= 0 || refinery.includes(r))) continue;
      const r = model.beside[h].find((one) => hi[one] >= 0);
      if (r !== undefined) return split(r, 0);
    }
    let best = null;
    model.refineries.forEach((_, r) => {
      const sizes = met.map((one) => one.sizes[r]);
      const top = Math.max(...sizes);
      const share = sizes.filter((size) => size === top).length / sizes.length;
      const worth = (fixedOf(model, r, top) - fixedOf(model, r, Math.min(...sizes))) * Math.min(share, 1 - share);
      if (share < 1 && (best === null || worth > best.worth)) best = { worth, r, top };
    });
    if (best) return split(best.r, best.top);
    for (const [r, size] of model.refineries.map((_, at) => [at, met[0].sizes[at]])) {
      if (lo[r] < size && size >= 0) return split(r, size);
    }
    for (let g = 0; g < hub.length; g += 1) {
      const chosen = new Set(met.map((one) => one.hub[g]));
      if (chosen.size < 2) continue;
      const [first] = chosen;
      const parts = [[first], hubsIn[g].filter((h) => h !== first)];
      return parts.map((part) => ({ ...node, hubsIn: hubsIn.map((list, at) => (at === g ? part : list)) }));
    }
    return null;
  }

  /* Regions that share refineries: branch and bound. */
  function planShared(told, model) {
    const n = told.regions.length;
    const bare = model.hubsIn.findIndex((list) => !list.length);
    if (bare >= 0) return { missing: bare };
    const sizes = model.refineries.map((one, r) => (model.shut[r] ? -1 : one.sizes.length - 1));
    const root = { lo: model.must.map((isForced) => (isForced ? 0 : -1)), hi: sizes, hubsIn: model.hubsIn };
    const none = model.refineries.map(() => 0);
    const tried = new Set();
    let best = null;
    const whole = (node) => {
      const found = divide(model, node, none, n, true);
      return Number.isFinite(found.low) ? state(model, found.hub, found.hub.map((h, g) => [[found.refinery[g], model.hubs[h].out]])) : null;
    };
    const keep = (plan) => {
      if (plan && (best === null || plan.cost < best.cost)) best = plan;
    };
    /* Of the refineries of each plan that is met the best whole division is a plan, too. */
    const meet = (plan) => {
      keep(plan);
      const key = [...plan.loads.keys()].sort((a, b) => a - b).join();
      if (tried.has(key)) return;
      tried.add(key);
      keep(whole({ lo: root.lo.map((_, r) => (plan.loads.has(r) ? 0 : -1)), hi: sizes.map((size, r) => (plan.loads.has(r) ? size : -1)), hubsIn: root.hubsIn }));
    };
    const first = whole(root);
    if (first) meet(first);
    const stack = [{ node: root, mu: none }];
    let open = Infinity;
    for (let nodes = 0; stack.length; nodes += 1) {
      const { node, mu } = stack.pop();
      const found = bound(model, node, mu, n, meet, () => (best ? best.cost : Infinity));
      if (!Number.isFinite(found.low) || (best && found.low >= best.cost * (1 - SAME))) continue;
      const parts = nodes < MOST_NODES ? branch(model, node, found) : null;
      if (parts === null) open = Math.min(open, found.low);
      else stack.push(...parts.map((part) => ({ node: part, mu: found.mu })));
    }
    if (best === null) return Number.isFinite(open) ? { low: open } : { missing: -1 };
    return { ...best, low: Math.min(best.cost, open) };
  }

  /* The best plan under what is asked: `cost`, `low` (equal where it is proven to be best), the `hub` of each region and where it
     has `sent` how much, by place in the lists, `loads` of refineries in use, cost by `regions` and by `origins` of packs. `missing`: there is no plan, for want of a
     region's hub or refinery. */
  function solve(told, asked) {
    const model = price(told, asked);
    if (!model.known) return { missing: -1 };
    return told.shared ? planShared(told, model) : planRegions(told, model);
  }

  /* The cost of a plan that is known, in which every hub sends all to one refinery; null where it does not fit. */
  function recount(told, asked, pairs) {
    const model = price(told, asked);
    const place = (list, plant) => list.findIndex((one) => one.plant === plant);
    const hub = new Array(told.regions.length).fill(-1);
    const sent = hub.map(() => []);
    for (const [from, to] of pairs) {
      const [h, r] = [place(told.hubs, from), place(told.refineries, to)];
      if (h < 0 || r < 0 || hub[told.hubs[h].region] >= 0) return null;
      hub[told.hubs[h].region] = h;
      sent[told.hubs[h].region] = [[r, told.hubs[h].out]];
    }
    const plan = hub.includes(-1) ? null : state(model, hub, sent);
    return plan && { ...plan, low: plan.cost };
  }

  return { solve, recount };
};
hubspoke.kernel = hubspoke.makeKernel();

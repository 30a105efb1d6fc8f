"use strict";
/* With borders open a page cannot plan again. What it knows lies between two bounds: the plan as it stands, where that is
   still allowed, is one that can be had; and no plan is cheaper than prices and closed plants leave it. */
(function () {
  /* Factors on what grows with each of them: freight, and what plants pay by the tonne with and without electricity. */
  function spread(factors) {
    const [freight, power, hub, refinery] = ["freight", "power", "hub", "refinery"].map((name) => factors[name] || 1);
    return { freight, hub_power: hub * power, hub_rates: hub, refinery_power: refinery * power, refinery_rates: refinery };
  }

  /* All costs are 0 or more, and fixed or in proportion to their price: the best plan costs at least what was proven at
     the prices of the plan, times the least factor below 1, and at most what a plan costs that is known. */
  function boundChange(told, { closed, opened, factors }) {
    const all = spread(factors);
    const least = Math.min(1, ...Object.values(all));
    const grown = Object.entries(told.paid).reduce((sum, [name, jpy]) => sum + jpy * (all[name] - 1), 0);
    const shut = [...closed].map((plant) => told.closings[plant] || [null, null, [], false]);
    if (shut.some(([, , , isNeeded]) => isNeeded)) return { missing: -1 };
    const proven = shut.map(([low]) => (low > 0 ? told.cost + low : told.bound));
    const from = least * Math.max(told.bound, ...proven) - told.cost;
    const isDearer = Object.keys(factors).length > 0;
    let to = null;
    if (!closed.size && !opened.size) to = grown;
    else if (!isDearer && closed.size + opened.size === 1) {
      const [plant] = [...closed, ...opened];
      to = closed.size ? shut[0][1] : (hubspoke.data().frames[0].plants[plant] || {}).more;
    }
    return { from, to: to === undefined ? null : to, isExact: false, opens: closed.size === 1 ? shut[0][2] : [] };
  }

  Object.assign(hubspoke, { boundChange });
})();

"use strict";
/* What is asked of a plan made anew: plants closed or opened, and factors on prices; the answer to it, and the command
   that gives the same. */
(function () {
  const { data } = hubspoke;
  const PLAIN = /^[\w.,:=/@%+-]+$/;
  const asked = { closed: new Set(), opened: new Set(), factors: {} };
  const listeners = [];
  let answer = null;
  let base = null;
  let isWaiting = false;

  const told = () => data().what_if;
  const isBounded = () => ["borders", "capacity"].includes(told().obstacle);
  const isOffered = () => Boolean(told()) && Boolean(isBounded() || (!told().obstacle && base));
  const isAsked = () => asked.closed.size + asked.opened.size + Object.keys(asked.factors).length > 0;

  /* What the page makes of the plan itself must cost what the plan costs, or no less than what was proven. */
  function prepare() {
    const one = told();
    if (!one || one.obstacle) return;
    const nothing = { closed: new Set(), opened: fixedOpen(), factors: {} };
    const pairs = data().frames[0].flows.map(({ from, to }) => [from, to]);
    const found = hubspoke.kernel.recount(one, nothing, pairs) || hubspoke.kernel.solve(one, nothing);
    const slack = 1e-9 * Math.abs(one.cost);
    const fits = found.cost <= one.cost + slack && found.cost >= one.bound - slack;
    if (fits) base = found;
    else one.obstacle = one.shared ? "capacity" : "sums";
  }

  const isExact = (found) => found.cost - found.low <= 1e-9 * Math.abs(found.cost);

  /* Plants that the plan was asked to open. */
  const fixedOpen = () => new Set(told().fixed.filter((plant) => ["open", "idle"].includes((data().frames[0].plants[plant] || {}).state)));

  /* Ports are not asked for, nor, where one region is planned alone, plants of others. */
  const isAskable = (plant) => plant.kind !== "port" && (told().alone === undefined || plant.region === told().alone);

  function weigh(found) {
    if (found.missing !== undefined) return { missing: found.missing };
    if (found.cost === undefined) return { from: found.low - told().cost, to: null, isExact: false };
    return { ...found, from: found.low - told().cost, to: found.cost - told().cost, isExact: isExact(found) };
  }

  const notify = () => {
    for (const act of listeners) act();
  };

  /* Where regions share refineries the search leaves the thread of the page; what is asked meanwhile ends it. */
  function ask(change) {
    change();
    hubspoke.worker.stop();
    isWaiting = false;
    if (!isAsked()) answer = null;
    else if (isBounded()) answer = hubspoke.boundChange(told(), asked);
    else {
      const question = { closed: new Set(asked.closed), opened: new Set([...fixedOpen(), ...asked.opened]), factors: { ...asked.factors } };
      const found = told().shared ? hubspoke.worker.run(told(), question) : null;
      if (found === null) answer = weigh(hubspoke.kernel.solve(told(), question));
      else {
        isWaiting = true;
        found.then((made) => {
          if (made === null) return;
          [answer, isWaiting] = [weigh(made), false];
          notify();
        });
      }
    }
    notify();
  }

  /* One more plan beside the one that is shown; null where something else is asked before it is found. */
  const work = (question) => (told().shared && hubspoke.worker.run(told(), question)) || Promise.resolve().then(() => hubspoke.kernel.solve(told(), question));

  const toggle = (kind, plant) =>
    ask(() => {
      const other = kind === "closed" ? "opened" : "closed";
      asked[other].delete(plant);
      if (!asked[kind].delete(plant)) asked[kind].add(plant);
    });

  const move = (name, factor) =>
    ask(() => {
      if (factor === 1) delete asked.factors[name];
      else asked.factors[name] = factor;
    });

  const forget = () =>
    ask(() => {
      asked.closed.clear();
      asked.opened.clear();
      asked.factors = {};
    });

  const quote = (text) => (PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

  /* The command that makes this plan: that of the plan at hand, with what is asked for in the place of what it says. */
  function command() {
    const words = [];
    const changes = told().prices.flatMap(([name, settings]) => (asked.factors[name] ? settings.map(([key, value]) => [key, value * asked.factors[name]]) : []));
    const replaced = new Set(changes.map(([key]) => key));
    const given = told().command;
    for (let n = 0; n < given.length; n += 1) {
      if (given[n] === "--set" && replaced.has((given[n + 1] || "").replace(/^'/, "").split("=")[0])) n += 1;
      else words.push(given[n]);
    }
    for (const [option, plants] of [["--close", asked.closed], ["--open", asked.opened]]) {
      for (const plant of plants) words.push(option, quote(data().plants[plant].id));
    }
    for (const [key, value] of changes) words.push("--set", quote(`${key}=${value}`));
    return [...words, "-o", "what-if"].join(" ");
  }

  const follow = (act) => listeners.push(act);

  Object.assign(hubspoke, {
    whatIf: { prepare, isBounded, asked, told, isOffered, isAsked, ask, toggle, move, forget, command, follow, work, isAskable, answer: () => answer, isWorking: () => isWaiting, base: () => base, fixedOpen },
  });
})();

"use strict";
/* The controls of a plan made anew: prices in the panel, plants in their cards, and a bar that says what it costs. */
(function () {
  const { data, element, whatIf, words } = hubspoke;
  const STEP = 5;
  const LAST = 1;
  const [LEAST_FACTOR, MOST_FACTOR] = [0.5, 2];
  /* What the address asks that cannot be done. */
  const refused = [];
  const box = (name) => document.getElementById(`what-if-${name}`);

  const plantName = (plant) => data().plants[plant].label || data().plants[plant].name;
  const fill = (text, ...parts) => parts.reduce((made, part) => made.replace("{}", part), text);

  function button(text, act, parent, className) {
    const made = element("button", text, parent);
    made.type = "button";
    if (className) made.className = className;
    made.addEventListener("click", act);
    return made;
  }

  /* In the card of a plant: close it, force it open, or take that back. */
  function addWhatIf(parent, plant) {
    if (data().whole && plant.kind !== "port") return addWay(parent, plant);
    if (!whatIf.isOffered() || !whatIf.isAskable(plant) || !data().frames[0].plants[plant.number]) return;
    const row = element("p", null, parent);
    row.className = "ask";
    if (whatIf.told().fixed.includes(plant.number)) return void (row.textContent = words().wi_fixed);
    const { closed, opened } = whatIf.asked;
    const number = plant.number;
    const isOpen = hubspoke.isUsed(data().frames[0].plants[number]);
    const act = (kind) => () => {
      whatIf.toggle(kind, number);
      hubspoke.map.closePopup();
    };
    if (closed.has(number)) button(words().wi_allow, act("closed"), row);
    else if (opened.has(number)) button(words().wi_let, act("opened"), row);
    else {
      button(isOpen ? words().wi_close : words().wi_rule_out, act("closed"), row);
      if (!isOpen) button(words().wi_open, act("opened"), row);
    }
    return undefined;
  }

  /* The map of a region does not plan again; it leads to the plant on the map of the whole plan, which does. */
  function addWay(parent, plant) {
    const row = element("p", null, parent);
    row.className = "ask";
    const link = element("a", words().wi_elsewhere, row);
    link.href = `${data().whole}#${new URLSearchParams({ kind: plant.kind, plant: plant.id })}`;
  }

  const percent = (factor) => `${factor > 1 ? "+" : factor < 1 ? "−" : "±"}${Math.abs(Math.round((factor - 1) * 100))} %`;

  function addPrices(parent) {
    let waiting = null;
    for (const [name, settings] of whatIf.told().prices) {
      const label = element("label", null, parent);
      const head = element("span", words()[`wi_${name}`], label);
      const out = element("output", "", head);
      const slider = element("input", null, label);
      Object.assign(slider, { type: "range", min: -50, max: 100, step: STEP, value: 0 });
      slider.dataset.price = name;
      slider.setAttribute("aria-label", words()[`wi_${name}`]);
      /* Where the search takes longer, it begins when the slider is let go. */
      slider.addEventListener(whatIf.told().shared ? "change" : "input", () => {
        cancelAnimationFrame(waiting);
        waiting = requestAnimationFrame(() => whatIf.move(name, 1 + Number(slider.value) / 100));
      });
      whatIf.follow(() => {
        const factor = whatIf.asked.factors[name] || 1;
        if (document.activeElement !== slider || factor === 1) slider.value = Math.round((factor - 1) * 100);
        out.textContent = name === "power" ? `${hubspoke.number(settings[0][1] * factor, 1)} ${words().wi_per_kwh}` : percent(factor);
        slider.setAttribute("aria-valuetext", out.textContent);
      });
    }
  }

  /* What is asked, each with a button that takes it back. */
  function listAsked(parent) {
    parent.replaceChildren();
    const add = (text, back) => {
      const row = element("li", null, parent);
      const one = button("", back, row);
      element("bdi", text, one);
      const sign = element("span", "×", one);
      sign.setAttribute("aria-hidden", "true");
      one.setAttribute("aria-label", fill(words().wi_take_back, text));
    };
    for (const plant of whatIf.asked.closed) add(fill(words().wi_without, plantName(plant)), () => whatIf.toggle("closed", plant));
    for (const plant of whatIf.asked.opened) add(fill(words().wi_with, plantName(plant)), () => whatIf.toggle("opened", plant));
    for (const [name, factor] of Object.entries(whatIf.asked.factors)) {
      add(`${words()[`wi_${name}`]} ${percent(factor)}`, () => whatIf.move(name, 1));
    }
  }

  const signed = (yen) => `${yen > 0 ? "+" : ""}${hubspoke.money(yen)}`;
  const round = (yen) => (Math.abs(yen) < 0.5 ? 0 : yen);

  /* The change of cost in words: an amount that is proven, or from where to where it lies. */
  function tell(answer) {
    const word = words();
    if (answer.missing !== undefined) {
      const region = answer.missing >= 0 ? data().regions[whatIf.told().regions[answer.missing]][LAST] : "";
      return [word.wi_none, region ? fill(word.wi_none_in, region) : word.wi_none_at_all];
    }
    const share = (yen) => ` (${yen > 0 ? "+" : ""}${hubspoke.number((100 * yen) / whatIf.told().cost, 1)} %)`;
    if (answer.isExact) return [`${signed(round(answer.to))}${word.a_year}${share(answer.to)}`, word.wi_proven];
    const from = signed(round(answer.from));
    if (answer.to === null) return [`${fill(word.wi_at_least, from)}${word.a_year}`, word.wi_settle];
    return [`${fill(word.wi_between, from, signed(round(answer.to)))}${word.a_year}`, word.wi_settle];
  }


  /* The decision of the plan made anew, a row for every region; what changed is marked. */
  function fillTable(parent, answer) {
    parent.replaceChildren();
    if (!answer || answer.cost === undefined) return;
    const before = whatIf.choose(whatIf.base());
    for (const [region, { hub, sent, cost }] of whatIf.choose(answer)) {
      const was = before.get(region);
      const body = element("tbody", null, parent);
      const head = element("tr", null, body);
      const title = element("th", null, head);
      title.scope = "rowgroup";
      element("bdi", data().regions[region][LAST], title);
      const more = element("td", Math.abs(cost - was.cost) < 0.5 ? "±0" : signed(cost - was.cost), head);
      more.className = "n";
      const refineries = sent.map(([plant]) => [plant, was.sent.some(([one]) => one === plant) ? plant : was.refinery, false]);
      for (const [plant, old, isHub] of [[hub, was.hub, true], ...refineries]) {
        const row = element("tr", null, body);
        row.className = plant === old ? "plants" : "plants moved";
        const cell = element("td", null, row);
        const one = button("", () => hubspoke.showPlant(hubspoke.map, plant), cell);
        const swatch = element("span", null, one);
        swatch.className = isHub ? "swatch" : "swatch diamond";
        if (isHub) swatch.style.background = data().plants[plant].colour;
        element("bdi", plantName(plant), one);
        if (plant !== old) element("small", fill(words().wi_instead, plantName(old)), one);
        const chip = element("td", null, row);
        chip.dataset.rates = plant;
      }
    }
  }

  /* Close each chosen plant once more, one after the other, so that the page stays quick. */
  let rating = 0;
  async function rateAll(answer) {
    rating += 1;
    const mine = rating;
    const cells = [...box("table").querySelectorAll("[data-rates]")];
    const { closed, opened, factors } = whatIf.asked;
    for (const plant of new Set(cells.map((cell) => Number(cell.dataset.rates)))) {
      if (opened.has(plant) || whatIf.fixedOpen().has(plant)) continue;
      const without = await whatIf.work({ closed: new Set([...closed, plant]), opened: new Set([...whatIf.fixedOpen(), ...opened]), factors });
      if (mine !== rating || !without) return;
      const more = without.cost === undefined ? null : Math.max(0, Math.round(without.cost - answer.cost));
      showRate(cells.filter((cell) => Number(cell.dataset.rates) === plant), plant, more, answer);
    }
  }

  function showRate(cells, plant, more, answer) {
    const region = whatIf.told().regions.indexOf(data().plants[plant].region);
    const key = whatIf.rate(more, answer.regions[region] || 0);
    for (const cell of cells) {
      cell.replaceChildren();
      const chip = element("span", `${words()[`wi_rate_${key}`]} `, cell);
      chip.className = `chip ${key}`;
      if (more !== null) element("span", `+${hubspoke.money(more).replace(words().currency, "")}`, chip).className = "more";
    }
  }

  function show() {
    const answer = whatIf.answer();
    const isOn = whatIf.isAsked() || refused.length > 0;
    showRefused();
    rating += 1;
    if (whatIf.isWorking()) return showWork();
    const plan = answer && answer.cost !== undefined ? answer : null;
    box("bar").hidden = !isOn;
    box("result").hidden = !whatIf.isAsked();
    box("see").hidden = !whatIf.isAsked();
    document.body.classList.toggle("asking", isOn);
    for (const part of document.querySelectorAll("#panel .choices:not(#what-if-result)")) part.hidden = Boolean(plan);
    const [amount, why] = whatIf.isAsked() ? tell(answer) : ["", ""];
    box("cost").textContent = amount;
    box("why").textContent = why;
    if (whatIf.isAsked()) {
      box("command").textContent = whatIf.command();
      box("copy").textContent = words().wi_copy;
    }
    listAsked(box("asked"));
    fillTable(box("table"), answer);
    headline(plan);
    makeRoom();
    whatIf.showPlan(plan, whatIf.asked);
    if (plan) rateAll(plan);
    return undefined;
  }

  /* While a plan is sought, what was found before stays on the map. */
  function showWork() {
    box("bar").hidden = false;
    document.body.classList.add("asking");
    box("cost").textContent = words().wi_working;
    box("why").textContent = "";
    listAsked(box("asked"));
    makeRoom();
  }

  /* The headline tells the plan that the map shows, with what the plan itself costs beside it. */
  const heads = [];
  function headline(plan) {
    const { cost } = whatIf.told();
    const mass = data().frames[0].t.reduce((sum, t) => sum + (t || 0), 0);
    if (!heads.length) {
      for (const head of document.querySelectorAll(".headline strong")) heads.push([head, head.textContent, head.parentElement.querySelector(".was")]);
    }
    const isNew = Boolean(plan) && Math.abs(plan.cost - cost) >= 0.5;
    const texts = isNew && [hubspoke.money(plan.cost), `${hubspoke.number(plan.cost / mass / 1e3)} ${words().yen_per_kg}`];
    heads.forEach(([head, old, was], at) => {
      head.textContent = isNew ? texts[at] : old;
      was.textContent = isNew ? ` ${fill(words().wi_was, old)}` : "";
    });
  }

  /* Nothing of the panel lies under the bar, which may take half of a telephone. */
  function makeRoom() {
    document.body.style.setProperty("--asked", `${box("bar").getBoundingClientRect().height}px`);
  }

  async function copy() {
    const text = box("command").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(box("command"));
      window.getSelection().removeAllRanges();
      window.getSelection().addRange(range);
      document.execCommand("copy");
    }
    box("copy").textContent = words().wi_copied;
  }

  /* What is asked, in the address: identifiers and factors. */
  function tellAddress(address) {
    for (const [key, plants] of [["close", whatIf.asked.closed], ["open", whatIf.asked.opened]]) {
      for (const plant of plants) address.append(key, data().plants[plant].id);
    }
    for (const [name, factor] of Object.entries(whatIf.asked.factors)) address.set(`x-${name}`, String(Math.round(factor * 100) / 100));
  }

  /* Plants one by one, or several at once with commas between. */
  function listNamed(address, key) {
    const isKnown = (id) => data().plants.some((plant) => plant.id === id);
    return address.getAll(key).flatMap((text) => (isKnown(text) ? [text] : text.split(",").map((id) => id.trim()).filter(Boolean)));
  }

  /* What the address asks is done as far as it can be; the rest is told. */
  function hearAddress(address) {
    if (!box("bar")) return;
    const { closed, opened, factors } = whatIf.asked;
    const { fixed, prices } = whatIf.isOffered() ? whatIf.told() : { fixed: [], prices: [] };
    const isFree = (plant, at) => whatIf.isOffered() && whatIf.isAskable(plant) && data().frames[0].plants[at] && !fixed.includes(at);
    const orders = [];
    const take = (key, id, into) => {
      const at = data().plants.findIndex((plant, number) => plant.id === id && isFree(plant, number));
      if (at < 0) refused.push(`${key}=${id}`);
      else orders.push(() => into.add(at));
    };
    const closing = listNamed(address, "close");
    for (const id of closing) take("close", id, closed);
    for (const id of listNamed(address, "open")) {
      if (closing.includes(id)) refused.push(`open=${id}`);
      else take("open", id, opened);
    }
    for (const [key, text] of address) {
      if (!key.startsWith("x-")) continue;
      const [name, factor] = [key.slice(2), Number(text)];
      const isPrice = prices.some(([one]) => one === name);
      if (!isPrice || !(factor >= LEAST_FACTOR && factor <= MOST_FACTOR)) refused.push(`${key}=${text}`);
      else if (factor !== 1) orders.push(() => (factors[name] = factor));
    }
    if (orders.length) whatIf.ask(() => orders.forEach((order) => order()));
    else if (refused.length) show();
  }

  function showRefused() {
    box("refused").hidden = !refused.length;
    box("refused").textContent = refused.length ? fill(words().wi_refused, refused.join(", ")) : "";
  }

  function goBack() {
    refused.length = 0;
    whatIf.forget();
    if (!whatIf.isOffered()) show();
  }

  function finishWhatIf() {
    if (!box("bar")) return;
    whatIf.prepare();
    const { obstacle } = whatIf.told();
    box("note").textContent = obstacle ? words()[`wi_no_${obstacle}`] : words()[whatIf.told().alone === undefined ? "wi_note" : "wi_note_alone"];
    for (const part of document.querySelectorAll(".wi-back")) part.addEventListener("click", goBack);
    if (!whatIf.isOffered()) return;
    if (!obstacle) whatIf.colourHubs();
    addPrices(box("prices"));
    whatIf.follow(show);
    box("copy").addEventListener("click", copy);
    box("see").addEventListener("click", () => {
      for (const fold of [document.querySelector("#panel > details"), document.getElementById("what-if")]) fold.open = true;
      box("result").scrollIntoView({ block: "nearest" });
    });
    whatIf.ask(() => undefined);
    window.addEventListener("resize", makeRoom);
  }

  Object.assign(whatIf, { tell: tellAddress, hear: hearAddress });
  Object.assign(hubspoke, { addWhatIf, finishWhatIf });
})();

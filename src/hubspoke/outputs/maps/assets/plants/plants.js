"use strict";
/* Hubs and refineries on the map: a marker for each, with its card; beside a divider those of the first plan, too. */
(function () {
  const { change, data, isOn, isRegionOn, isUsed, plant: tell, state, words } = hubspoke;
  const TARGET = 24;
  const groups = { markerPane: L.layerGroup(), "first-markers": L.layerGroup() };

  /* The name of a plant in use: its place, and below it what it takes and costs. */
  function nameOf(plant) {
    const name = document.createElement("div");
    name.className = "name";
    name.appendChild(document.createElement("bdi")).textContent = plant.label;
    if (plant.kind === "hub" && plant.load) {
      const paid = plant.per_kg === undefined ? [] : [`${hubspoke.number(plant.per_kg, 0)} ${words().yen_per_kg}`];
      name.appendChild(document.createElement("small")).textContent = [`${hubspoke.number(plant.load / 1e3, 1)} kt`, ...paid].join(" · ");
    }
    return name;
  }

  /* A line and a dot lead from a symbol that had to move aside to where it stands. */
  function leader() {
    const root = hubspoke.svg("0 0 1 1", 1, [["line", { x1: 0, y1: 0 }], ["circle", { r: 2.5 }]]);
    root.setAttribute("class", "leader");
    return root;
  }

  /* The entries of the legend that tell of a symbol. */
  function listSigns(plant, partner) {
    const isThere = plant.existing && (!partner || partner.existing);
    const signs = plant.state === "open" ? [`${plant.kind}_${isThere ? "existing" : "new"}`] : [`hub_${plant.state}`];
    if (partner) signs.push("hub_ground");
    if (plant.proven !== undefined) signs.push("hub_assumed");
    if (plant.became) signs.push(`became_${plant.became}`);
    return signs;
  }

  function mark(plant, partner, pane) {
    const box = document.createElement("div");
    const isLarge = isUsed(plant) || plant.became === "closed";
    const both = partner ? [plant, partner] : [plant];
    box.appendChild(leader());
    box.appendChild(hubspoke.symbol(Object.assign({}, plant, { partner, existing: both.every((one) => one.existing) })));
    if (plant.state === "open") box.appendChild(nameOf(plant));
    box.className = isLarge ? "plant used" : "plant";
    const icon = L.divIcon({ html: box, className: "pin", iconSize: [TARGET, TARGET], popupAnchor: [0, 0], tooltipAnchor: [0, 0] });
    const marker = L.marker(plant.at, { icon, pane, riseOnHover: true, zIndexOffset: isLarge ? (plant.kind === "hub" ? 200 : 100) : -500 });
    marker.plant = plant.number;
    marker.numbers = both.map((one) => one.number);
    marker.kind = kindOf(plant);
    marker.signs = listSigns(plant, partner);
    marker.kinds = both.map(kindOf);
    const title = both.map((one) => `${words()[one.kind]}: ${one.name}, ${words()["state_" + one.state]}`).join("; ");
    const shown = state.frame;
    const together = (tell_) => () => {
      const told = document.createElement("div");
      hubspoke.inFrame(shown, () => told.append(...both.map(tell_)));
      return told;
    };
    marker.on("add", () => marker.getElement().setAttribute("aria-label", title));
    marker.bindTooltip(together(hubspoke.plantTip), { direction: "top", offset: [0, -10] });
    marker.bindPopup(together(hubspoke.plantCard), hubspoke.popupOptions());
    const focus = isUsed(plant) && plant.kind !== "port" ? { hub: plant.number, dim: true } : null;
    marker.on("mouseover", () => hubspoke.point(focus)).on("mouseout", () => hubspoke.point(null));
    return marker.on("popupopen", () => hubspoke.pin(focus));
  }

  const kindOf = (plant) => (isUsed(plant) || plant.became === "closed" ? { hub: "hubs", port: "refineries", refinery: "refineries" }[plant.kind] : "candidates");

  /* A hub and a refinery on one ground, both in use and both shown, share a symbol. */
  function pairUp(plants) {
    const isOpen = (plant, kind) => plant.kind === kind && plant.state === "open" && plant.became !== "closed";
    const ground = (plant) => plant.at.join(" ");
    const hubs = new Map(plants.filter((plant) => isOpen(plant, "hub")).map((plant) => [ground(plant), plant]));
    const partners = new Map();
    for (const plant of plants) {
      const hub = isOpen(plant, "refinery") && hubs.get(ground(plant));
      if (hub && !partners.has(hub)) partners.set(hub, plant);
    }
    return partners;
  }

  function fill(pane) {
    const shown = data().plants.map((_, number) => tell(number) && Object.assign(tell(number), { became: change(number) }))
      .filter((plant) => plant && isOn(kindOf(plant)) && isRegionOn(plant.region))
      .filter((plant) => !hubspoke.isOnlyChanges() || hubspoke.isChanged(plant.number));
    const partners = pairUp(shown);
    const taken = new Set(partners.values());
    for (const plant of shown) if (!taken.has(plant)) groups[pane].addLayer(mark(plant, partners.get(plant), pane));
  }

  function refill() {
    for (const group of Object.values(groups)) group.clearLayers();
    fill("markerPane");
    if (hubspoke.swipe.isOn()) hubspoke.inFrame(0, () => fill("first-markers"));
  }

  function arrange(map) {
    const taken = hubspoke.arrange(map, groups.markerPane.getLayers());
    if (hubspoke.swipe.isOn()) taken.push(...hubspoke.inFrame(0, () => hubspoke.arrange(map, groups["first-markers"].getLayers())));
    hubspoke.avoid(taken);
  }

  function finishPlants(map) {
    for (const group of Object.values(groups)) group.addTo(map);
    map.on("moveend", () => arrange(map));
    hubspoke.follow(() => {
      refill();
      arrange(map);
      hubspoke.swipe.leaveOut(map);
    });
    for (const button of document.querySelectorAll("[data-plant]")) {
      const number = Number(button.dataset.plant);
      button.addEventListener("click", () => showPlant(map, number));
      for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => hubspoke.point({ hub: number, dim: true }));
      for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => hubspoke.point(null));
    }
  }

  const markers = (kind) => groups.markerPane.getLayers().filter((marker) => marker.kinds.includes(kind));

  /* All signs on the map. */
  const signs = () => new Set(Object.values(groups).flatMap((group) => group.getLayers().flatMap((marker) => marker.signs)));

  /* Lead to a plant, as after a search; its kind and region are switched on for it. */
  function showPlant(map, number) {
    const plant = Object.assign(tell(number), { became: change(number) });
    hubspoke.showAll(kindOf(plant), plant.region);
    map.setView(plant.at, Math.max(map.getZoom(), 7), { animate: false });
    openPlant(map, number);
  }

  /* Open the card of a plant where the map is. */
  function openPlant(map, number) {
    const plant = Object.assign(tell(number), { became: change(number) });
    hubspoke.showAll(kindOf(plant), plant.region);
    const side = hubspoke.swipe.frameAt(map, plant.at) === state.frame ? "markerPane" : "first-markers";
    const marker = groups[side].getLayers().find((one) => one.numbers.includes(number));
    if (marker) marker.openPopup();
  }

  Object.assign(hubspoke, { finishPlants, markers, signs, showPlant, openPlant });
})();

"use strict";
/* The map's own script; `hubspoke` is its only global. Data come from the page, text goes in by textContent only. */
const hubspoke = (function () {
  const BUTTONS = 62;
  const PAPER = 36;
  let cached = null;
  const renderers = {};
  const listeners = [];

  /* What is shown: the plan, the kinds and regions that are on, the hub that is looked at, how fine paper is, and where a
     divider stands between two plans, as a share of the window. */
  const state = { frame: 0, swipe: null, kinds: {}, hiddenRegions: new Set(), changesOnly: false, focus: null, sharp: null };

  /* The data block of the page, parsed once. */
  function data() {
    if (!cached) cached = JSON.parse(document.getElementById("hubspoke-data").textContent);
    return cached;
  }

  const words = () => data().words;
  const frame = () => data().frames[state.frame];
  const first = () => data().frames[0];

  /* Do something as if another plan were shown. */
  function inFrame(number, act) {
    const shown = state.frame;
    state.frame = number;
    try {
      return act();
    } finally {
      state.frame = shown;
    }
  }

  /* A plant as the plan at hand uses it; null where that plan does not have it. */
  function plant(number) {
    const told = frame().plants[number];
    return told && Object.assign({ number }, data().plants[number], told);
  }

  const isUsed = (one) => ["open", "idle", "furnace"].includes(one.state);
  const isOn = (kind) => state.kinds[kind] !== false;
  const isRegionOn = (region) => !state.hiddenRegions.has(region);

  /* What became of a plant since the first plan: opened, closed, altered (of another technology or size), or nothing. */
  function change(number) {
    if (state.frame === 0) return "";
    const before = first().plants[number];
    const now = frame().plants[number];
    const [was, is] = [before && isUsed(before), now && isUsed(now)].map(Boolean);
    if (was === is) return is && now.altered ? "altered" : "";
    return is ? "opened" : "closed";
  }

  /* Whether a site delivers elsewhere than in the first plan, or is new in this one. */
  const isMoved = (site) => state.frame > 0 && first().hub[site] !== frame().hub[site];

  /* Whether only what differs from the first plan is asked for. */
  const isOnlyChanges = () => state.changesOnly && state.frame > 0 && state.swipe === null;

  /* Whether a flow of black mass is not in the first plan, or not as large. */
  const isNewFlow = (flow) => !first().flows.some((one) => one.from === flow.from && one.to === flow.to && Math.abs(one.t - flow.t) <= 0.01 * one.t);

  /* Whether a plant opened, closed, was altered, or gets from elsewhere: all others stay as they are. */
  function isChanged(number) {
    if (change(number)) return true;
    const { hub, flows } = frame();
    return hub.some((one, site) => one === number && isMoved(site)) || flows.some((flow) => flow.to === number && isNewFlow(flow));
  }

  function isSmall() {
    return window.innerWidth <= 760 || window.innerHeight <= 520;
  }

  /* Land lies under the tiles of a background, borders over them; without one, both share a canvas: every canvas costs
     while the map is dragged. */
  function outlineRenderer(pane) {
    const shared = data().tiles ? pane : "land";
    if (!renderers[shared]) renderers[shared] = L.canvas({ pane: shared, padding: 0.3 });
    return renderers[shared];
  }

  /* By day or by night, as the reader's system asks; never on paper, nor over a background that knows only day. */
  const night = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => night.matches && !state.sharp && !data().tiles;
  const theme = () => data().themes[isDark() ? 1 : 0];

  /* The colour of lines of a hub, which stands out from the land. */
  const lineOf = (number) => data().plants[number].lines[isDark() ? 1 : 0];

  const fillOf = (number) => (isDark() ? lineOf(number) : data().plants[number].colour);

  /* The corners of a ring as degrees, latitude first: it begins with its first corner, steps lead to the others. */
  function* corners(flat) {
    let [lat, lon] = [0, 0];
    for (let n = 0; n < flat.length; n += 2) {
      lat += flat[n];
      lon += flat[n + 1];
      yield [lat / 1e3, lon / 1e3];
    }
  }

  function addLand(map) {
    for (const { pane, fill, line, weight, shapes } of data().land) {
      const style = { pane, renderer: outlineRenderer(pane), interactive: false, smoothFactor: 0.7, weight, color: line, fill: Boolean(fill), fillColor: fill, fillOpacity: 1 };
      for (const polygons of shapes) L.polygon(polygons.map((rings) => rings.map((ring) => [...corners(ring)])), style).addTo(map);
    }
  }

  /* Give the land the colours of the theme. */
  function dress(map) {
    document.body.classList.toggle("night", isDark());
    const { land } = theme();
    map.eachLayer((layer) => {
      const { pane, fillColor, color } = layer.options;
      if (!(layer instanceof L.Path) || !["land", "outlines"].includes(pane)) return;
      if (!layer.day) layer.day = { fillColor, color };
      layer.setStyle({ fillColor: land[layer.day.fillColor] || layer.day.fillColor, color: land[layer.day.color] || layer.day.color });
    });
  }

  /* Room that the cards take from the map, so that nothing starts beneath them. */
  function padding() {
    if (state.sharp) return { paddingTopLeft: [PAPER, PAPER], paddingBottomRight: [PAPER, PAPER] };
    if (isSmall()) {
      const head = document.querySelector("#panel summary").getBoundingClientRect().bottom;
      const switches = document.getElementById("frames");
      const below = switches ? window.innerHeight - switches.getBoundingClientRect().top + 12 : 64;
      return { paddingTopLeft: [12, Math.min(130, head + 14)], paddingBottomRight: [26, below] };
    }
    const width = (id) => document.getElementById(id).getBoundingClientRect().width;
    const room = document.body.clientWidth - width("panel") - width("legend") - 60;
    const side = room > 420 ? 1 : 0.25;
    const below = data().frames.length > 1 ? 90 : 24;
    return { paddingTopLeft: [side * width("panel") + 24, 24], paddingBottomRight: [side * width("legend") + 24, below] };
  }

  /* The part of the window that no card covers, and the land in it. */
  function freeBox(map) {
    const { paddingTopLeft, paddingBottomRight } = padding();
    return L.bounds(L.point(paddingTopLeft), map.getSize().subtract(paddingBottomRight));
  }

  function freeBounds(map) {
    const { min, max } = freeBox(map);
    return L.latLngBounds(map.containerPointToLatLng(min), map.containerPointToLatLng(max));
  }

  /* Where the buttons zoom: the hub looked at, else the site nearest to the middle of what no card covers, so that
     zooming in leads to what is planned and never out to sea. */
  function zoomPoint(map) {
    const box = freeBox(map);
    const at = (lat, lon) => map.latLngToContainerPoint([lat, lon]);
    const looked = state.focus && at(...data().plants[state.focus.hub].at);
    if (looked && box.contains(looked)) return looked;
    const { lat, lon } = data().sites;
    let best = box.getCenter();
    let least = Infinity;
    for (let site = 0; site < lat.length; site += 1) {
      if (frame().t[site] === null) continue;
      const point = at(lat[site] / 1e4, lon[site] / 1e4);
      const away = point.distanceTo(box.getCenter());
      if (away < least && box.contains(point)) [best, least] = [point, away];
    }
    return best;
  }

  function zoomAboutPlan(map) {
    const by = (sign) => (delta, options) => map.setZoomAround(zoomPoint(map), map.getZoom() + sign * delta, options);
    map.zoomIn = by(1);
    map.zoomOut = by(-1);
  }

  function popupOptions() {
    const { paddingTopLeft, paddingBottomRight } = padding();
    if (isSmall()) paddingBottomRight[0] = BUTTONS;
    const maxWidth = Math.min(300, window.innerWidth - (isSmall() ? BUTTONS + 60 : 0));
    return { maxWidth, autoPanPaddingTopLeft: paddingTopLeft, autoPanPaddingBottomRight: paddingBottomRight };
  }

  function home(map) {
    map.fitBounds(data().bounds, Object.assign({ maxZoom: 11, animate: false }, padding()));
  }

  function homeZoom(map) {
    const { paddingTopLeft, paddingBottomRight } = padding();
    return Math.min(11, map.getBoundsZoom(L.latLngBounds(data().bounds), false, L.point(paddingTopLeft).add(paddingBottomRight)));
  }

  function createMap(id) {
    if (isSmall()) for (const card of document.querySelectorAll(".card > details")) card.open = false;
    const map = L.map(id, {
      attributionControl: false,
      zoomControl: false,
      zoomSnap: 0.125,
      zoomDelta: 0.75,
      wheelPxPerZoomLevel: 90,
      minZoom: 4,
      maxZoom: 14,
    });
    for (const [name, order] of [["land", 150], ["outlines", 250], ["drawing", 400], ["spotlight", 410]]) {
      map.createPane(name).style.zIndex = order;
      map.getPane(name).style.pointerEvents = "none";
    }
    L.control.zoom({ position: "topright", zoomInTitle: words().zoom_in, zoomOutTitle: words().zoom_out }).addTo(map);
    addButton(map, "⌂", words().home, () => home(map));
    addButton(map, "⌕", words().search, () => hubspoke.openSearch(), "to-search");
    zoomAboutPlan(map);
    addTiles(map);
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 140 }).addTo(map);
    home(map);
    return map;
  }

  /* Who made the land and the background is told on the map. */
  function addTiles(map) {
    const { tiles, credit } = data();
    if (!tiles && !credit) return;
    const told = L.control.attribution({ prefix: false, position: "bottomleft" }).addTo(map);
    if (credit) told.addAttribution(credit.replace(/[&<>]/g, ""));
    if (tiles) L.tileLayer(tiles.url, { maxNativeZoom: tiles.zoom, attribution: tiles.attribution }).addTo(map);
  }

  function addButton(map, sign, title, act, name) {
    const control = L.control({ position: "topright" });
    control.onAdd = function () {
      const bar = L.DomUtil.create("div", `leaflet-bar ${name || ""}`);
      const button = L.DomUtil.create("button", "", bar);
      button.type = "button";
      button.textContent = sign;
      button.title = title;
      button.setAttribute("aria-label", title);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", act);
      return bar;
    };
    control.addTo(map);
  }

  /* Every part that shows the state asks to be told of a change of it. */
  const follow = (act) => listeners.push(act);

  function update(change) {
    Object.assign(state, change);
    for (const act of listeners) act();
  }

  function finish(map) {
    api.map = map;
    addLand(map);
    api.finishDrawing(map);
    api.finishSwipe(map);
    api.finishSurface(map);
    api.finishPlaces(map);
    api.finishPlants(map);
    api.finishPointer(map);
    api.finishLegend(map);
    api.finishFrames(map);
    api.finishSearch(map);
    api.finishKeys(map);
    api.finishPrint(map);
    api.finishInset(map);
    api.finishWhatIf(map);
    api.finishMetalFlow();
    dress(map);
    night.addEventListener("change", () => {
      dress(map);
      update({});
    });
    update({});
    api.finishAddress(map);
    map.getContainer().dataset.ready = "true";
  }

  const api = {
    data, words, state, frame, inFrame, plant, change, isUsed, isOn, isRegionOn, isMoved, isNewFlow, isOnlyChanges, isChanged, isSmall, corners, createMap, finish, home, homeZoom, follow,
    padding, freeBox, freeBounds, popupOptions, update, theme, lineOf, fillOf, dress,
  };
  return api;
})();

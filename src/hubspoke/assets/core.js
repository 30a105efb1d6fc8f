"use strict";
/* The map's own script; `hubspoke` is its only global. Data come from the page, text goes in by textContent only. */
const hubspoke = (function () {
  let cached = null;
  let renderer = null;

  /* The data block of the page, parsed once. */
  function data() {
    if (!cached) cached = JSON.parse(document.getElementById("hubspoke-data").textContent);
    return cached;
  }

  const words = () => data().words;

  function isSmall() {
    return window.innerWidth <= 760 || window.innerHeight <= 520;
  }

  function outlineRenderer() {
    if (!renderer) renderer = L.canvas({ pane: "outlines", padding: 0.4 });
    return renderer;
  }

  /* Room that the cards take from the map, so that nothing starts beneath them. */
  function padding() {
    if (isSmall()) return { paddingTopLeft: [12, 96], paddingBottomRight: [12, 48] };
    const width = (id) => document.getElementById(id).getBoundingClientRect().width;
    const room = window.innerWidth - width("panel") - width("legend") - 60;
    const side = room > 420 ? 1 : 0.25;
    return { paddingTopLeft: [side * width("panel") + 24, 24], paddingBottomRight: [side * width("legend") + 24, 24] };
  }

  function popupOptions() {
    const { paddingTopLeft, paddingBottomRight } = padding();
    return { maxWidth: 300, autoPanPaddingTopLeft: paddingTopLeft, autoPanPaddingBottomRight: paddingBottomRight };
  }

  function home(map) {
    map.fitBounds(data().bounds, Object.assign({ maxZoom: 11, animate: false }, padding()));
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
      renderer: L.canvas({ padding: 0.4, tolerance: 3 }),
    });
    map.createPane("outlines").style.zIndex = 250;
    map.getPane("outlines").style.pointerEvents = "none";
    map.createPane("arrows").style.zIndex = 450;
    map.getPane("arrows").style.pointerEvents = "none";
    L.control.zoom({ position: "topright", zoomInTitle: words().zoom_in, zoomOutTitle: words().zoom_out }).addTo(map);
    addHome(map);
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 140 }).addTo(map);
    home(map);
    return map;
  }

  function addHome(map) {
    const control = L.control({ position: "topright" });
    control.onAdd = function () {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const button = L.DomUtil.create("button", "", bar);
      button.type = "button";
      button.textContent = "⌂";
      button.title = words().home;
      button.setAttribute("aria-label", words().home);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", () => home(map));
      return bar;
    };
    control.addTo(map);
  }

  /* Lines lie under sites, sites under black mass, whatever was switched on last. */
  function keepOrder(map) {
    const order = ["packs", "sites", "black_mass_flows"];
    const arrange = function () {
      for (const kind of order) {
        const layer = api.drawn[kind];
        if (layer && map.hasLayer(layer)) layer.bringToFront();
      }
    };
    map.on("overlayadd", arrange);
    arrange();
  }

  function finish(map) {
    keepOrder(map);
    map.on("popupopen", () => map.eachLayer((layer) => layer.closeTooltip && layer.closeTooltip()));
    api.finishPlants(map);
    api.finishLegend(map);
    map.getContainer().dataset.ready = "true";
  }

  /* `drawn` holds the layers by kind, for other scripts on the page and for tests. */
  const api = { data, words, isSmall, outlineRenderer, createMap, finish, home, popupOptions, drawn: {} };
  return api;
})();

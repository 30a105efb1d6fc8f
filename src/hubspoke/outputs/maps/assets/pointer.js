"use strict";
/* What lies under the pointer: a site before a flow, a flow before a lane, a link or lane before a catchment. */
(function () {
  const { data, frame, lens, ends, siteAt, state } = hubspoke;

  function distance(point, { ax, ay, bx, by }) {
    const [dx, dy] = [bx - ax, by - ay];
    const along = dx || dy ? ((point.x - ax) * dx + (point.y - ay) * dy) / (dx * dx + dy * dy) : 0;
    const at = Math.min(1, Math.max(0, along));
    return Math.hypot(point.x - ax - at * dx, point.y - ay - at * dy);
  }

  function nearest(candidates, reach) {
    let best = null;
    for (const [thing, away] of candidates) if (away <= reach && (!best || away < best[1])) best = [thing, away];
    return best && best[0];
  }

  function* awayFromSites(point, view) {
    const { x, y } = hubspoke.world();
    for (const site of hubspoke.shownSites(null)) {
      const away = Math.hypot(x[site] * view.scale - view.x - point.x, y[site] * view.scale - view.y - point.y);
      yield [site, away - hubspoke.radius(frame().t[site], view.zoom)];
    }
  }

  function* awayFromFlows(point, view) {
    const { plants } = hubspoke.world();
    for (const flow of hubspoke.shownFlows(null)) {
      if (hubspoke.isGround(flow) || hubspoke.isOnRoad(flow)) continue;
      yield [flow, distance(point, ends(view, plants[flow.from], plants[flow.to])) - hubspoke.flowWidth(flow.t) / 2];
    }
  }

  function* awayFromLanes(point, view) {
    const { lanes } = frame();
    const { plants } = hubspoke.world();
    for (const lane of hubspoke.shownLanes(null)) {
      yield [lane, distance(point, ends(view, siteAt(lanes.site[lane]), plants[lanes.hub[lane]]))];
    }
  }

  function isInside(point, view, rings) {
    const px = (point.x + view.x) / view.scale;
    const py = (point.y + view.y) / view.scale;
    let inside = false;
    for (const ring of rings) {
      for (let n = 0, m = ring.length - 2; n < ring.length; m = n, n += 2) {
        const isBetween = ring[n + 1] > py !== ring[m + 1] > py;
        if (isBetween && px < ((ring[m] - ring[n]) * (py - ring[n + 1])) / (ring[m + 1] - ring[n + 1]) + ring[n]) inside = !inside;
      }
    }
    return inside;
  }

  /* Touch needs more room than a mouse. */
  function find(map, point, reach) {
    const view = lens(map);
    const site = nearest(awayFromSites(point, view), reach);
    if (site !== null) return { kind: "site", site, hub: frame().hub[site] };
    const flow = nearest(awayFromFlows(point, view), reach);
    if (flow) return { kind: "flow", flow, hub: flow.from };
    const link = nearest(hubspoke.awayFromLinks(point, view, distance), reach);
    if (link) return { kind: "link", link, hub: -1 };
    const lane = hubspoke.roads() ? null : nearest(awayFromLanes(point, view), Math.min(reach, 4));
    if (lane !== null) return { kind: "lane", lane, hub: frame().lanes.hub[lane] };
    for (const area of hubspoke.shownAreas(null)) {
      if (isInside(point, view, area.rings)) return { kind: "area", hub: area.hub };
    }
    return null;
  }

  const tips = { site: (f) => hubspoke.siteTip(f.site), flow: (f) => hubspoke.flowTip(f.flow), lane: (f) => hubspoke.laneTip(f.lane), link: (f) => hubspoke.linkTip(f.link) };
  const cards = {
    site: (f) => hubspoke.siteCard(f.site),
    flow: (f) => hubspoke.flowCard(f.flow),
    lane: (f) => hubspoke.laneCard(f.lane),
    link: (f) => hubspoke.linkCard(f.link),
    area: (f) => hubspoke.plantCard(hubspoke.plant(f.hub)),
  };

  function focusOf(found) {
    if (!found || found.hub < 0) return null;
    return { hub: found.hub, dim: found.kind !== "area" };
  }

  /* The hub of an open popup stays in the light; what the pointer is on comes before it. */
  let pinned = null;
  let pointed = null;

  function relight() {
    const wanted = pointed || pinned;
    const key = (focus) => (focus ? `${focus.hub} ${focus.dim}` : "");
    if (key(wanted) !== key(state.focus)) hubspoke.light(wanted);
  }

  function point(focus) {
    pointed = focus;
    relight();
  }

  function pin(focus) {
    pinned = focus;
    relight();
  }

  function openCard(map, latlng, found) {
    const told = hubspoke.swipe.at(map, latlng, () => cards[found.kind](found));
    map.openPopup(told, latlng, hubspoke.popupOptions());
    pin(focusOf(found));
  }

  /* The place whose card is open, and a card there. */
  let opened = null;

  function openPlace(map, latlng, told) {
    const popup = L.popup(hubspoke.popupOptions()).setLatLng(latlng).setContent(told);
    popup.place = latlng;
    popup.openOn(map);
  }

  /* Open the card of a place, as an address asks. */
  function showPlace(map, latlng) {
    const told = hubspoke.surface.card(latlng);
    if (told) openPlace(map, latlng, told);
  }

  /* What lies at a place; on bare land what the surface says of it, while it is shown. */
  function tellAt(map, latlng, reach) {
    const found = hubspoke.swipe.at(map, latlng, () => find(map, map.latLngToLayerPoint(latlng), reach));
    const told = !found || found.kind === "area" ? hubspoke.surface.card(latlng) : null;
    if (told) openPlace(map, latlng, told);
    else if (found) openCard(map, latlng, found);
  }

  /* Lead to a site, as after a search. */
  function showSite(map, site) {
    const { sites } = data();
    const latlng = L.latLng(sites.lat[site] / 1e4, sites.lon[site] / 1e4);
    map.setView(latlng, Math.max(map.getZoom(), 9), { animate: false });
    openCard(map, latlng, { kind: "site", site, hub: hubspoke.swipe.at(map, latlng, () => frame().hub[site]) });
  }

  function finishPointer(map) {
    const tip = L.tooltip({ sticky: true, direction: "auto", offset: [14, 0], opacity: 0.97 });
    let waiting = null;
    const see = (event) => {
      const found = find(map, event.layerPoint, 3);
      return [found, found && tips[found.kind] ? tips[found.kind](found) : hubspoke.surface.tip(event.latlng)];
    };
    const look = (event) => {
      waiting = null;
      const [found, told] = hubspoke.swipe.at(map, event.latlng, () => see(event));
      map.getContainer().classList.toggle("pointing", Boolean(found));
      point(focusOf(found));
      if (!told || (opened && hubspoke.surface.isSame(opened, event.latlng))) return void tip.remove();
      tip.setContent(told).setLatLng(event.latlng);
      if (!map.hasLayer(tip)) tip.addTo(map);
      return undefined;
    };
    const forgetTip = () => {
      if (waiting) cancelAnimationFrame(waiting);
      waiting = null;
      tip.remove();
    };
    const forget = () => {
      forgetTip();
      point(null);
    };
    map.on("mousemove", (event) => {
      if (map.dragging.moving()) return undefined; /* what is under the mouse moves with it */
      const over = event.originalEvent.target;
      if (over !== map.getContainer()) return void (over.closest(".leaflet-marker-icon") ? forgetTip() : forget());
      if (waiting) cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => look(event));
      return undefined;
    });
    map.on("mouseout dragstart zoomstart", forget);
    map.on("click", (event) => {
      const isTouch = event.originalEvent.pointerType === "touch";
      tellAt(map, event.latlng, isTouch ? 14 : 4);
    });
    map.on("popupopen", ({ popup }) => {
      opened = popup.place || null;
      forgetTip();
    });
    map.on("popupclose", () => {
      opened = null;
      pin(null);
    });
    hubspoke.follow(() => {
      map.closePopup();
      forget();
    });
  }

  Object.assign(hubspoke, { finishPointer, find, point, pin, openCard, tellAt, showPlace, showSite });
})();

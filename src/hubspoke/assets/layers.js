"use strict";
/* Sites and flows on one canvas; areas and widths follow tonnes and grow gently with the zoom. */
(function () {
  const { data, drawn } = hubspoke;
  const BASE_ZOOM = 5.25;
  const LARGEST_RADIUS = 12;
  const INK = "#222222";

  const growth = (zoom) => Math.min(3, Math.max(0.8, Math.pow(2, (zoom - BASE_ZOOM) * 0.4)));

  /* Area in proportion to tonnes, never too small to see. */
  function radius(tonnes, zoom) {
    const share = data().largest_t > 0 ? tonnes / data().largest_t : 0;
    return Math.max(1.6 * Math.sqrt(growth(zoom)), LARGEST_RADIUS * growth(zoom) * Math.sqrt(share));
  }

  function laneWidth(tonnes, zoom) {
    const share = data().largest_t > 0 ? tonnes / data().largest_t : 0;
    return Math.sqrt(growth(zoom)) * (0.35 + 3.5 * Math.sqrt(share));
  }

  function flowWidth(tonnes) {
    const largest = Math.max(...data().flows.map((flow) => flow.t));
    return 1.8 + 4.2 * (tonnes / largest);
  }

  const degrees = (value) => value / 1e4;
  const siteAt = (site) => [degrees(data().sites.lat[site]), degrees(data().sites.lon[site])];

  /* Keep sizes in step with the zoom; `resize` gets each layer and the zoom. */
  function follow(group, resize) {
    let shown = null;
    group.on("add", function () {
      const map = group._map;
      const update = () => {
        if (shown === map.getZoom()) return;
        shown = map.getZoom();
        group.eachLayer((layer) => resize(layer, shown));
      };
      update();
      map.on("zoomend", update);
      group.once("remove", () => map.off("zoomend", update));
    });
    return group;
  }

  function sites() {
    const { sites: table, plants, unserved } = data();
    const group = L.featureGroup();
    const order = table.t.map((_, site) => site).sort((a, b) => table.t[b] - table.t[a] || a - b);
    for (const site of order) {
      const hub = table.hub[site];
      const circle = L.circleMarker(siteAt(site), {
        radius: radius(table.t[site], BASE_ZOOM),
        fillColor: hub < 0 ? "#ffffff" : plants[hub].colour,
        fillOpacity: 0.85,
        color: hub < 0 ? unserved : "#ffffff",
        weight: hub < 0 ? 2 : 0.7,
        stroke: hub < 0 || radius(table.t[site], BASE_ZOOM) > 2.5,
      });
      circle.site = site;
      group.addLayer(circle);
    }
    group.bindTooltip(hubspoke.siteTip, { sticky: true }).bindPopup(hubspoke.siteCard, hubspoke.popupOptions());
    drawn.sites = follow(group, (circle, zoom) => circle.setRadius(radius(table.t[circle.site], zoom)));
    return drawn.sites;
  }

  function packs() {
    const { lanes, plants } = data();
    const group = L.featureGroup();
    lanes.site.forEach((site, lane) => {
      const hub = plants[lanes.hub[lane]];
      const line = L.polyline([siteAt(site), hub.at], {
        color: hub.colour,
        opacity: 0.22,
        weight: laneWidth(lanes.t[lane], BASE_ZOOM),
        smoothFactor: 0,
      });
      line.lane = lane;
      group.addLayer(line);
    });
    group.bindTooltip(hubspoke.laneTip, { sticky: true }).bindPopup(hubspoke.laneCard, hubspoke.popupOptions());
    drawn.packs = follow(group, (line, zoom) => line.setStyle({ weight: laneWidth(lanes.t[line.lane], zoom) }));
    return drawn.packs;
  }

  /* The projection keeps angles, so an arrow's direction holds at every zoom. */
  function arrow(from, to) {
    const start = L.CRS.EPSG3857.project(L.latLng(from));
    const end = L.CRS.EPSG3857.project(L.latLng(to));
    const angle = (Math.atan2(start.y - end.y, end.x - start.x) * 180) / Math.PI;
    const middle = L.CRS.EPSG3857.unproject(start.add(end.subtract(start).multiplyBy(0.55)));
    const svg = hubspoke.svg("0 0 18 18", 18, [
      ["path", { d: "M3 2 L16 9 L3 16 L6 9 Z", fill: INK, stroke: "#ffffff", "stroke-width": 1.2, transform: `rotate(${angle.toFixed(1)} 9 9)` }],
    ]);
    const icon = L.divIcon({ html: svg, className: "arrow", iconSize: [18, 18] });
    return L.marker(middle, { icon, pane: "arrows", interactive: false, keyboard: false });
  }

  function black_mass_flows() {
    const { flows, plants } = data();
    const group = L.featureGroup();
    for (const flow of flows) {
      const ends = [plants[flow.from].at, plants[flow.to].at];
      if (ends[0][0] === ends[1][0] && ends[0][1] === ends[1][1]) continue;
      const weight = flowWidth(flow.t);
      group.addLayer(L.polyline(ends, { color: "#ffffff", weight: weight + 2.5, opacity: 0.75, interactive: false }));
      const line = L.polyline(ends, { color: INK, weight, opacity: 0.9, dashArray: "10 5", lineCap: "butt" });
      line.flow = flow;
      group.addLayer(line);
      group.addLayer(arrow(...ends));
    }
    group.bindTooltip(hubspoke.flowTip, { sticky: true }).bindPopup(hubspoke.flowCard, hubspoke.popupOptions());
    drawn.black_mass_flows = group;
    return group;
  }

  Object.assign(hubspoke, { sites, packs, black_mass_flows, radius, laneWidth, flowWidth });
})();

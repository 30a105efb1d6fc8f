"use strict";
/* Two plans at once: left of a divider the first, right of it the second. Both are drawn whole, and each is cut where the
   divider stands, so that nothing is drawn while it is dragged. */
(function () {
  const { data, state } = hubspoke;
  const PANES = ["drawing", "spotlight", "markers"];
  const STEPS = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 };
  const BEYOND = 1e5;
  let divider = null;
  let sheets = [];

  /* Paper shows the second plan alone. */
  const isOn = () => state.swipe !== null && !state.sharp;

  const place = (map) => Math.round(state.swipe * map.getSize().x);

  /* The plans shown, each with the part of the window that is its own. */
  function sides(map) {
    const { x: width } = map.getSize();
    if (!isOn()) return [{ frame: state.frame, from: 0, to: width }];
    return [{ frame: 0, from: 0, to: place(map) }, { frame: 1, from: place(map), to: width }];
  }

  /* The plan that is shown at a place. */
  const frameAt = (map, latlng) => (isOn() ? Number(map.latLngToContainerPoint(latlng).x >= place(map)) : state.frame);

  const at = (map, latlng, act) => hubspoke.inFrame(frameAt(map, latlng), act);

  const light = () => isOn() && sheets[1].redraw();

  const paneOf = (map, name, isFirst) => map.getPane(isFirst ? `first-${name}` : name.replace("markers", "markerPane"));

  function cut(map) {
    const corner = map.containerPointToLayerPoint([0, 0]);
    const x = corner.x + (isOn() ? place(map) : 0);
    const [top, bottom] = [corner.y - BEYOND, corner.y + BEYOND];
    const box = (left, right) => `polygon(${left}px ${top}px, ${right}px ${top}px, ${right}px ${bottom}px, ${left}px ${bottom}px)`;
    for (const name of PANES) {
      paneOf(map, name, true).style.display = isOn() ? "" : "none";
      paneOf(map, name, true).style.clipPath = box(x - BEYOND, x);
      paneOf(map, name, false).style.clipPath = isOn() ? box(x, x + BEYOND) : "";
    }
    divider.hidden = !isOn();
    L.DomUtil.setPosition(divider, L.point(x, corner.y));
    divider.style.height = `${map.getSize().y}px`;
  }

  /* A symbol on the other side of the divider is not there: neither for keys nor for who listens. */
  function leaveOut(map) {
    map.eachLayer((layer) => {
      const pane = layer instanceof L.Marker && layer.options.pane;
      if (pane) layer.getElement().inert = isOn() && frameAt(map, layer.getLatLng()) !== Number(pane === "markerPane");
    });
  }

  function tell() {
    const share = Math.round(100 * state.swipe);
    const [first, second] = [...divider.querySelectorAll(".side")].map((side) => side.textContent);
    divider.setAttribute("aria-valuenow", share);
    divider.setAttribute("aria-valuetext", [`${first} ${share} %`, `${second} ${100 - share} %`].join(hubspoke.words().comma));
  }

  function move(map, share) {
    state.swipe = Math.min(1, Math.max(0, share));
    map.closePopup();
    cut(map);
    tell();
    map.fire("swipe");
  }

  function finish(map) {
    leaveOut(map);
    map.fire("swipeend");
  }

  function listen(map) {
    let grip = null; /* how far the pointer is from the line it drags */
    divider.addEventListener("pointerdown", (event) => {
      divider.setPointerCapture(event.pointerId);
      grip = event.clientX - map.getContainer().getBoundingClientRect().left - place(map);
      divider.focus({ preventScroll: true });
      event.preventDefault();
    });
    divider.addEventListener("pointermove", (event) => {
      if (grip !== null) move(map, (event.clientX - map.getContainer().getBoundingClientRect().left - grip) / map.getSize().x);
    });
    for (const name of ["pointerup", "pointercancel"]) divider.addEventListener(name, () => {
      if (grip !== null) finish(map);
      grip = null;
    });
    divider.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      move(map, state.swipe + step);
      finish(map);
    });
    L.DomEvent.disableClickPropagation(divider);
  }

  /* Symbols and lines of the first plan lie in panes of their own, the divider over them and under the cards. */
  function addPanes(map) {
    for (const name of PANES) {
      const pane = map.createPane(`first-${name}`);
      pane.style.zIndex = getComputedStyle(paneOf(map, name, false)).zIndex;
      if (name !== "markers") pane.style.pointerEvents = "none";
    }
    map.createPane("divider").style.zIndex = 640;
  }

  /* In the middle of what no card covers. */
  const middle = (map) => hubspoke.freeBox(map).getCenter().x / map.getSize().x;

  function finishSwipe(map) {
    addPanes(map);
    divider = document.getElementById("divider");
    if (!divider) return;
    const radio = document.querySelector("input[name=plan][value=swipe]");
    let last = null;
    const choose = (share) => {
      if (!(share >= 0 && share <= 1)) return;
      radio.checked = true;
      last = share;
      hubspoke.update({ frame: 1, swipe: share });
    };
    map.getPane("divider").appendChild(divider);
    sheets = hubspoke.makeSheets(map, "first-", (act) => hubspoke.inFrame(0, act));
    radio.addEventListener("change", () => choose(last === null ? middle(map) : last));
    listen(map);
    map.on("move resize moveend", () => cut(map));
    map.on("moveend", () => leaveOut(map));
    map.on("swipe", () => {
      last = state.swipe;
    });
    hubspoke.follow(() => {
      for (const sheet of sheets) {
        if (isOn() && map.hasLayer(sheet)) sheet.redraw();
        else if (isOn()) sheet.addTo(map);
        else sheet.remove();
      }
      const { min, max } = hubspoke.freeBox(map);
      divider.style.setProperty("--top", `${min.y}px`);
      divider.style.setProperty("--middle", `${(min.y + max.y) / 2}px`);
      cut(map);
      if (isOn()) tell();
    });
    api.choose = choose;
    api.leaveOut = leaveOut;
  }

  const api = { isOn, sides, frameAt, at, light, choose: () => undefined, leaveOut: () => undefined };
  Object.assign(hubspoke, { finishSwipe, swipe: api });
})();

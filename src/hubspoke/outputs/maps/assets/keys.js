"use strict";
/* The map without a mouse: arrows move it under a cross in its middle, Enter tells what lies there. */
(function () {
  const REACH = 14;

  function addCross(map) {
    const cross = document.createElement("div");
    cross.className = "cross";
    cross.setAttribute("aria-hidden", "true");
    cross.appendChild(document.createElement("p")).textContent = hubspoke.words().keys;
    map.getContainer().appendChild(cross);
  }

  function tell(map) {
    const middle = map.containerPointToLayerPoint(map.getSize().divideBy(2));
    hubspoke.tellAt(map, map.layerPointToLatLng(middle), REACH);
  }

  function finishKeys(map) {
    const box = map.getContainer();
    addCross(map);
    map.getPane("popupPane").setAttribute("aria-live", "polite");
    /* Leaflet gives the map the focus by script on every press of a button; the cross is for those who use keys. */
    window.addEventListener("pointerdown", () => box.classList.add("by-pointer"), true);
    window.addEventListener("keydown", () => box.classList.remove("by-pointer"), true);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === box) tell(map);
    });
  }

  /* Up and down walk through a list that belongs to a field, and back into the field; Escape goes back at once. */
  function walk(field, list) {
    const move = (event) => {
      const stops = [field, ...list.querySelectorAll("button")];
      const at = stops.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: at && 1, End: at && stops.length - 1, Escape: 0 }[event.key];
      if (to === undefined || to === at || !stops[to]) return;
      event.preventDefault();
      event.stopPropagation();
      stops[to].focus();
    };
    field.addEventListener("keydown", move);
    list.addEventListener("keydown", move);
  }

  Object.assign(hubspoke, { finishKeys, walk });
})();

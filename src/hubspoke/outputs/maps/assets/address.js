"use strict";
/* What is shown stands in the address, so that a view can be sent: place, zoom, plan, and the plant whose card is open. */
(function () {
  const { data, state } = hubspoke;

  function read() {
    const told = new URLSearchParams(window.location.hash.slice(1));
    const [lat, lon] = (told.get("at") || "").split(",").map(Number);
    const zoom = Number(told.get("z"));
    const plan = Number(told.get("plan"));
    const plant = data().plants.findIndex((one) => one.id === told.get("plant") && one.kind === told.get("kind"));
    return {
      view: told.has("z") && told.has("at") && [lat, lon, zoom].every(Number.isFinite) ? [[lat, lon], zoom] : null,
      plan: Number.isInteger(plan) && data().frames[plan] ? plan : 0,
      swipe: told.get("swipe"),
      plant,
      surface: told.get("surface"),
      place: parse(told.get("place")),
    };
  }

  const parse = (text) => {
    const place = (text || "").split(",").map(Number);
    return text && place.length === 2 && place.every(Number.isFinite) ? L.latLng(place) : null;
  };

  function write(map, plant, place) {
    const { lat, lng } = map.getCenter();
    const told = new URLSearchParams({ z: map.getZoom().toFixed(2), at: `${lat.toFixed(3)},${lng.toFixed(3)}` });
    if (state.swipe !== null) told.set("swipe", state.swipe.toFixed(3));
    else if (state.frame && !hubspoke.whatIf.isAsked()) told.set("plan", state.frame);
    if (plant !== null) {
      told.set("kind", data().plants[plant].kind);
      told.set("plant", data().plants[plant].id);
    }
    if (state.surface) told.set("surface", state.surface);
    if (place) told.set("place", `${place.lat.toFixed(4)},${place.lng.toFixed(4)}`);
    hubspoke.whatIf.tell(told);
    /* A page without an address of its own, such as one shown inside another, keeps none. */
    try {
      window.history.replaceState(null, "", `#${told}`);
    } catch {
      /* nothing to keep */
    }
  }

  /* The address changes with what the reader does, not with the first look at the map. */
  function finishAddress(map) {
    let plant = null;
    let place = null;
    let isReading = true;
    const { view, plan, swipe, plant: asked, surface, place: pointed } = read();
    const keep = () => isReading || state.sharp || write(map, plant, place);
    map.on("popupopen popupclose", (event) => {
      const marker = event.type === "popupopen" && event.popup._source;
      place = event.type === "popupopen" ? event.popup.place || null : null;
      plant = marker && marker.plant !== undefined ? marker.plant : null;
      keep();
    });
    hubspoke.whatIf.hear(new URLSearchParams(window.location.hash.slice(1)));
    if (plan) hubspoke.choosePlan(plan);
    if (swipe) hubspoke.swipe.choose(Number(swipe));
    if (hubspoke.surface.kinds.includes(surface)) hubspoke.showSurface(surface);
    if (view) map.setView(...view, { animate: false });
    if (asked >= 0 && hubspoke.plant(asked)) hubspoke.openPlant(map, asked);
    else if (pointed) hubspoke.showPlace(map, pointed);
    isReading = false;
    map.on("moveend swipeend", keep);
    hubspoke.follow(keep);
  }

  Object.assign(hubspoke, { finishAddress });
})();

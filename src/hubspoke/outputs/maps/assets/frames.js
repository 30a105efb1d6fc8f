"use strict";
/* Several plans on one map: a slider through the years, or a switch between plans; and paper. */
(function () {
  const { data, state } = hubspoke;
  const PAGE = 700;
  const SMALL = 0.8;

  function showFigures() {
    for (const part of document.querySelectorAll("[data-frame]")) part.hidden = Number(part.dataset.frame) !== state.frame;
    for (const cell of document.querySelectorAll("[data-column]")) {
      cell.classList.toggle("now", Number(cell.dataset.column) === state.frame);
    }
  }

  function finishFrames() {
    hubspoke.follow(showFigures);
    const slider = document.getElementById("slider");
    if (slider) {
      const told = document.getElementById("slider-year");
      slider.addEventListener("input", () => {
        const { year } = data().frames[Number(slider.value)];
        slider.setAttribute("aria-valuetext", String(year));
        told.textContent = String(year);
        hubspoke.update({ frame: Number(slider.value) });
      });
    }
    for (const radio of document.querySelectorAll("input[name=plan]")) {
      radio.addEventListener("change", () => hubspoke.update({ frame: Number(radio.value) }));
    }
    const changes = document.getElementById("changes");
    if (!changes) return;
    changes.addEventListener("change", () => hubspoke.update({ changesOnly: changes.checked }));
    hubspoke.follow(() => {
      changes.disabled = state.frame === 0;
    });
  }

  /* The land that no card covers. */
  function freeBounds(map) {
    const { paddingTopLeft, paddingBottomRight } = hubspoke.padding();
    const corner = map.getSize().subtract(paddingBottomRight);
    return L.latLngBounds(map.containerPointToLatLng(paddingTopLeft), map.containerPointToLatLng(corner));
  }

  /* On paper the map has the size of the page: the same land is shown, and cards are made small enough to fit. */
  function finishPrint(map) {
    const cards = [...document.querySelectorAll("#panel, #legend")];
    let before = null;
    const turn = (isPrint) => {
      if (isPrint === Boolean(before)) return;
      const bounds = before || freeBounds(map);
      before = isPrint ? bounds : null;
      document.body.classList.toggle("printing", isPrint);
      for (const card of cards) card.style.zoom = isPrint ? Math.min(SMALL, PAGE / card.scrollHeight) : "";
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(bounds, Object.assign({ animate: false }, hubspoke.padding()));
    };
    window.addEventListener("beforeprint", () => turn(true));
    window.addEventListener("afterprint", () => turn(false));
  }

  Object.assign(hubspoke, { finishFrames, finishPrint });
})();

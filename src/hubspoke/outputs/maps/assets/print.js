"use strict";
/* The map on paper: a page of its own, with the cards in a column beside the land that the screen showed. */
(function () {
  const PAGE = 726;
  const COLUMN = 330;
  const SHARP = 3;

  /* A canvas that is painted while a page is printed is recorded under a mask that hides it; a picture of it is not. */
  function takePictures(map) {
    return [...map.getContainer().querySelectorAll("canvas")].map((canvas) => {
      const picture = document.createElement("img");
      picture.alt = "";
      picture.style.cssText = canvas.style.cssText;
      picture.className = canvas.className;
      picture.src = canvas.toDataURL();
      canvas.after(picture);
      canvas.classList.add("pictured");
      return picture;
    });
  }

  /* What the screen showed last, without the sea around what is planned; a window may have the size of paper by now. */
  function shownLand(shown) {
    const planned = L.latLngBounds(hubspoke.data().bounds);
    if (!shown.intersects(planned)) return shown;
    const [south, west] = ["getSouth", "getWest"].map((side) => Math.max(shown[side](), planned[side]()));
    const [north, east] = ["getNorth", "getEast"].map((side) => Math.min(shown[side](), planned[side]()));
    return L.latLngBounds([south, west], [north, east]);
  }

  function finishPrint(map) {
    const cards = [...document.querySelectorAll("#panel, #legend")];
    const folds = [...document.querySelectorAll(".card > details")];
    let before = null;
    let shown = hubspoke.freeBounds(map);

    function start() {
      const land = shownLand(shown);
      before = { shown, open: folds.map((fold) => fold.open), isRetina: L.Browser.retina };
      L.Browser.retina = true;
      hubspoke.state.sharp = SHARP;
      document.body.classList.add("printing");
      hubspoke.dress(map);
      for (const fold of folds) fold.open = true;
      const height = cards.reduce((sum, card) => sum + card.scrollHeight, 0);
      const zoom = Math.min(1, PAGE / height);
      for (const card of cards) Object.assign(card.style, { zoom, width: `${COLUMN / zoom}px` });
      fit(land);
      before.pictures = takePictures(map);
    }

    function stop() {
      for (const picture of before.pictures) {
        picture.previousSibling.classList.remove("pictured");
        picture.remove();
      }
      L.Browser.retina = before.isRetina;
      hubspoke.state.sharp = null;
      document.body.classList.remove("printing");
      hubspoke.dress(map);
      folds.forEach((fold, at) => {
        fold.open = before.open[at];
      });
      for (const card of cards) Object.assign(card.style, { zoom: "", width: "" });
      fit(before.shown);
      before = null;
    }

    function fit(bounds) {
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(bounds, Object.assign({ animate: false }, hubspoke.padding()));
    }

    map.on("moveend", () => {
      if (!before) shown = hubspoke.freeBounds(map);
    });
    window.addEventListener("beforeprint", () => before || start());
    window.addEventListener("afterprint", () => before && stop());
  }

  Object.assign(hubspoke, { finishPrint });
})();

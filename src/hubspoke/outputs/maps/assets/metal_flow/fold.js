"use strict";
/* The fold with pictures of the flow of metal: one at a time, chosen in its list or from the card of a plant. */
(function () {
  const { element, words } = hubspoke;
  const fold = () => document.getElementById("metal-flow");
  const list = () => document.getElementById("metal-flow-of");

  function show(key) {
    list().value = key;
    for (const figure of fold().querySelectorAll("figure")) figure.hidden = figure.dataset.of !== key;
  }

  /* In the card of a plant: a button that shows the picture of the metal that passes it. */
  function addMetalFlow(parent, plant) {
    const key = `plant:${plant.id}`;
    if (!fold() || ![...list().options].some((option) => option.value === key)) return;
    const row = element("p", null, parent);
    row.className = "ask";
    const button = element("button", words().metal_flow, row);
    button.type = "button";
    button.addEventListener("click", () => {
      hubspoke.map.closePopup();
      fold().parentElement.closest("details").open = true;
      fold().open = true;
      show(key);
      list().focus();
      fold().scrollIntoView({ block: "start" });
    });
  }

  function finishMetalFlow() {
    if (!fold()) return;
    show(list().options[0].value);
    list().addEventListener("change", () => show(list().value));
    fold().addEventListener("toggle", () => hubspoke.update({}));
  }

  Object.assign(hubspoke, { addMetalFlow, finishMetalFlow });
})();

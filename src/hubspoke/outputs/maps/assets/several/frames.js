"use strict";
/* Several plans on one map: a slider through the years, or a switch between plans. */
(function () {
  const { data, state } = hubspoke;

  function showFigures() {
    const shown = data().what_if ? 0 : state.frame; /* a plan made anew stands beside the figures of the plan */
    for (const part of document.querySelectorAll("[data-frame]")) part.hidden = Number(part.dataset.frame) !== shown;
    for (const cell of document.querySelectorAll("[data-column]")) {
      cell.classList.toggle("now", Number(cell.dataset.column) === state.frame && state.swipe === null);
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
    hubspoke.choosePlan = (plan) => {
      const control = slider || document.querySelectorAll("input[name=plan]")[plan];
      if (!control) return;
      if (slider) slider.value = plan;
      else control.checked = true;
      control.dispatchEvent(new Event(slider ? "input" : "change"));
    };
    for (const radio of document.querySelectorAll("input[name=plan]")) {
      if (radio.value !== "swipe") radio.addEventListener("change", () => hubspoke.update({ frame: Number(radio.value), swipe: null }));
    }
    const changes = document.getElementById("changes");
    if (!changes) return;
    changes.addEventListener("change", () => hubspoke.update({ changesOnly: changes.checked }));
    hubspoke.follow(() => {
      changes.disabled = state.frame === 0 || state.swipe !== null;
    });
  }

  Object.assign(hubspoke, { finishFrames });
})();

"use strict";
/* One map beside all steps: it shows the layers of the step that is read, and the address tells which that is. */
(function () {
  const steps = [...document.querySelectorAll(".step")];
  const links = [...document.querySelectorAll("#steps a")];
  const layers = [...document.querySelectorAll("#map [data-layer]")];
  let now = -1;

  function show(number) {
    if (number === now) return;
    now = number;
    const wanted = steps[number].dataset.layers.split(" ");
    for (const layer of layers) layer.classList.toggle("off", !wanted.includes(layer.dataset.layer));
    links.forEach((link, at) => (at === number ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current")));
    steps.forEach((step, at) => step.classList.toggle("now", at === number));
    document.getElementById("map-title").textContent = steps[number].querySelector("h2").textContent;
    try {
      window.history.replaceState(null, "", `#${number + 1}`);
    } catch {
      /* a page without an address of its own keeps none */
    }
  }

  /* The step that holds the line at two fifths of the window; the last one at the end of the page. */
  function find() {
    const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
    if (scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 4) return steps.length - 1;
    const line = clientHeight * 0.4;
    return Math.max(0, steps.findLastIndex((step) => step.getBoundingClientRect().top <= line));
  }

  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function go(number) {
    if (!steps[number]) return;
    steps[number].scrollIntoView({ block: "start", behavior: isStill ? "auto" : "smooth" });
    steps[number].focus({ preventScroll: true });
  }

  let waiting = null;
  window.addEventListener("scroll", () => {
    if (waiting === null) waiting = requestAnimationFrame(() => {
      waiting = null;
      show(find());
    });
  }, { passive: true });
  links.forEach((link, at) => link.addEventListener("click", (event) => {
    event.preventDefault();
    go(at);
  }));
  window.addEventListener("hashchange", () => go(Number(window.location.hash.slice(1)) - 1));
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("[tabindex='0'], a, input")) return;
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: steps.length - 1 }[event.key] ?? (event.key >= "1" && event.key <= "9" ? Number(event.key) - 1 : undefined);
    if (to === undefined || !steps[to]) return;
    event.preventDefault();
    go(to);
  });
  const asked = Number(window.location.hash.slice(1));
  if (steps[asked - 1]) steps[asked - 1].scrollIntoView({ block: "start", behavior: "instant" });
  show(steps[asked - 1] ? asked - 1 : find());
  document.documentElement.dataset.ready = "true";
})();

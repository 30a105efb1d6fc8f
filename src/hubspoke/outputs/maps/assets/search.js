"use strict";
/* Search by name in both languages, by number, by prefecture and by operator; the way to every site without a mouse. */
(function () {
  const { data, frame, words } = hubspoke;
  const MOST = 30;
  let index = null;

  /* Letters alike in meaning are alike in the search: half and full width, capital and small, katakana and hiragana. */
  function fold(text) {
    const kana = (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60);
    return text.normalize("NFKC").toLowerCase().replace(/[\u30a1-\u30f6]/g, kana).trim();
  }

  function build() {
    const { sites, plants } = data();
    const entry = (texts, value) => Object.assign({ text: fold(texts.filter(Boolean).join("\n")) }, value);
    const places = sites.places.map(fold);
    index = plants.map((plant, number) => entry([plant.name, plant.other, plant.id, plant.operator, plant.place], { plant: number }));
    sites.name.forEach((name, site) => {
      const made = entry([name, sites.other[site], sites.id[site]], { site });
      made.text += `\n${places[sites.place[site]]}`;
      index.push(made);
    });
  }

  const isThere = (entry) => (entry.site === undefined ? frame().plants[entry.plant] !== null : frame().t[entry.site] !== null);

  function find(asked) {
    if (!index) build();
    const parts = fold(asked).split(/\s+/).filter(Boolean);
    if (!parts.length) return [];
    return index.filter((entry) => isThere(entry) && parts.every((part) => entry.text.includes(part)));
  }

  function describe(entry) {
    const { sites, plants } = data();
    if (entry.site !== undefined) return [sites.name[entry.site], `${words().site} · ${sites.places[sites.place[entry.site]]}`];
    const { name, kind, place } = plants[entry.plant];
    return [name, `${words()[kind]} · ${place}`];
  }

  function row(map, entry) {
    const item = document.createElement("li");
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    for (const [tag, text] of [["strong", describe(entry)[0]], ["span", describe(entry)[1]]]) {
      button.appendChild(document.createElement(tag)).appendChild(document.createElement("bdi")).textContent = text;
    }
    button.addEventListener("click", () => {
      if (hubspoke.isSmall()) document.querySelector("#panel > details").open = false;
      if (entry.site === undefined) return hubspoke.showPlant(map, entry.plant);
      hubspoke.showAll("sites", data().sites.region[entry.site]);
      return hubspoke.showSite(map, entry.site);
    });
    return item;
  }

  function finishSearch(map) {
    const field = document.getElementById("search");
    const hits = document.getElementById("hits");
    const told = document.getElementById("found");
    const search = () => {
      const found = find(field.value);
      hits.replaceChildren(...found.slice(0, MOST).map((entry) => row(map, entry)));
      told.textContent = field.value.trim() ? words().found.replace("{}", found.length.toLocaleString("en-US")) : "";
    };
    field.addEventListener("input", search);
    hubspoke.walk(field, hits);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && hits.firstChild) hits.querySelector("button").click();
      if (event.key !== "Escape") return;
      field.value = "";
      search();
    });
  }

  function openSearch() {
    document.querySelector("#panel > details").open = true;
    document.getElementById("search").focus();
  }

  Object.assign(hubspoke, { finishSearch, openSearch });
})();

/* A search field above each select whose rows are too many to list; it fills the select with what it finds. */
"use strict";
(() => {
  const DELAY_MS = 250;

  const fill = async (select, told, term) => {
    const asked = new URL(select.dataset.url, location);
    const { appLabel: app_label, modelName: model_name, fieldName: field_name } = select.dataset;
    asked.search = new URLSearchParams({ term, app_label, model_name, field_name });
    const answer = await fetch(asked, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { results } = await answer.json();
    for (const option of [...select.options]) {
      if (!option.selected && option.value) option.remove();
    }
    const known = new Set([...select.options].map((option) => option.value));
    for (const { id, text } of results) {
      if (!known.has(id)) select.add(new Option(text, id));
    }
    told.textContent = `${select.dataset.found} ${results.length}`;
  };

  const dress = (select) => {
    if (select.dataset.dressed || select.name.includes("__prefix__")) return;
    select.dataset.dressed = "";
    const label = document.querySelector(`label[for="${select.id}"]`);
    const search = document.createElement("input");
    const told = document.createElement("span");
    search.type = "search";
    search.className = "vTextField searched-term";
    search.placeholder = select.dataset.search;
    search.setAttribute("aria-label", `${select.dataset.search} ${label ? label.textContent.trim() : ""}`);
    told.className = "searched-found";
    told.setAttribute("role", "status");
    let wait;
    search.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(() => fill(select, told, search.value), DELAY_MS);
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    select.before(search, told);
  };

  const dressAll = (root) => root.querySelectorAll("select.searched").forEach(dress);
  document.addEventListener("DOMContentLoaded", () => dressAll(document));
  document.addEventListener("formset:added", (event) => dressAll(event.target));
})();

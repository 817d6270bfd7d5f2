/* Enhancements only: every page works without this file. Behaviours hang on data- attributes. */
"use strict";
(() => {
  const status = document.getElementById("status");
  const say = (text) => {
    if (!status) return;
    status.textContent = "";
    window.setTimeout(() => { status.textContent = text; }, 60);
  };

  /* after a swap, read out the sentence the fragment carries; focus stays where it was */
  document.addEventListener("htmx:afterSettle", (event) => {
    const place = event.detail.target || event.target;
    const told = place.matches && place.matches("[data-announce]") ? place : place.querySelector("[data-announce]");
    if (told) say(told.dataset.announce || told.textContent.trim());
    prepare(place);
  });
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, () => say(document.body.dataset.swapFailed || ""));
  }

  /* the list of errors takes the focus, once */
  const errors = document.querySelector("[data-focus]");
  if (errors) errors.focus();

  /* buttons that only make sense with a script appear now */
  function prepare(root) {
    for (const button of root.querySelectorAll("[data-print], [data-share]")) button.hidden = false;
  }
  prepare(document);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("[data-print], [data-share]");
    if (!button) return;
    if (button.matches("[data-print]")) { window.print(); return; }
    const url = button.dataset.share || window.location.href;
    try {
      if (navigator.share) { await navigator.share({ title: document.title, url }); return; }
      await navigator.clipboard.writeText(url);
      say(button.dataset.copied || "");
      const label = button.querySelector("[data-label]");
      if (label && button.dataset.copied) label.textContent = button.dataset.copied;
    } catch (refused) {
      if (refused.name !== "AbortError") say(url);
    }
  });

  /* Escape closes the open menu and gives the focus back to its button */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest && event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();

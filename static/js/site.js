/* Enhancements only: every page works without this file. Behaviours hang on data- attributes. */
"use strict";
(() => {
  const status = document.getElementById("status");
  const say = (text) => {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 60);
  };

  /* buttons that need a script appear */
  const reveal = (root) => root.querySelectorAll("[data-print], [data-share]").forEach((button) => { button.hidden = false; });
  reveal(document);

  /* the list of errors takes the focus, once */
  document.querySelector("[data-focus]")?.focus();

  /* after a swap, read out the sentence the fragment carries; focus stays where it was */
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    const told = target.closest("[data-announce]") || target.querySelector("[data-announce]");
    if (told) say(told.dataset.announce || told.textContent);
    reveal(target);
  });
  for (const failure of ["sendError", "timeout", "responseError"]) {
    document.addEventListener("htmx:" + failure, () => say(document.body.dataset.swapFailed));
  }

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-print], [data-share]");
    if (!button) return;
    if ("print" in button.dataset) return print();
    const { share: url, copied } = button.dataset;
    try {
      if (navigator.share) return await navigator.share({ title: document.title, url });
      await navigator.clipboard.writeText(url);
      say(copied);
      button.querySelector("[data-label]").textContent = copied;
    } catch (refused) {
      if (refused.name !== "AbortError") say(url);
    }
  });
})();

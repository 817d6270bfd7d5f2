/* Enhancements only: every page works without this file. Behaviours hang on data- attributes. */
"use strict";
(() => {
  const status = document.getElementById("status");
  const say = (text) => {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 60);
  };

  /* buttons that need a script appear */
  const reveal = (root) => root.querySelectorAll("[data-print], [data-share], [data-here]").forEach((button) => { button.hidden = false; });
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

  /* the commune where one stands, to a hundredth of a degree: about a kilometre, and nothing finer leaves the device */
  const here = (button) => navigator.geolocation.getCurrentPosition(async ({ coords }) => {
    const at = new URLSearchParams({ lat: coords.latitude.toFixed(2), lon: coords.longitude.toFixed(2) });
    const answer = await fetch(button.dataset.here + "?" + at).then((got) => got.json()).catch(() => ({}));
    if (!answer.lieu) return say(answer.detail || button.dataset.failed);
    button.form.elements.lieu.value = answer.lieu;
    button.form.requestSubmit();
  }, () => say(button.dataset.failed));

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-print], [data-share], [data-here]");
    if (!button) return;
    if ("here" in button.dataset) return here(button);
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

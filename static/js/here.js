/* "Around me": the commune where one stands, put in the search. The page works without this file. */
"use strict";
(() => {
  const say = (text) => { document.getElementById("status").textContent = text; };
  const reveal = (root) => root.querySelectorAll("[data-here]").forEach((button) => { button.hidden = false; });
  reveal(document);
  document.addEventListener("htmx:afterSettle", ({ target }) => reveal(target));

  /* the commune where one stands, to a hundredth of a degree: about a kilometre, and nothing finer leaves the device */
  const here = (button) => navigator.geolocation.getCurrentPosition(async ({ coords }) => {
    const at = new URLSearchParams({ lat: coords.latitude.toFixed(2), lon: coords.longitude.toFixed(2) });
    const answer = await fetch(button.dataset.here + "?" + at).then((got) => got.json()).catch(() => ({}));
    if (!answer.lieu) return say(answer.detail || button.dataset.failed);
    button.form.elements.lieu.value = answer.lieu;
    button.form.requestSubmit();
  }, () => say(button.dataset.failed));

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-here]");
    if (button) here(button);
  });
})();

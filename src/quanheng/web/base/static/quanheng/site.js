// What pages of the site need beyond htmx: the focus goes to what went wrong, and a form is sent once.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".findings, [aria-invalid=true]")?.focus();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get" || form.hasAttribute("data-many")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

// A page that comes back from the history of the browser can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

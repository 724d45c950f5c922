// What pages of the site need beyond htmx: the focus goes to what went wrong, a form is sent once, and a table
// of which more lies to the right is marked there.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".findings, [aria-invalid=true]")?.focus();
});

const more = (part) =>
  part.classList.toggle("more", part.scrollWidth - part.clientWidth - part.scrollLeft > 1);
const parts = new ResizeObserver((seen) => seen.forEach((one) => more(one.target.closest(".scroll"))));

document.addEventListener("DOMContentLoaded", () => {
  for (const part of document.querySelectorAll(".scroll")) {
    part.addEventListener("scroll", () => more(part), { passive: true });
    for (const one of [part, ...part.children]) parts.observe(one);
  }
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

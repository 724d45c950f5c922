// Whoever does nothing for long is signed out, and is told two minutes before: one key and the time begins anew.
// Who types is not idle, though the site does not hear of it: the page says so by itself.
// What another tab asks of the site counts as well, since all of them have one session.
"use strict";

(() => {
  const form = document.getElementById("idle");
  if (!form) return;
  const [told, button, again] = form.querySelectorAll("[role=alert], button, a");
  const words = form.dataset;
  const limit = Number(words.seconds) * 1000;
  const warned = Math.min(120_000, limit / 2);
  const store = "quanheng-heard";
  let own = 0;
  let state = "";
  let typed = false;
  let before = null;

  const heard = () => {
    own = Date.now();
    try {
      localStorage.setItem(store, own);
    } catch {
      // A browser that keeps nothing: each tab counts for itself.
    }
    look();
  };
  const last = () => {
    try {
      return Math.max(own, Number(localStorage.getItem(store)) || 0);
    } catch {
      return own;
    }
  };
  const clock = (moment) => new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  const show = (wanted, text) => {
    if (wanted === state) return;
    state = wanted;
    const held = form.contains(document.activeElement);
    form.hidden = !wanted;
    button.hidden = wanted === "over";
    again.hidden = wanted !== "over";
    told.textContent = text;
    if (!held) return;
    if (wanted) again.focus();
    else before?.focus();
  };
  const look = () => {
    const ends = last() + limit;
    const left = ends - Date.now();
    if (typed && left > 0 && left <= warned) stay();
    else if (left <= 0) show("over", words.over);
    else if (left <= warned) show("soon", words.soon.replace("{time}", clock(ends)));
    else show("", "");
  };

  form.addEventListener("focusin", (event) => {
    if (!form.contains(event.relatedTarget)) before = event.relatedTarget;
  });
  const stay = async () => {
    typed = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      heard();
    } catch {
      if (navigator.onLine) show("over", words.over);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    stay();
  });
  document.addEventListener("input", () => {
    typed = true;
  });
  document.addEventListener("htmx:afterRequest", heard);
  document.addEventListener("quanheng:heard", heard);
  document.addEventListener("visibilitychange", look);
  heard();
  setInterval(look, Math.min(5_000, warned / 4));
})();

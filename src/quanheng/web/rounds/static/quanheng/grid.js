// The grid of a reporter: arrows and Enter, paste with a look beforehand and one undo, unsaved text that stays.
// Without it the form works as it is. What an input method is composing is never touched.
"use strict";

(() => {
  const table = document.getElementById("grid");
  const form = document.getElementById("grid-form");
  if (!table || !form) return;
  const words = table.dataset;
  const live = document.getElementById("live");
  const dialog = document.getElementById("paste");
  const undoButton = document.getElementById("undo");
  const inputs = [...table.querySelectorAll("tbody input")];
  const byName = new Map(inputs.map((input) => [input.name, input]));
  const store = `quanheng-grid ${words.who} ${location.pathname} ${form.elements.part.value}`;
  let undone = null;
  let sending = false;

  const say = (text) => {
    live.textContent = "";
    live.append(Object.assign(document.createElement("p"), { className: "news", textContent: text }));
  };
  const changed = () => inputs.filter((input) => input.value !== input.defaultValue);
  const seen = JSON.parse(form.elements.seen.value || "{}");
  const remember = () => {
    const texts = changed().map((input) => [input.name, [input.value, seen[input.name] || 0]]);
    try {
      sessionStorage.setItem(store, JSON.stringify(Object.fromEntries(texts)));
    } catch {
      // A browser that keeps nothing: the page itself still has the text.
    }
  };
  const mark = (input) => input.classList.toggle("changed", input.value !== input.defaultValue);
  const put = (texts) => {
    for (const [name, text] of Object.entries(texts)) {
      const input = byName.get(name);
      if (!input) continue;
      input.value = text;
      mark(input);
    }
    remember();
  };

  // --- what was typed and not saved --------------------------------------------------------------
  // It was typed beside the version that was seen then. One that somebody saved since is another: the form
  // says which was seen, so that it is asked about instead of being written over.
  try {
    const kept = Object.entries(JSON.parse(sessionStorage.getItem(store) || "{}"));
    if (words.kept) sessionStorage.removeItem(store);
    else if (kept.some(([name, [text]]) => byName.has(name) && byName.get(name).value !== text)) {
      for (const [name, [, version]] of kept) if (byName.has(name)) seen[name] = version;
      form.elements.seen.value = JSON.stringify(seen);
      put(Object.fromEntries(kept.map(([name, [text]]) => [name, text])));
      say(words.restored);
    }
  } catch {
    // The same.
  }
  table.addEventListener("input", (event) => {
    undone = null;
    undoButton.hidden = true;
    mark(event.target);
    remember();
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      say(words.offline);
      return;
    }
    sending = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && changed().length) event.preventDefault();
  });

  // --- arrows and Enter ----------------------------------------------------------------------------
  const at = (input) => [input.closest("tr").rowIndex, input.closest("td").cellIndex];
  const go = (input, down, right) => {
    let [row, column] = at(input);
    for (;;) {
      row += down;
      column += right;
      const cell = table.rows[row]?.cells[column];
      if (!cell) return;
      const next = cell.querySelector("input");
      if (next) {
        next.focus();
        next.select();
        return;
      }
    }
  };
  table.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.isComposing || event.keyCode === 229 || input.tagName !== "INPUT") return;
    if (undone && event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const still = input.selectionStart === input.selectionEnd;
    const moves = {
      Enter: () => [event.shiftKey ? -1 : 1, 0],
      ArrowDown: () => [1, 0],
      ArrowUp: () => [-1, 0],
      ArrowLeft: () => (all || (still && input.selectionStart === 0) ? [0, -1] : null),
      ArrowRight: () => (all || (still && input.selectionStart === input.value.length) ? [0, 1] : null),
    };
    const step = Object.hasOwn(moves, event.key) && !(event.shiftKey && event.key !== "Enter") && moves[event.key]();
    if (!step) return;
    event.preventDefault();
    go(input, ...step);
  });

  // --- paste -----------------------------------------------------------------------------------------
  const undo = () => {
    if (!undone) return;
    put(undone);
    undone = null;
    undoButton.hidden = true;
    say(words.undone);
  };
  undoButton.addEventListener("click", undo);
  table.addEventListener("paste", async (event) => {
    const block = event.clipboardData?.getData("text/plain") ?? "";
    const input = event.target;
    if (input.tagName !== "INPUT" || !/[\t\n]/.test(block.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const data = new FormData(form);
    data.set("block", block);
    data.set("at", input.name);
    try {
      const answer = await fetch(words.preview, { method: "POST", body: data, redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      dialog.innerHTML = await answer.text();
      document.dispatchEvent(new Event("quanheng:heard"));
    } catch {
      say(words.offline);
      return;
    }
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value === "take") {
      const texts = {};
      const before = {};
      for (const row of dialog.querySelectorAll("[data-name]")) {
        const name = row.dataset.name;
        if (!byName.has(name)) continue;
        before[name] = byName.get(name).value;
        texts[name] = row.dataset.text;
      }
      put(texts);
      undone = before;
      undoButton.hidden = false;
      say(words.taken.replace("{n}", Object.keys(texts).length));
    }
    dialog.close();
  });
})();

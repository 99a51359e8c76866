// The page by keyboard: "/" reaches the search box, j and k walk the hits, "?" tells of it. Nothing needs it.
"use strict";

const KEYS_OFF = "keys-off"; // single keys disturb some who speak to their computer: they can be switched off
const dialog = document.getElementById("keys");
const keySwitch = dialog.querySelector("input");

function keysAreOff() {
  try {
    return localStorage.getItem(KEYS_OFF) === "yes";
  } catch {
    return false; // storage is refused: the keys work, the choice is not kept
  }
}

function focusSearchBox() {
  const box = document.querySelector('main .search-box input[type="search"]')
    ?? document.querySelector('.search-box input[type="search"]');
  box?.focus();
  box?.select();
}

// On a list the hits' titles, on a report the paragraphs in which a searched word is marked.
function stops() {
  const titles = [...document.querySelectorAll(".hits .hit h3 a")];
  if (titles.length > 0) return titles;
  const marked = [...document.querySelectorAll(".report-text mark")].map((mark) => mark.closest("[id]"));
  return [...new Set(marked)].filter(Boolean);
}

function presentStop(all) {
  const focused = all.findIndex((one) => one === document.activeElement || one.closest(".hit")?.contains(document.activeElement));
  return focused >= 0 ? focused : all.findIndex((one) => one.id !== "" && `#${one.id}` === location.hash);
}

function walk(step) {
  const all = stops();
  if (all.length === 0) return false;
  const present = presentStop(all);
  const next = all[Math.min(Math.max(present + step, 0), all.length - 1)];
  if (next.matches("a")) {
    next.focus({ preventScroll: true });
    next.closest(".hit").scrollIntoView({ block: "nearest" });
  } else {
    location.replace(`#${next.id}`); // marks the paragraph, and adds nothing to the way back
  }
  return true;
}

const ACTIONS = {
  "/": () => focusSearchBox(),
  "?": () => dialog.showModal(),
  j: () => walk(1),
  k: () => walk(-1),
  ArrowDown: () => document.activeElement.matches(".hits .hit h3 a") && walk(1),
  ArrowUp: () => document.activeElement.matches(".hits .hit h3 a") && walk(-1),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable], dialog");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const action = ACTIONS[event.key];
  if (!action || (keysAreOff() && event.key.length === 1)) return;
  if (action() !== false) event.preventDefault();
});

const opener = document.querySelector("button[data-opens=keys]");
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());
keySwitch.checked = !keysAreOff();
keySwitch.addEventListener("change", () => {
  try {
    localStorage.setItem(KEYS_OFF, keySwitch.checked ? "no" : "yes");
  } catch {
    keySwitch.checked = true;
  }
});

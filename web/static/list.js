// A reading list kept in this browser alone: ids in localStorage, shown by the page whose address names them.
"use strict";

const LIST_KEY = "reading-list";
const MOST_LISTED = 200; // as web/reading_list.py has it

function readList() {
  try {
    const ids = JSON.parse(localStorage.getItem(LIST_KEY) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return []; // storage is refused, or holds what is not ours
  }
}

function writeList(ids) {
  try {
    localStorage.setItem(LIST_KEY, JSON.stringify(ids.slice(0, MOST_LISTED)));
  } catch {
    return; // storage is refused or full: the addresses still carry lists
  }
}

function showList() {
  const ids = readList();
  for (const link of document.querySelectorAll("[data-list-link]")) {
    const path = link.dataset.listLink;
    link.href = ids.length > 0 ? `${path}?${new URLSearchParams(ids.map((id) => ["id", id]))}` : path;
    link.querySelector(".list-count").textContent = ids.length > 0 ? String(ids.length) : "";
  }
  for (const button of document.querySelectorAll("button[data-list-add]")) {
    const isListed = ids.includes(button.dataset.listAdd);
    button.hidden = false;
    button.textContent = isListed ? button.dataset.added : button.dataset.add;
    button.setAttribute("aria-pressed", String(isListed));
  }
}

for (const button of document.querySelectorAll("button[data-list-add]")) {
  button.addEventListener("click", () => {
    const ids = readList();
    const id = button.dataset.listAdd;
    writeList(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
    showList();
  });
}

const listShown = document.querySelector("[data-list]");
if (listShown) {
  const ids = listShown.dataset.list.trim().split(/\s+/);
  const keep = listShown.querySelector("button[data-list-keep]");
  const clear = listShown.querySelector("button[data-list-clear]");
  const offer = () => {
    const kept = readList();
    keep.hidden = ids.every((id) => kept.includes(id));
    clear.hidden = kept.length === 0;
    showList();
  };
  keep.addEventListener("click", () => { writeList([...new Set([...readList(), ...ids])]); offer(); });
  clear.addEventListener("click", () => { writeList([]); offer(); });
  offer();
}

showList();
addEventListener("storage", showList); // another window of this browser added one

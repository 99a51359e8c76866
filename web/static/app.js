// Two comforts that the pages do without: copying with one click, and "/" to reach the search box.
"use strict";

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break; // only secure addresses have one; the text can still be selected
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const text = button.dataset.copyFrom === "href" ? source.href : source.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = button.dataset.copied;
    } catch {
      button.textContent = button.dataset.notCopied;
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector('.search-box input[type="search"]');
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// Suggestions while typing: a combobox with a list box (WAI-ARIA Authoring Practices). Without this the form searches.
const SUGGEST_PAUSE_MS = 120;

function offerSuggestions(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestLabel);
  list.hidden = true;
  box.after(list);

  let pause = 0;
  let asked = null;
  let chosen = -1;

  const becomeCombobox = () => { // a plain search field until somebody types: there is nothing to choose from before
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
  };
  const show = (isShown) => {
    if (!box.hasAttribute("role")) becomeCombobox();
    list.hidden = !isShown;
    box.setAttribute("aria-expanded", String(isShown));
    if (!isShown) choose(-1);
  };
  const choose = (number) => {
    chosen = number;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    if (number < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[number].id);
  };
  const toOption = (one, number) => {
    const option = document.createElement("li");
    option.id = `${list.id}-${number}`;
    option.setAttribute("role", "option");
    option.dataset.address = one.address;
    const kind = document.createElement("span");
    kind.className = "suggestion-kind";
    kind.textContent = one.count === null ? one.label : `${one.label} · ${one.count}`;
    option.append(one.text, kind);
    return option;
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const typed = box.value.trim();
    if (!typed) return show(false);
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (!answer.ok) return show(false);
      const { suggestions } = await answer.json();
      list.replaceChildren(...suggestions.map(toOption));
      choose(-1);
      show(suggestions.length > 0 && document.activeElement === box);
    } catch {
      show(false); // typed on, or offline: the form still searches
    }
  };

  box.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(ask, SUGGEST_PAUSE_MS);
  });
  box.addEventListener("compositionend", () => { pause = setTimeout(ask, SUGGEST_PAUSE_MS); });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") choose(chosen + 1 < count ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.address);
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => { if (!list.hidden) show(false); });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
    event.preventDefault(); // the box keeps the focus
  });
}

document.querySelectorAll("input[data-suggest]").forEach(offerSuggestions);

// A facet's search box narrows the listed values at once; its button asks the server, which knows them all.
for (const box of document.querySelectorAll("input[data-filters]")) {
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    const facet = box.closest(".facet");
    const rest = facet.querySelector(".facet-rest");
    if (rest && wanted) rest.open = true;
    for (const value of facet.querySelectorAll("li.value")) {
      const label = value.querySelector(".value-label").textContent.toLowerCase();
      value.hidden = wanted !== "" && !label.includes(wanted);
    }
  });
}

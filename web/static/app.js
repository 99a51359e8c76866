// Comforts that the pages do without: copying with one click, suggestions, narrowing a list while typing, citing selected words.
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
    for (const value of facet.querySelectorAll(".value-toggle")) {
      const label = value.firstElementChild.textContent.toLowerCase();
      value.parentElement.hidden = wanted !== "" && !label.includes(wanted);
    }
  });
}

// Any selected words of a report can be cited: the link carries them with what stands around and where they stood.
// The server finds them again, marks them, and says so where a newer version no longer has them.
const CONTEXT_CHARS = 32;
const MOST_QUOTED_CHARS = 600;

function paragraphOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest(".report-text [id^=p]");
}

function textOf(range) { // what the stored text holds: not the numbers and notes that the page puts in
  const holder = document.createElement("div");
  holder.append(range.cloneContents());
  holder.querySelectorAll(".gap, .anchor, .shared-by").forEach((one) => one.remove());
  return [...holder.querySelectorAll("[id^=p]")].length > 1
    ? [...holder.children].map((one) => one.textContent).join("\n")
    : holder.textContent;
}

function textBetween(paragraph, startNode, startOffset, endNode, endOffset) {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  if (startNode) range.setStart(startNode, startOffset);
  if (endNode) range.setEnd(endNode, endOffset);
  return textOf(range);
}

function quotationAddress(holder, range) {
  const first = paragraphOf(range.startContainer);
  const last = paragraphOf(range.endContainer) ?? first;
  if (!first) return null;
  const selected = textOf(range);
  const quote = selected.trim();
  if (!quote) return null;
  const before = textBetween(first, null, 0, range.startContainer, range.startOffset);
  const after = last.contains(range.endContainer) ? textBetween(last, range.endContainer, range.endOffset, null, 0) : "";
  const offset = [...before].length + [...selected].length - [...selected.trimStart()].length;
  const address = new URL(holder.dataset.citePath, location.href);
  const values = {
    quote: [...quote].slice(0, MOST_QUOTED_CHARS).join(""),
    prefix: [...before].slice(-CONTEXT_CHARS).join(""),
    suffix: [...after].slice(0, CONTEXT_CHARS).join(""),
    at: first.tagName === "TR" ? "" : `${first.id.slice(1)}.${offset}`,
    version: holder.dataset.version,
  };
  for (const [name, value] of Object.entries(values)) if (value) address.searchParams.set(name, value);
  address.hash = "cited";
  return address.href;
}

function offerCiting(holder) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite-selection";
  button.textContent = holder.dataset.citeLabel;
  button.hidden = true;
  holder.after(button); // right behind the text: the next stop of the Tab key after a selection made by keyboard
  const chosen = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    return holder.contains(range.commonAncestorContainer) ? range : null;
  };
  let address = null;
  document.addEventListener("selectionchange", () => {
    const range = chosen();
    if (!range && document.activeElement === button) return; // it was reached by Tab: keep what was selected
    address = range && quotationAddress(holder, range);
    button.hidden = !address;
    button.textContent = holder.dataset.citeLabel;
  });
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  document.addEventListener("keydown", (event) => { // who selects by keyboard is far from the button
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || button.hidden) return;
    if (!event.target.closest("input, textarea, select, [contenteditable]")) button.click();
  });
  button.addEventListener("click", async () => {
    if (!address) return;
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = holder.dataset.citedLabel;
    } catch { // no clipboard without a secure address: the browser's own address bar then has the link
      button.textContent = holder.dataset.notCitedLabel;
      location.assign(address);
    }
  });
}

document.querySelectorAll(".report-text[data-cite-path]").forEach(offerCiting);

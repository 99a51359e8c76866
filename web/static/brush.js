// A span of years drawn over the histogram becomes the limits of the search. Without this the two boxes beside it do.
"use strict";

const MOVED_PIXELS = 5; // less is a click on one year
const SVG_NAMES = "http://www.w3.org/2000/svg";

function brushable(figure) {
  const svg = figure.querySelector("svg");
  const targets = [...svg.querySelectorAll("[data-year]")];
  const wash = document.createElementNS(SVG_NAMES, "rect");
  wash.setAttribute("class", "brush");
  wash.setAttribute("height", "44");
  let from = null; // where the pointer went down: its x and its bar
  let isDrawn = false;

  const barAt = (x) => {
    const box = svg.getBoundingClientRect();
    const at = Math.floor(((x - box.left) / box.width) * targets.length);
    return Math.min(Math.max(at, 0), targets.length - 1);
  };
  const spanTo = (x) => [from.bar, barAt(x)].sort((one, other) => one - other);
  const drop = () => {
    from = null;
    wash.remove();
  };
  const draw = (event) => {
    if (from === null) return;
    isDrawn ||= Math.abs(event.clientX - from.x) > MOVED_PIXELS;
    if (!isDrawn) return;
    const [first, last] = spanTo(event.clientX);
    wash.setAttribute("x", String(first * 10));
    wash.setAttribute("width", String((last - first + 1) * 10));
    svg.append(wash);
  };
  const finish = (event) => {
    if (from === null) return;
    const [first, last] = spanTo(event.clientX);
    drop();
    if (!isDrawn) return;
    const address = new URL(figure.dataset.brush, location.href);
    address.searchParams.set("from", targets[first].dataset.year);
    address.searchParams.set("to", targets[last].dataset.year);
    location.assign(address);
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, bar: barAt(event.clientX) };
    isDrawn = false;
  });
  addEventListener("pointermove", draw);
  addEventListener("pointerup", finish);
  addEventListener("pointercancel", drop);
  addEventListener("keydown", (event) => { if (event.key === "Escape") drop(); });
  svg.addEventListener("dragstart", (event) => event.preventDefault()); // a link would be dragged instead
  svg.addEventListener("click", (event) => { if (isDrawn) event.preventDefault(); }, true);
}

document.querySelectorAll("[data-brush]").forEach(brushable);

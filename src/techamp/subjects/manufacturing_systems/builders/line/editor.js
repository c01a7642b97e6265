// Moving a station with a finger or a mouse: hold it, drag it to another place, let go. The panel's buttons do the same by keyboard.

const SVG = "http://www.w3.org/2000/svg";
const HOLD = 9; // px that a finger may tremble before it drags
let held = null;

const floor = () => document.querySelector("[data-floor]");
const stations = (svg) => [...svg.querySelectorAll("[data-station]")];

function point(svg, event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [at.x, at.y];
}

function middle(place) {
  const box = place.querySelector(".st-box");
  const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
  return [x + w / 2, y + h / 2, w, h];
}

// The station nearest to a point: the held one takes its place.
function nearest(svg, x, y) {
  let best = null, far = Infinity;
  for (const place of stations(svg)) {
    const [cx, cy] = middle(place), d = (cx - x) ** 2 + (cy - y) ** 2;
    if (d < far) [best, far] = [place, d];
  }
  return best;
}

document.addEventListener("pointerdown", (event) => {
  const place = event.target.closest?.("[data-floor] [data-station]");
  if (!place || event.button) return;
  held = { place, svg: place.ownerSVGElement, x: event.clientX, y: event.clientY, moving: false, pointer: event.pointerId, target: null };
});

document.addEventListener("pointermove", (event) => {
  if (!held || event.pointerId !== held.pointer) return;
  if (!held.svg.isConnected) { held = null; return; } // a new picture came meanwhile
  if (!held.moving && Math.hypot(event.clientX - held.x, event.clientY - held.y) < HOLD) return;
  if (!held.moving) {
    held.moving = true;
    held.place.classList.add("held");
    held.mark = document.createElementNS(SVG, "path");
    held.mark.setAttribute("class", "drop-mark");
    held.svg.append(held.mark);
    try { held.svg.setPointerCapture(held.pointer); } catch { /* the pointer is gone already */ }
  }
  event.preventDefault();
  held.target = nearest(held.svg, ...point(held.svg, event));
  const [x, y, w, h] = middle(held.target);
  held.mark.setAttribute("d", `M${x - w / 2} ${y + h / 2 + 6}H${x + w / 2}`);
});

function drop(event, keep) {
  if (!held || event.pointerId !== held.pointer) return;
  const { place, target, moving, mark } = held;
  held = null;
  if (!moving) return;
  mark.remove();
  place.classList.remove("held");
  addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
  if (keep && target && target !== place)
    document.dispatchEvent(new CustomEvent("workshop:do", { detail: `to ${target.dataset.station}:${place.dataset.place}` }));
}
document.addEventListener("pointerup", (event) => drop(event, true));
document.addEventListener("pointercancel", (event) => drop(event, false));
document.addEventListener("dragstart", (event) => { if (floor()?.contains(event.target)) event.preventDefault(); });

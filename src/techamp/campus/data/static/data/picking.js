// Picking points: tap one, draw across several, drag the line of a phase; or the same by arrow keys and buttons.
import { entries, write } from "./row_list.js";

const NEAR = 14; // px around the line of a phase that take hold of it
const SVG = "http://www.w3.org/2000/svg";

export const pickable = (host, form) => {
  const panel = host?.querySelector("[data-pick]");
  if (!panel || panel.dataset.ready) return;
  panel.dataset.ready = "1";
  panel.hidden = false;
  new Picker(host, panel, form);
};

class Picker {
  #points; #panel; #form; #views; #said; #actions; #word; #fault;
  #from = -1; #to = -1;

  constructor(host, panel, form) {
    this.#points = JSON.parse(host.querySelector("#picks").textContent);
    this.#panel = panel;
    this.#form = form;
    this.#said = panel.querySelector("[data-said]");
    this.#actions = panel.querySelector("[data-actions]");
    this.#word = panel.querySelector("#pick-word");
    this.#fault = panel.querySelector("#pick-fault");
    this.#views = [...host.querySelectorAll(".drawing svg")].map(svg => new View(svg, this.#points.length));
    for (const view of this.#views) this.#listen(view);
    for (const button of panel.querySelectorAll("[data-go]"))
      button.addEventListener("click", () => this.#step(Number(button.dataset.go), false));
    for (const box of form.querySelectorAll("[data-rows]")) this.#offer(box);
  }

  #offer(box) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn", textContent: box.dataset.action });
    button.addEventListener("click", () => this.#apply(box));
    this.#actions.append(button);
  }

  #listen(view) {
    const surface = view.svg.parentElement;
    surface.classList.add("pickable");
    surface.tabIndex = 0;
    surface.setAttribute("role", "slider");
    surface.setAttribute("aria-label", this.#panel.querySelector("#pick-hint").textContent);
    surface.setAttribute("aria-valuemin", "1");
    surface.setAttribute("aria-valuemax", String(this.#points.length));
    surface.setAttribute("aria-valuenow", "1"); // a slider must have one; the words say that nothing is chosen yet
    surface.setAttribute("aria-valuetext", this.#said.textContent);
    surface.addEventListener("keydown", event => this.#key(event));
    let start = -1, phase = null;
    surface.addEventListener("pointerdown", event => {
      if (event.button) return;
      phase = this.#phaseAt(view, view.at(event));
      start = view.nearest(event);
      surface.setPointerCapture(event.pointerId);
      if (!phase) this.#choose(start, start);
    });
    surface.addEventListener("pointermove", event => {
      if (start < 0) return;
      const now = view.nearest(event);
      phase ? this.#choose(now, now) : this.#choose(start, now);
    });
    surface.addEventListener("pointerup", () => {
      if (phase && this.#from !== start) this.#movePhase(phase);
      start = -1; phase = null;
    });
    surface.addEventListener("pointercancel", () => { start = -1; phase = null; });
  }

  #key(event) {
    const far = this.#points.length;
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -far, End: far }[event.key];
    if (!step) return;
    event.preventDefault();
    this.#step(step, event.shiftKey);
  }

  #step(by, wider) {
    const last = this.#points.length - 1;
    const to = Math.min(last, Math.max(0, (this.#to < 0 && by > 0 ? -1 : this.#to) + by));
    this.#choose(wider && this.#from >= 0 ? this.#from : to, to);
  }

  #choose(from, to) {
    [this.#from, this.#to] = [from, to];
    const first = this.#points[Math.min(from, to)], last = this.#points[Math.max(from, to)];
    const said = first === last ? `${first.name} · ${first.y}` : `${first.name} – ${last.name}`;
    this.#said.textContent = said;
    this.#actions.hidden = false;
    for (const view of this.#views) {
      view.mark(Math.min(from, to), Math.max(from, to));
      view.svg.parentElement.setAttribute("aria-valuenow", String(to + 1));
      view.svg.parentElement.setAttribute("aria-valuetext", said);
    }
  }

  #rows() {
    const rows = [this.#points[this.#from].row, this.#points[this.#to].row].sort((a, b) => a - b);
    return rows[0] === rows[1] ? `${rows[0]}` : `${rows[0]}-${rows[1]}`;
  }

  #apply(box) {
    const word = this.#word.value.replace(/[;\n]/g, ",").trim();
    if (box.dataset.rows === "required" && !word) {
      this.#fault.textContent = this.#fault.dataset.need;
      this.#word.focus();
      return;
    }
    this.#fault.textContent = "";
    write(box, [...entries(box), word ? `${this.#rows()}: ${word}` : this.#rows()]);
  }

  // The lines of phases stand before the first point of each: its row is in the box whose entries may go without a word.
  #phaseAt(view, x) {
    const box = this.#form.querySelector('[data-rows="optional"]');
    if (!box) return null;
    for (const entry of entries(box)) {
      const row = Number(/^\d+/.exec(entry)?.[0]), index = this.#points.findIndex(point => point.row >= row);
      if (index > 0 && Math.abs(view.between(index) - x) < NEAR) return { box, entry };
    }
    return null;
  }

  #movePhase({ box, entry }) {
    const word = entry.includes(":") ? entry.slice(entry.indexOf(":")) : "";
    write(box, entries(box).map(other => (other === entry ? `${this.#points[this.#to].row}${word}` : other)));
  }
}

// One drawing (a page may hold one for a phone and one for a desk): where its points stand.
class View {
  #xs; #band;

  constructor(svg, count) {
    this.svg = svg;
    this.#xs = [...svg.querySelectorAll(".c-now-dot")].slice(0, count).map(dot => Number(dot.getAttribute("cx")));
    this.#band = document.createElementNS(SVG, "rect");
    this.#band.setAttribute("class", "c-picked");
    svg.append(this.#band);
  }

  at(event) {
    const box = this.svg.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * this.svg.viewBox.baseVal.width;
  }

  nearest(event) {
    const x = this.at(event);
    let best = 0;
    this.#xs.forEach((other, i) => { if (Math.abs(other - x) < Math.abs(this.#xs[best] - x)) best = i; });
    return best;
  }

  between(index) { return (this.#xs[index - 1] + this.#xs[index]) / 2; }

  mark(first, last) {
    const left = this.#xs[first] - 5, height = this.svg.viewBox.baseVal.height;
    const place = { x: left, y: 22, width: this.#xs[last] - left + 5, height: height - 64 };
    for (const [name, value] of Object.entries(place)) this.#band.setAttribute(name, value);
  }
}

// The bench in the browser: replays the trace in the scene, keeps undo and redo, carries the run before along as its ghost.
// The server computes every run; without this file the page still runs by its form.
import { Live } from "./live.js";

const form = document.getElementById("bench-form");
const result = document.getElementById("result");          // the picture; what a run gave besides lies below the inputs
const more = document.getElementById("more");
const bench = document.querySelector(".bench");
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

class Player {
  #scene; #time = 0; #end = 0; #begin = 0; #playing = false; #last = 0; #root; #trace; #stop = new AbortController();
  static async start(root, hands) {
    const player = new Player();
    await player.#mount(root, hands);
    return player;
  }
  async #mount(root, hands) {
    const host = root.querySelector("[data-scene]");
    if (!host) return;
    this.#root = root;
    this.#trace = JSON.parse(root.querySelector("[data-trace]").textContent);
    const ghost = JSON.parse(root.querySelector("[data-ghost]").textContent);
    const { mount } = await import(host.dataset.scene);
    if (!host.isConnected) return;
    host.hidden = false;
    root.querySelector("[data-player]").hidden = false;
    this.#scene = mount(host, this.#trace, { ghost, reduced: reduced.matches, strings: {}, ...hands });
    [this.#begin, this.#end] = [0, this.#trace.t.at(-1) ?? 0];
    this.#wire();
    this.#show(this.#end);
  }
  #wire() {
    const on = (name, what, act) => this.#root.querySelector(`[data-${name}]`).addEventListener(what, act, { signal: this.#stop.signal });
    on("play", "click", () => this.#toggle());
    on("back", "click", () => this.#step(-1));
    on("forward", "click", () => this.#step(1));
    on("scrub", "input", event => { this.#pause(); this.#show(this.#begin + (this.#end - this.#begin) * event.target.value / 1000); });
    addEventListener("resize", () => { this.#scene.resize?.(); this.#scene.draw(this.#time); }, { signal: this.#stop.signal });
  }
  #toggle() {
    if (this.#playing) return this.#pause();
    if (this.#time >= this.#end) this.#time = this.#begin;
    if (reduced.matches) return this.#step(1);
    this.#playing = true;
    this.#root.querySelector("[data-play]").setAttribute("aria-pressed", "true");
    this.#last = performance.now();
    requestAnimationFrame(now => this.#frame(now));
  }
  #pause() {
    this.#playing = false;
    this.#root.querySelector("[data-play]").setAttribute("aria-pressed", "false");
    this.#say();
  }
  #frame(now) {
    if (!this.#playing || !this.#root.isConnected) return;
    const speed = Number(this.#root.querySelector("[data-speed]").value);
    const whole = 240;                                     // seconds for the whole trace at ×1
    this.#show(Math.min(this.#end, this.#time + (now - this.#last) / 1000 * speed * (this.#end - this.#begin) / whole), false);
    this.#last = now;
    if (this.#time >= this.#end) return this.#pause();
    requestAnimationFrame(next => this.#frame(next));
  }
  #step(way) {
    this.#pause();
    const at = this.#trace.t;
    const next = way > 0 ? at.find(t => t > this.#time + 1e-9) : at.findLast(t => t < this.#time - 1e-9);
    this.#show(next ?? (way > 0 ? this.#end : this.#begin));
  }
  #show(time, say = true) {
    this.#time = time;
    this.#scene.draw(time);
    const share = this.#end > this.#begin ? (time - this.#begin) / (this.#end - this.#begin) : 1;
    const scrub = this.#root.querySelector("[data-scrub]");
    scrub.value = Math.round(1000 * share);
    const clock = `${time.toFixed(this.#end < 20 ? 1 : 0)} of ${this.#end.toFixed(0)} ${this.#trace.unit}`;
    scrub.setAttribute("aria-valuetext", clock);
    this.#root.querySelector("[data-clock]").textContent = clock;
    if (say) this.#say();
  }
  #say() {
    const words = this.#scene.describe?.(this.#time);
    if (words) this.#root.querySelector("[data-now]").textContent = words;
  }
  end() { this.#stop.abort(); this.#scene?.destroy?.(); this.#playing = false; }
}

class History {
  #past = []; #future = []; #now;
  constructor(query) { this.#now = query; }
  add(query) {
    if (query === this.#now) return;
    this.#past.push(this.#now); this.#future = []; this.#now = query;
  }
  undo() { if (!this.#past.length) return null; this.#future.push(this.#now); return this.#now = this.#past.pop(); }
  redo() { if (!this.#future.length) return null; this.#past.push(this.#now); return this.#now = this.#future.pop(); }
  get canUndo() { return this.#past.length > 0; }
  get canRedo() { return this.#future.length > 0; }
}

if (form && result) {
  const live = new Live(form, bench);
  live.take();
  // What a scene may do to the inputs: the same as typing them into the form, so that undo and ghost go on.
  const hands = { free: name => Boolean(form.elements.namedItem(name)), set: values => fill(new URLSearchParams(values)) };
  let player = await Player.start(result, hands);
  const history = new History(result.querySelector("[data-query]")?.value ?? "");
  const button = name => form.querySelector(`[data-${name}]`);
  const show = () => {
    for (const name of ["undo", "redo", "reset", "share"]) button(name).hidden = false;
    button("undo").disabled = !history.canUndo;
    button("redo").disabled = !history.canRedo;
  };
  const fill = query => {
    for (const [name, value] of new URLSearchParams(query)) {
      const box = form.elements.namedItem(name);
      if (!box) continue;
      const field = box instanceof RadioNodeList ? [...box].at(-1) : box;
      if (field.type === "checkbox") field.checked = value === "on" || value === "True"; else field.value = value;
      const slider = field.closest(".ctl")?.querySelector("input[type=range]");
      if (slider) slider.value = value;
    }
    sort();
    form.dispatchEvent(new Event("rerun"));
  };
  const mirror = () => {
    for (const twin of document.querySelectorAll("[data-mirror]")) {
      const box = form.elements.namedItem(twin.dataset.mirror);
      const field = box instanceof RadioNodeList ? [...box].at(-1) : box;   // a tick box has a hidden "off" before it
      if (field) twin.value = field.type === "checkbox" ? (field.checked ? "on" : "off") : field.value;
    }
  };
  // An input that another one makes meaningless is out of the way.
  const sort = () => {
    for (const box of form.querySelectorAll("[data-when]")) {
      const chosen = form.elements.namedItem(box.dataset.when)?.value;
      if (chosen !== undefined) box.hidden = !box.dataset.values.split(" ").includes(chosen) && !box.classList.contains("bad");
    }
  };
  let going = false;                                        // an undo or redo is under way: it is no new step
  button("undo").addEventListener("click", () => { const query = history.undo(); if (query) { going = true; fill(query); } });
  button("redo").addEventListener("click", () => { const query = history.redo(); if (query) { going = true; fill(query); } });
  form.querySelector("[data-new-luck]").addEventListener("click", () => {
    form.elements.seed.value = Math.floor(Math.random() * 1e6);
    form.dispatchEvent(new Event("rerun"));
  });
  button("share").addEventListener("click", async () => {
    const link = new URL(`${location.pathname}?step=run&${result.querySelector("[data-query]").value}`, location);
    await navigator.clipboard.writeText(link);
    form.querySelector("[data-said]").textContent = "Link copied: it holds the inputs and the luck.";
  });
  if (matchMedia("(max-width: 59.99rem)").matches && !location.hash && !document.querySelector("[data-focus]"))
    document.querySelector(".steps")?.scrollIntoView({ block: "start" });   // on a phone the step fills the screen
  // There the picture comes first: one tap opens the inputs over at most a third of the screen.
  const fold = form.querySelector("details.fold");
  if (fold && matchMedia("(max-width: 59.99rem)").matches && !fold.querySelector(".bad")) fold.open = false;
  // What she opened or closed stays so from run to run.
  const folds = new Map();
  more.addEventListener("toggle", ({ target }) => { if (target.dataset.fold) folds.set(target.dataset.fold, target.open); }, true);
  document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    for (const one of detail.fragment.querySelectorAll("[data-fold]"))
      if (folds.has(one.dataset.fold)) one.open = folds.get(one.dataset.fold);
  });
  form.addEventListener("input", mirror);
  form.addEventListener("change", mirror);
  form.addEventListener("change", sort);
  result.addEventListener("htmx:beforeSwap", () => player?.end());
  form.addEventListener("htmx:sendError", () => live.offline());
  result.addEventListener("htmx:afterSettle", async () => {
    const query = result.querySelector("[data-query]").value;
    if (!going) { history.add(query); }
    going = false;
    form.elements.was.value = query;
    sort();
    mirror();
    show();
    live.take();
    player = await Player.start(result, hands);
  });
  show();
}

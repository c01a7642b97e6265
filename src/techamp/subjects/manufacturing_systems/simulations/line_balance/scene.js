// Line balance: tasks as blocks on stations, held against takt, and each station at work for an hour.
// The trace has one row for each visit of a part to a station (started, ended, left, in minutes). Where the page lets her
// change inputs (options.set), a tap on a task and then on a station moves it; so do the arrow keys. The form does the same.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  takt: "takt {takt} s",
  out: "{out} out; takt asks for {asked}",
  add: "empty",
  part: "no. {part}",
  blocked: "blocked",
  waits: "waits",
  over: "+{over}",
  task: "{letter} · {name}, {seconds} s",
  after: ", after {after}",
  tap: "Tap a task, then the station that should do it.",
  move: "{letter} {seconds} s: {name}{after}. At station {station}.",        // begins with what stands on the block
  group: "Tasks on stations. Arrow keys move a task to another station.",
  start: "{stations} stations, with a takt of {takt} s. The hour begins.",
  stopped: "The line cannot run: {pairs}.",
  pair: "{a} must come before {b}",
  now: "Minute {minute}: {out} out, and takt asks for {asked}. {states}",
  works: "Station {n} works on no. {part}, {spent} of {load} s.",
  isBlocked: "Station {n} is blocked.",
  isWaiting: "Station {n} waits for a part.",
};

// What is held between two runs: the scene is made anew after each.
let held = { task: -1, focus: false };

function make(parent, tag, attributes = {}, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  parent.append(node);
  return node;
}

const put = (node, attributes) => { for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value); };
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const px = (value) => Math.round(value * 10) / 10;

export function mount(host, trace, options = {}) {
  const { letters, names, seconds, arcs, chosen, numbers, most, takt, broken } = trace.fixed;
  const { part: parts, station: places, started, ended, left } = trace.columns;
  const say = { ...STRINGS, ...options.strings };
  const open = letters.map((letter) => Boolean(options.set && options.free?.(`task_${letter.toLowerCase()}`)));
  const canMove = open.some(Boolean), runs = broken.length === 0 && parts.length > 1;
  const columns = Math.min(most, Math.max(...numbers) + (canMove ? 1 : 0));
  const loads = Array.from({ length: columns }, (_, s) => sum(letters.map((_, j) => (chosen[j] === s + 1 ? seconds[j] : 0))));
  const before = letters.map((_, j) => arcs.filter(([, b]) => b === j).map(([a]) => a));
  const visits = Array.from({ length: numbers.length }, () => []);
  parts.forEach((part, i) => { if (part >= 0) visits[places[i]].push({ part, from: started[i], to: ended[i], left: left[i] }); });
  visits.forEach((list) => list.sort((a, b) => a.from - b.from));
  const first = Math.min(...parts.filter((part) => part >= 0), Infinity);
  const done = visits.at(-1).map((visit) => visit.left).sort((a, b) => a - b);
  const stop = new AbortController();
  let svg, view, cells, blocks, words, now = 0;

  function sum(values) { return values.reduce((a, b) => a + b, 0); }

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, height = wide ? 350 : 284;
    const top = 30, bottom = height - (wide ? 58 : 52), heaviest = Math.max(...loads);
    const scale = Math.max(heaviest * 1.16, Math.min(takt * 1.1, heaviest * 1.6));
    const cell = (width - 12) / columns;
    view = { width, wide, height, top, bottom, cell, x: (s) => 6 + s * cell, y: (s) => px(bottom - (bottom - top) * Math.min(s, scale) / scale), scale };
    const role = canMove ? { role: "group", "aria-label": say.group } : { "aria-hidden": "true" };
    svg = make(host, "svg", { class: "scene-balance", viewBox: `0 0 ${width} ${height}`, width, height, ...role });
    make(svg, "path", { class: "hair", d: `M6 ${bottom}H${width - 6}` });
    cells = Array.from({ length: columns }, (_, s) => station(s));
    blocks = letters.map((_, j) => block(j));
    const line = view.y(takt), high = takt > scale;
    make(svg, "path", { class: "takt", d: `M6 ${line}H${width - 6}` });
    make(svg, "text", { class: "strong halo", x: 8, y: px(line - 6) }, fill(say.takt, { takt: takt.toFixed(0) }) + (high ? " ↑" : ""));
    arrows();
    words = { out: make(svg, "text", { class: "num strong halo", x: width - 8, y: 15, "text-anchor": "end" }), hint: make(svg, "text", { class: "soft", x: 8, y: height - 8 }) };
    hint();
  }

  function station(s) {
    const { cell, bottom, top, height } = view, x = view.x(s), at = numbers.indexOf(s + 1);
    const found = { at };
    if (canMove) {
      found.target = make(svg, "rect", { class: "target", x: px(x + 1), y: top, width: px(cell - 2), height: height - top - 26 });
      found.target.addEventListener("click", () => drop(s + 1), { signal: stop.signal });
    }
    found.level = make(svg, "rect", { class: "level", x: px(x + 3), width: px(cell - 6), y: bottom, height: 0 });
    make(svg, "text", { class: "strong", x: px(x + cell / 2), y: bottom + 15, "text-anchor": "middle" }, `${s + 1}`);
    found.state = make(svg, "text", { class: "soft num", x: px(x + cell / 2), y: bottom + 30, "text-anchor": "middle" }, at < 0 ? say.add : "");
    found.line = make(svg, "path", { class: "work" });
    const over = Math.round(loads[s] - takt);
    if (over > 0) make(svg, "text", { class: "lost halo", x: px(x + cell / 2), y: px(view.y(loads[s]) - 5), "text-anchor": "middle" }, fill(say.over, { over }));
    return found;
  }

  function block(j) {
    const s = chosen[j] - 1, under = sum(letters.map((_, k) => (k < j && chosen[k] === chosen[j] ? seconds[k] : 0)));
    const y = view.y(under + seconds[j]), high = view.y(under) - y, x = view.x(s), wrong = broken.some((pair) => pair.includes(j));
    const group = make(svg, "g", { class: `task${wrong ? " wrong" : ""}${j === held.task && canMove ? " held" : ""}${over(under + seconds[j]) ? " over" : ""}` });
    make(group, "rect", { x: px(x + 3), y: px(y + 1), width: px(view.cell - 6), height: px(Math.max(2, high - 2)), rx: 3 });
    const label = view.cell > 74 ? `${letters[j]} ${seconds[j]} s` : letters[j];
    if (high > 13) make(group, "text", { class: "letter", x: px(x + view.cell / 2), y: px(y + high / 2 + 4), "text-anchor": "middle" }, label);
    if (open[j]) touch(group, j);
    return group;
  }

  const over = (load) => load > takt + 1e-6;
  const facts = (j) => ({ letter: letters[j], name: names[j], seconds: seconds[j], station: chosen[j], after: before[j].length ? fill(say.after, { after: before[j].map((a) => letters[a]).join(", ") }) : "" });

  function touch(group, j) {
    const on = (what, act) => group.addEventListener(what, act, { signal: stop.signal });
    put(group, { role: "button", tabindex: 0, "aria-pressed": String(j === held.task), "aria-label": fill(say.move, facts(j)) });
    // With a task in hand, a tap on a task of another station means that station.
    on("click", () => { if (held.task >= 0 && chosen[j] !== chosen[held.task]) drop(chosen[j]); else pick(j, false); });
    on("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(j, true); return; }
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      held = { task: j, focus: true };
      move(j, chosen[j] + step);
    });
  }

  function pick(j, focus) {
    held = { task: held.task === j ? -1 : j, focus };
    blocks.forEach((group, k) => {
      group.classList.toggle("held", k === held.task);
      if (open[k]) put(group, { "aria-pressed": String(k === held.task) });
    });
    arrows();
    hint();
  }

  function drop(station) {
    const task = held.task;
    held = { task: -1, focus: false };
    move(task, station);
  }

  function move(j, station) {
    if (j < 0 || !open[j] || station < 1 || station > most || station === chosen[j]) return;
    options.set({ [`task_${letters[j].toLowerCase()}`]: `${station}` });
  }

  const middle = (j) => {
    const under = sum(letters.map((_, k) => (k < j && chosen[k] === chosen[j] ? seconds[k] : 0)));
    return [view.x(chosen[j] - 1) + view.cell / 2, view.y(under + seconds[j] / 2)];
  };

  // Arrows that are turned around, always; those of the task in hand, while it is held.
  function arrows() {
    svg.querySelectorAll(".arrow").forEach((node) => node.remove());
    for (const [a, b] of arcs) {
      const wrong = broken.some(([p, q]) => p === a && q === b);
      if (!wrong && !(canMove && (a === held.task || b === held.task))) continue;
      const [x1, y1] = middle(a), [x2, y2] = middle(b), bend = Math.min(y1, y2) - 16, angle = Math.atan2(y2 - bend, x2 - (x1 + x2) / 2);
      const head = [-0.45, 0.45].map((turn) => `M${px(x2)} ${px(y2)}L${px(x2 - 8 * Math.cos(angle + turn))} ${px(y2 - 8 * Math.sin(angle + turn))}`).join("");
      make(svg, "path", { class: `arrow${wrong ? " wrong" : ""}`, d: `M${px(x1)} ${px(y1)}Q${px((x1 + x2) / 2)} ${px(bend)} ${px(x2)} ${px(y2)}${head}` });
    }
  }

  function hint() {
    if (!canMove) { words.hint.textContent = ""; return; }
    const text = held.task < 0 ? say.tap : fill(say.task, facts(held.task)) + (view.wide ? facts(held.task).after : "");
    words.hint.textContent = text;
  }

  // What the station that runs as number k does at t: works, is blocked, or waits.
  function state(k, t) {
    const visit = visits[k].findLast((one) => one.from <= t + 1e-9);
    if (!visit || visit.left <= t) return { kind: "waits" };
    return visit.to > t ? { kind: "works", part: visit.part - first + 1, spent: (t - visit.from) * 60 } : { kind: "blocked", part: visit.part - first + 1 };
  }

  const outAt = (t) => done.filter((moment) => moment <= t + 1e-9).length;
  const askedAt = (t) => (t * 60 / takt).toFixed(1);

  function draw(t) {
    now = t;
    words.out.textContent = runs ? fill(say.out, { out: outAt(t), asked: askedAt(t) }) : "";
    cells.forEach((cell, s) => {
      if (cell.at < 0 || !runs) return;
      const found = state(cell.at, t), x = view.x(s);
      cell.state.textContent = found.kind === "works" ? fill(say.part, found) : say[found.kind];
      cell.state.setAttribute("class", found.kind === "works" ? "soft num" : "lost");
      const spent = found.kind === "works" ? found.spent : found.kind === "blocked" ? loads[s] : 0, y = view.y(spent);
      put(cell.level, { y, height: px(view.bottom - y), class: `level ${found.kind}` });
      put(cell.line, { d: found.kind === "works" ? `M${px(x + 1)} ${y}H${px(x + view.cell - 1)}` : "" });
    });
  }

  function describe(t) {
    if (!runs) return fill(say.stopped, { pairs: broken.map(([a, b]) => fill(say.pair, { a: letters[a], b: letters[b] })).join(", ") });
    if (t >= trace.t.at(-1)) return trace.fixed.summary;
    if (t <= 0) return fill(say.start, { stations: numbers.length, takt: takt.toFixed(0) });
    const states = numbers.map((n, k) => {
      const found = state(k, t);
      if (found.kind === "blocked") return fill(say.isBlocked, { n });
      return found.kind === "waits" ? fill(say.isWaiting, { n }) : fill(say.works, { n, part: found.part, spent: found.spent.toFixed(0), load: loads[n - 1] });
    });
    return fill(say.now, { minute: t.toFixed(1), out: outAt(t), asked: askedAt(t), states: states.join(" ") });
  }

  layout();
  draw(0);
  if (held.focus && held.task >= 0 && open[held.task]) blocks[held.task].focus({ preventScroll: true });
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { stop.abort(); svg.remove(); } };
}

// Setups and batches: lots that wait for the lathe, the lathe at work or in changeover, and below it, for each length, the orders that
// gather and the time that it was turned. The trace has one row for each shaft (min); fixed.spells are [kind, length, from, to] with 1 broken
// and 2 changeover; fixed.waiting are more shafts that are seen but not turned: [length, ordered, released, started, ended, left]. See model.md.

const SVG = "http://www.w3.org/2000/svg";
const DAY = 900;

const STRINGS = {
  turning: "Turning: {name}", changing: "Changeover to {name}: {done} of {all} min", broken: "Broken", free: "No lot is released",
  queue: "lots waiting", out: "{out} moved on", gather: "ordered", time: "turned, changed over",
  clock: "Day {day}, {hours} h", inside: "{n} ordered and not ready", before: "{n} at this moment in the run before",
  of: "{n}/{lot}", count: "{n}",
  now: "Day {day}, {hours} hours: {lathe}. {lots} {gathering} {inside} shafts are ordered and not ready, and {out} have moved on.",
  nolots: "No lot waits.", lots: "{n} lots wait with {shafts} shafts.", lot: "One lot waits with {shafts} shafts.",
  gathering: "Gathering: {each}.", each: "{name} {n}", eachof: "{name} {n} of {lot}",
  saysturning: "the lathe turns {name}", sayschanging: "the lathe is changed over to {name}", saysbroken: "the lathe is broken", saysfree: "the lathe is free",
};

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
const box = (x, y, w, h) => `M${px(x)} ${px(y)}h${px(w)}v${px(h)}h${px(-w)}z`;

// How many of `sorted` are at or below `value`.
function upTo(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1; else high = middle;
  }
  return low;
}

// Moments of each length in order, lots as they are released, and what the lathe turns when.
function read(trace) {
  const { length, ordered, released, started, ended, left } = trace.columns, { names, waiting, spells } = trace.fixed, end = trace.t.at(-1);
  const all = waiting.map(([k, ...moments]) => ({ k, moments }));
  length.forEach((k, i) => { if (k >= 0) all.push({ k, moments: [ordered[i], released[i], started[i], ended[i], left[i]] }); });
  const sorted = (k, what) => all.filter((one) => one.k === k).map((one) => one.moments[what]).sort((a, b) => a - b);
  const by = (what) => names.map((_, k) => sorted(k, what));
  const lots = new Map();
  for (const { k, moments } of all) {
    const key = `${k} ${moments[1]}`;
    if (!lots.has(key)) lots.set(key, { k, released: moments[1], starts: [] });
    lots.get(key).starts.push(moments[2]);
  }
  for (const lot of lots.values()) lot.starts.sort((a, b) => a - b);
  const shafts = all.map(({ k, moments }) => ({ k, from: moments[2], to: moments[3] })).filter((one) => one.to > 0 && one.from < end).sort((a, b) => a.from - b.from);
  const runs = [];
  for (const { k, from, to } of shafts) {
    const last = runs.at(-1);
    if (last && last.k === k && from - last.to < 0.05) last.to = to; else runs.push({ k, from, to });
  }
  return {
    end, shafts, runs, spells, begins: shafts.map((one) => one.from), ordered: by(0), released: by(1), left: by(4),
    lots: [...lots.values()].filter((lot) => lot.released < end).sort((a, b) => a.starts[0] - b.starts[0] || a.released - b.released),
  };
}

export function mount(host, trace, options = {}) {
  const { names, lot, setup } = trace.fixed, it = read(trace);
  const ghost = options.ghost && options.ghost.fixed && options.ghost.fixed.spells ? read(options.ghost) : null;
  const say = { ...STRINGS, ...options.strings };
  let svg, part, view, now = 0;

  const inside = (of, t) => of.ordered.reduce((sum, list, k) => sum + upTo(list, t) - upTo(of.left[k], t), 0);
  const out = (t) => it.left.reduce((sum, list) => sum + upTo(list, t) - upTo(list, 0), 0);
  const gathering = (k, t) => upTo(it.ordered[k], t) - upTo(it.released[k], t);
  const mostGathered = Math.max(lot, ...names.map((_, k) => Math.max(...[...it.released[k], it.end].filter((t) => t > 0 && t <= it.end).map((t) => gathering(k, t - 0.01)))), 1);

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, many = names.length > 3;
    const top = wide ? 148 : 114, rowHeight = wide ? (many ? 25 : 46) : (many ? 19 : 38), head = wide ? 22 : 18, foot = wide ? 24 : 40;
    const height = top + head + rowHeight * names.length + foot;
    const label = wide ? 78 : 74, tray = wide ? Math.min(190, width * 0.17) : 58;
    view = { width, wide, top, rowHeight, head, height, label, tray, left: label + tray + (wide ? 62 : 12), right: width - 6 };
    svg = make(host, "svg", { class: "scene-lots", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { ...floor(), rows: names.map(row), ...ground() };
  }

  // The upper band: lots on a rail, the lathe, and the way out.
  function floor() {
    const { width, wide } = view, size = wide ? 58 : 40, y = wide ? 92 : 66, x = wide ? width * 0.56 : width * 0.5, reach = wide ? Math.min(250, width * 0.2) : 88;
    Object.assign(view, { size, y, x, reach });
    make(svg, "path", { class: "rail", d: `M4 ${y + size / 2 + 8}H${width - 4}` });
    make(svg, "text", { class: "soft", x: 4, y: y + size / 2 + 24 }, say.queue);
    const lots = make(svg, "path", { class: "lot" });
    const counts = Array.from({ length: wide ? 8 : 4 }, () => make(svg, "text", { class: "num halo", "text-anchor": "middle" }));
    make(svg, "rect", { class: "body", x: px(x - size), y: px(y - size / 2), width: px(size * 0.72), height: size, rx: 3 });
    make(svg, "path", { class: "axis", d: `M${px(x - size - 6)} ${y}H${px(x + reach + 14)}` });
    const dialAt = [x - size * 0.64, y], r = size * 0.25;
    view.dial = { x: dialAt[0], y: dialAt[1], r };
    make(svg, "circle", { class: "dial", cx: px(dialAt[0]), cy: y, r: px(r) });
    return {
      lots, counts, dialed: make(svg, "path", { class: "dialed" }),
      jaws: make(svg, "path", { class: "jaw" }), blank: make(svg, "path", { class: "blank" }), turned: make(svg, "path", { class: "turned" }),
      tool: make(svg, "path", { class: "tool" }), cross: make(svg, "path", { class: "cross" }),
      state: make(svg, "text", { x: px(x - size), y: px(y - size / 2 - 14) }),
      clock: make(svg, "text", { class: "num strong", x: 4, y: 15 }),
      out: make(svg, "text", { class: "num strong halo", x: width - 4, y: y + size / 2 + 24, "text-anchor": "end" }),
    };
  }

  const rowAt = (k) => view.top + view.head + k * view.rowHeight;
  const at = (t) => view.left + (view.right - view.left) * t / it.end;

  function row(name, k) {
    const y = rowAt(k), h = view.rowHeight - (view.wide ? 9 : names.length > 3 ? 3 : 7), { label, tray, left, right, wide } = view;
    if (k === 0) {
      make(svg, "text", { class: "soft", x: label, y: y - 7 }, say.gather);
      make(svg, "text", { class: "soft", x: left, y: y - 7 }, say.time);
    }
    make(svg, "text", { class: "strong", x: 4, y: px(y + h / 2 + 4) }, name);
    make(svg, "rect", { class: "tray", x: label, y, width: px(tray), height: h });
    make(svg, "rect", { class: "lane", x: px(left), y, width: px(right - left), height: h });
    return {
      ordered: make(svg, "rect", { class: "ordered", x: label + 1, y: y + 1, height: h - 2 }),
      count: make(svg, "text", { class: "num halo", x: px(wide ? label + tray + 5 : label + 4), y: px(y + h / 2 + 4) }),
      ran: make(svg, "path", { class: "ran" }), changed: make(svg, "path", { class: "changed" }), stood: make(svg, "path", { class: "stood" }), h,
    };
  }

  function ground() {
    const bottom = rowAt(names.length), { width, height } = view;
    for (let t = DAY; t < it.end; t += DAY) make(svg, "path", { class: "hair", d: `M${px(at(t))} ${view.top + view.head - 2}V${bottom - 4}` });
    return {
      cursor: make(svg, "path", { class: "cursor" }),
      inside: make(svg, "text", { class: "num strong", x: 4, y: height - (view.wide ? 6 : 22) }),
      before: make(svg, "text", { class: "num soft", x: view.wide ? width - 4 : 4, y: height - 6, "text-anchor": view.wide ? "end" : "start" }),
    };
  }

  // What the lathe does: a kind, the length it is about, and how far it is.
  function lathe(t) {
    const spell = it.spells.find(([, , from, to]) => from <= t && t < to), i = upTo(it.begins, t) - 1, shaft = it.shafts[i];
    const on = shaft && t < shaft.to ? shaft : null;
    if (spell && spell[0] === 2) return { kind: "changing", k: spell[1], done: t - spell[2], share: (t - spell[2]) / (spell[3] - spell[2]) };
    if (spell) return { kind: "broken", k: on ? on.k : -1, share: on ? (t - on.from) / (on.to - on.from) : 0 };
    return on ? { kind: "turning", k: on.k, share: (t - on.from) / (on.to - on.from) } : { kind: "free", k: shaft ? shaft.k : 0, share: 0 };
  }

  const queued = (t) => it.lots.filter((one) => one.released <= t).map((one) => ({ k: one.k, n: one.starts.length - upTo(one.starts, t) })).filter((one) => one.n > 0);
  const clock = (t) => ({ day: Math.min(Math.ceil(it.end / DAY), Math.floor(t / DAY) + 1), hours: (t < it.end ? (t % DAY) / 60 : DAY / 60).toFixed(1) });

  function draw(t) {
    now = t;
    part.clock.textContent = fill(say.clock, clock(t));
    part.out.textContent = fill(say.out, { out: out(t) });
    part.inside.textContent = fill(say.inside, { n: inside(it, t) });
    part.before.textContent = ghost ? fill(say.before, { n: inside(ghost, Math.min(t, ghost.end)) }) : "";
    drawQueue(queued(t));
    drawLathe(lathe(t));
    names.forEach((_, k) => drawRow(part.rows[k], k, t));
    put(part.cursor, { d: `M${px(at(t))} ${view.top + view.head - 3}V${px(rowAt(names.length) - 4)}` });
  }

  // Lots from the lathe backward; as tall as their shafts are long, as wide as there are shafts.
  function drawQueue(lots) {
    const { x, y, size, wide } = view, base = y + size / 2 + 7, room = x - size - 24;
    const all = lots.reduce((sum, one) => sum + one.n, 0), unit = Math.min(wide ? 2.2 : 1.1, (room - lots.length * 7) / Math.max(1, all));
    let right = x - size - 12, d = "";
    lots.forEach((one, i) => {
      const w = Math.max(2, one.n * unit), h = size * (0.42 + 0.5 * (one.k + 1) / names.length);
      d += box(right - w, base - h, w, h);
      for (let s = 1; w / one.n > 1.9 && s < one.n; s++) d += `M${px(right - s * w / one.n)} ${px(base - h)}v${px(h)}`;
      if (part.counts[i]) { put(part.counts[i], { x: px(right - w / 2), y: px(base - h - 5) }); part.counts[i].textContent = w > 16 ? `${one.n}` : ""; }
      right -= w + 7;
    });
    part.counts.slice(lots.length).forEach((node) => { node.textContent = ""; });
    put(part.lots, { d });
  }

  function drawLathe({ kind, k, done, share }) {
    const { x, y, size, reach, dial } = view, long = reach * (0.4 + 0.6 * (Math.max(0, k) + 1) / names.length), thick = size * 0.24;
    const loaded = kind === "turning" || (kind === "broken" && k >= 0), gap = kind === "changing" ? size * 0.2 : thick / 2;
    put(part.jaws, { d: box(x - size * 0.26, y - gap - 8, size * 0.26, 8) + box(x - size * 0.26, y + gap, size * 0.26, 8) });
    put(part.blank, { d: loaded ? box(x - 4, y - thick / 2, long + 4, thick) : "" });
    const cut = long * share, tip = x + long - cut;
    put(part.turned, { d: loaded && cut > 0.5 ? box(tip, y - thick * 0.34, cut, thick * 0.68) : "" });
    put(part.tool, { d: loaded ? `M${px(tip)} ${px(y + thick / 2)}l-5 13h14z` : "" });
    put(part.cross, { d: kind === "broken" ? `M${px(x - size + 6)} ${px(y - size / 2 + 6)}l${px(size * 0.5)} ${size - 12}m0 ${12 - size}l${px(-size * 0.5)} ${size - 12}` : "" });
    put(part.dialed, { d: kind === "changing" ? arc(dial, share) : "" });
    part.state.textContent = fill(say[kind], { name: (names[k] ?? "").toLowerCase(), done: Math.floor(done ?? 0), all: Math.round(10 * setup) / 10 });
    put(part.state, { class: { changing: "warn halo", broken: "bad halo" }[kind] ?? "strong halo", ...placed(part.state.textContent) });
  }

  // The state stands above the lathe, and never beyond the edge.
  function placed(text) {
    const wanted = text.length * 7.4, x = Math.min(view.x - view.size, view.width - 4 - wanted);
    return { x: px(Math.max(4, x)) };
  }

  function arc({ x, y, r }, share) {
    const turn = Math.min(0.9999, Math.max(0.0001, share)) * 2 * Math.PI;
    return `M${px(x)} ${px(y - r)}A${px(r)} ${px(r)} 0 ${turn > Math.PI ? 1 : 0} 1 ${px(x + r * Math.sin(turn))} ${px(y - r * Math.cos(turn))}`;
  }

  function drawRow(shown, k, t) {
    const n = gathering(k, t), y = rowAt(k), { h } = shown;
    put(shown.ordered, { width: px(Math.max(0, (view.tray - 2) * Math.min(1, n / mostGathered))) });
    shown.count.textContent = fill(lot ? say.of : say.count, { n, lot });
    const bars = (list, top, high) => list.reduce((d, [from, to]) => (from < t && to > 0 ? d + box(at(Math.max(0, from)), top, Math.max(0.6, at(Math.min(t, to)) - at(Math.max(0, from))), high) : d), "");
    put(shown.ran, { d: bars(it.runs.filter((run) => run.k === k).map((run) => [run.from, run.to]), y + 2, h - 4) });
    put(shown.changed, { d: bars(it.spells.filter(([kind, length]) => kind === 2 && length === k).map(([, , from, to]) => [from, to]), y, h) });
    put(shown.stood, { d: bars(it.spells.filter(([kind, , from]) => kind === 1 && (it.shafts[upTo(it.begins, from) - 1]?.k ?? 0) === k).map(([, , from, to]) => [from, to]), y, h) });
  }

  function describe(t) {
    const what = lathe(t), lots = queued(t), shafts = lots.reduce((sum, one) => sum + one.n, 0);
    const each = names.map((name, k) => fill(lot ? say.eachof : say.each, { name, n: gathering(k, t), lot })).join(", ");
    return fill(say.now, {
      ...clock(t), lathe: fill(say[`says${what.kind}`], { name: (names[what.k] ?? "").toLowerCase() }), inside: inside(it, t), out: out(t),
      lots: fill(lots.length === 0 ? say.nolots : lots.length === 1 ? say.lot : say.lots, { n: lots.length, shafts }),
      gathering: fill(say.gathering, { each }),
    });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

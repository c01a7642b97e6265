// Receiving inspection: the pallet on the bench with its sample, the tally, and all lots so far with the inspection they met.
// The trace has one row for each lot: bad motors in it, sampled, found, verdict (0 accepted, 1 rejected, 2 not looked at),
// escaped (bad ones that went on), inspection (index of fixed.names), spell (1: the supplier's bad time), cost so far (USD).

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  start: "The dock is empty; no lot has come in yet.",
  lot: "Lot {n} of {all}",
  inspection: "{name} inspection",
  none: "let through unseen",
  all: "every motor inspected",
  sample: "{taken} of {n} inspected",
  found: "{found} bad found",
  accepted: "ACCEPTED", rejected: "REJECTED", unseen: "LET THROUGH",
  sorted: "sorted here", back: "sent back",
  bill: "bill", before: "bill, before", rejectedLots: "lots rejected", escapedMotors: "bad on the line", inspected: "motors looked at",
  history: "bad motors in each lot", solid: "solid: went on to the line", hollow: "hollow: caught", cross: "×: lot rejected", gray: "gray: supplier's bad time",
  T: "tight", N: "normal", R: "reduced",
  stop: "Supplier stopped to mend its process",
  caption: "{lot}, {inspection}: {sample}, {found}; {verdict}. The lot held {bad} bad motors, {escaped} of them went on to the line. So far {rejected} lots rejected, {gone} bad motors on the line, a bill of ${cost}.{stop}",
  captionUnseen: "{lot} was {verdict}. It held {bad} bad motors, {escaped} of them went on to the line. So far {gone} bad motors on the line, a bill of ${cost}.",
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
const money = (value) => Math.round(value).toLocaleString("en-US");

// Where the motors of lot k lie: a fixed shuffle, so that the sample comes from all over the pallet.
function shuffled(k, size) {
  const places = Array.from({ length: size }, (_, i) => i);
  let state = (k + 1) * 2654435761 >>> 0;
  for (let i = size - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor(state / 4294967296 * (i + 1));
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places;
}

function running(values) {
  let sum = 0;
  return values.map((value) => (sum += value));
}

export function mount(host, trace, options = {}) {
  const { spell, bad, inspection, sampled, found, verdict, escaped, stopped, cost } = trace.columns;
  const { size, names, back } = trace.fixed;
  const all = bad.length, say = { ...STRINGS, ...options.strings };
  const rejects = running(verdict.map((v) => (v === 1 ? 1 : 0))), gone = running(escaped);
  const looked = running(sampled.map((n, k) => (verdict[k] === 1 && !back ? size : n)));
  const ghost = options.ghost && options.ghost.columns && options.ghost.columns.cost ? options.ghost.columns.cost : null;
  const tallest = Math.max(4, ...bad);
  let svg, part, view, now = 0, places = [], placed = -1;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620;
    const height = wide ? 364 : 290, bench = wide ? 208 : 164, columns = Math.ceil(size / 10);
    const room = wide ? width * 0.6 : width - 20, cell = Math.min(wide ? 15 : 11, (room - 16) / columns, wide ? 13.5 : 10.5);
    view = { width, wide, height, bench, columns, cell, gx: 16, gy: wide ? 34 : 28 };
    view.gw = columns * cell; view.gh = 10 * cell;
    svg = make(host, "svg", { class: "scene-lots", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { ...pallet(), ...tally(), ...history() };
  }

  function pallet() {
    const { gx, gy, gw, gh, bench, width } = view;
    const title = make(svg, "text", { class: "strong", x: 10, y: 16 });
    const mode = make(svg, "text", { class: "soft end", x: view.wide ? px(gx + gw + 6) : width - 10, y: 16 });
    const load = make(svg, "g");
    make(load, "path", { class: "wood", d: `M${gx - 6} ${gy - 4}H${px(gx + gw + 6)}V${px(gy + gh + 4)}H${gx - 6}z` });
    make(load, "path", { class: "wood", d: [0, 0.42, 0.84].map((s) => `M${px(gx - 6 + s * (gw + 12))} ${px(gy + gh + 4)}h${px(0.16 * (gw + 12))}v6h${px(-0.16 * (gw + 12))}z`).join("") });
    const parts = {
      motors: make(load, "path", { class: "motor" }), taken: make(load, "path", { class: "taken" }),
      inside: make(load, "path", { class: "hidden-bad" }), hits: make(load, "path", { class: "found" }),
    };
    const stamp = make(svg, "g");
    const box = make(stamp, "rect", { class: "stamp", width: 132, height: 34, rx: 3 });
    const word = make(stamp, "text", { class: "word" });
    const after = make(svg, "text", { class: "soft", x: 10, y: bench - 4 });
    make(svg, "path", { class: "hair", d: `M0 ${bench + 4}H${width}` });
    return { title, mode, load, ...parts, stamp, box, word, after };
  }

  function tally() {
    const { width, wide, gx, gw, bench } = view;
    if (!wide) return { rows: [make(svg, "text", { class: "num end", x: width - 10, y: bench - 4 })] };
    const x = px(gx + gw + 28);
    make(svg, "path", { class: "hair", d: `M${x - 14} 0V${bench + 4}` });
    const labels = [say.bill, say.rejectedLots, say.escapedMotors, say.inspected, ...(ghost ? [say.before] : [])];
    const plan = [0, 1, 2].map((k) => make(svg, "text", { class: "soft", x, y: bench - 40 + 17 * k }));
    return {
      plan,
      rows: labels.map((label, k) => {
        make(svg, "text", { class: "soft", x, y: 18 + 21 * k }, label);
        return make(svg, "text", { class: k === 0 ? "num strong end" : "num end", x: width - 12, y: 18 + 21 * k });
      }),
    };
  }

  function history() {
    const { width, wide, height, bench } = view, top = bench + 22, floor = height - (wide ? 52 : 48), left = 56;
    Object.assign(view, { top, floor, left, right: width - 8 });
    make(svg, "text", { class: "soft", x: 10, y: bench + 18 }, say.history);
    if (wide) make(svg, "text", { class: "soft end", x: width - 10, y: bench + 18 }, `${say.solid} · ${say.hollow} · ${say.cross} · ${say.gray}`);
    else make(svg, "text", { class: "soft end", x: width - 10, y: bench + 18 }, say.cross);
    const spells = make(svg, "path", { class: "spell" });
    make(svg, "text", { class: "num soft end", x: left - 6, y: top + 12 }, String(tallest));
    make(svg, "text", { class: "num soft end", x: left - 6, y: floor + 1 }, "0");
    make(svg, "path", { class: "thin", d: `M${left} ${floor}H${width - 8}` });
    const levels = { 1: floor + 14, 0: floor + 27, 2: floor + 40 };
    if (trace.fixed.switching) [[1, say.T], [0, say.N], [2, say.R]].forEach(([k, label]) => make(svg, "text", { class: "soft end", x: left - 5, y: levels[k] + 4 }, label));
    else if (!wide) make(svg, "text", { class: "soft", x: left, y: floor + 18 }, `${say.solid}`);
    view.levels = levels;
    return {
      spells, caught: make(svg, "path", { class: "caught" }), gone: make(svg, "path", { class: "escaped" }),
      crosses: make(svg, "path", { class: "cross" }), level: make(svg, "path", { class: "level" }), halts: make(svg, "path", { class: "stopped" }),
    };
  }

  const at = (place) => [px(view.gx + (place % view.columns + 0.5) * view.cell), px(view.gy + (Math.floor(place / view.columns) + 0.5) * view.cell)];
  const dot = (place, r) => { const [x, y] = at(place); return `M${px(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`; };
  const mark = (place, r) => { const [x, y] = at(place); return `M${px(x - r)} ${px(y - r)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`; };

  // Which motors of lot k are bad: `found` of its sample, spread evenly over the order of inspection, the others behind it.
  function badPlaces(k) {
    const spread = (count, from, to) => Array.from({ length: count }, (_, i) => Math.floor(from + (to - from) * (i + 0.5) / count));
    return { seen: spread(found[k], 0, sampled[k]), unseen: spread(bad[k] - found[k], sampled[k], size) };
  }

  // Lot k, `share` of its sample inspected; `done` when the verdict is out.
  function drawPallet(k, share, slide, done) {
    if (placed !== k) { places = shuffled(k, size); placed = k; }
    const r = px(view.cell * 0.33), taken = Math.ceil(sampled[k] * share), { seen, unseen } = badPlaces(k);
    const hits = seen.filter((i) => i < taken);
    put(part.load, { transform: `translate(${px((slide - 1) * (view.gw + 40))} 0)` });
    put(part.motors, { d: places.slice(taken).map((p) => dot(p, r)).join("") });
    put(part.taken, { d: places.slice(0, taken).map((p) => dot(p, r)).join("") });
    put(part.hits, { d: hits.map((i) => mark(places[i], r + 1)).join("") });
    put(part.inside, { d: done ? unseen.map((i) => mark(places[i], r)).join("") : "" });
    part.title.textContent = fill(say.lot, { n: k + 1, all });
    part.mode.textContent = modeOf(k);
    if (part.plan) {
      const said = (trace.fixed.plans[names[inspection[k]].toLowerCase()] ?? "").split("; ");
      part.plan.forEach((line, j) => { line.textContent = said[j] ?? ""; });
    }
    drawVerdict(k, taken, hits.length, done);
  }

  const modeOf = (k) => (inspection[k] === 3 ? say.none : inspection[k] === 4 ? say.all : fill(say.inspection, { name: names[inspection[k]] }));
  const wordOf = (k) => [say.accepted, say.rejected, say.unseen][verdict[k]];

  function drawVerdict(k, taken, hits, done) {
    const refused = verdict[k] === 1, x = view.gx + view.gw / 2, y = view.gy + view.gh / 2;
    put(part.stamp, { visibility: done ? "visible" : "hidden", transform: `translate(${px(x)} ${px(y)}) rotate(-7)` });
    put(part.box, { class: `stamp ${refused ? "refused" : "passed"}`, x: -70, y: -18, width: 140 });
    put(part.word, { class: `word ${refused ? "refused" : "passed"}`, y: 6 });
    part.word.textContent = `${refused ? "✗ " : "✓ "}${wordOf(k)}`;
    const sample = inspection[k] === 3 ? "" : `${fill(say.sample, { taken, n: sampled[k] })}, ${fill(say.found, { found: hits })}`;
    const then = done && refused ? `; ${back ? say.back : say.sorted}` : "";
    part.after.textContent = done && stopped[k] ? say.stop : sample + then;
  }

  function drawTally(done) {
    const i = done - 1, bill = `$${money(done ? cost[i] : 0)}`;
    if (!view.wide) { part.rows[0].textContent = bill; return; }
    const shown = [bill, done ? rejects[i] : 0, done ? gone[i] : 0, money(done ? looked[i] : 0)];
    if (ghost) shown.push(`$${money(done ? ghost[Math.min(i, ghost.length - 1)] : 0)}`);
    shown.forEach((value, k) => { part.rows[k].textContent = value; });
  }

  function drawHistory(done) {
    const { left, right, top, floor, levels } = view, most = Math.max(20, Math.min(all, Math.floor((right - left) / 5)));
    const from = Math.max(0, done - most), step = (right - left) / most, bar = Math.min(14, step * 0.7);
    const scale = (floor - top - 6) / tallest;
    let spells = "", caught = "", went = "", crosses = "", level = "", halts = "";
    for (let k = from; k < done; k++) {
      const x = left + (k - from) * step, mid = x + step / 2, b = px(mid - bar / 2), whole = px(bad[k] * scale), out = px(escaped[k] * scale);
      if (spell[k]) spells += `M${px(x)} ${top}h${px(step)}V${floor}h${px(-step)}z`;
      if (bad[k] > escaped[k]) caught += `M${b} ${px(floor - out)}v${px(out - whole)}h${px(bar)}v${px(whole - out)}z`;
      if (escaped[k]) went += `M${b} ${floor}v${-out}h${px(bar)}v${out}z`;
      if (verdict[k] === 1) { const y = px(Math.max(top + 2, floor - whole - 7)); crosses += `M${px(mid - 3)} ${px(y - 3)}l6 6m0 -6l-6 6`; }
      if (trace.fixed.switching) level += `${k === from ? "M" : "L"}${px(x)} ${levels[inspection[k]]}H${px(x + step)}`;
      if (stopped[k]) halts += `M${px(x + step)} ${top}V${levels[2] + 4}`;
    }
    put(part.spells, { d: spells }); put(part.caught, { d: caught }); put(part.gone, { d: went });
    put(part.crosses, { d: crosses }); put(part.level, { d: level }); put(part.halts, { d: halts });
  }

  function draw(t) {
    now = t;
    const done = Math.max(0, Math.min(all, Math.floor(t + 1e-9))), rest = options.reduced || done === all ? 0 : t - done;
    if (rest > 0) {
      const share = Math.max(0, Math.min(1, (rest - 0.15) / 0.5));
      drawPallet(done, share, Math.min(1, rest / 0.12), rest > 0.7);
    } else if (done) drawPallet(done - 1, 1, 1, true);
    else drawPallet(0, 0, 1, false);
    drawTally(rest > 0.7 ? done + 1 : done);
    drawHistory(rest > 0.7 ? done + 1 : done);
  }

  function describe(t) {
    const done = Math.max(0, Math.min(all, Math.floor(t + 1e-9)));
    if (!done) return say.start;
    const k = done - 1;
    return fill(inspection[k] === 3 ? say.captionUnseen : say.caption, {
      lot: fill(say.lot, { n: done, all }), inspection: modeOf(k), sample: fill(say.sample, { taken: sampled[k], n: sampled[k] }),
      found: fill(say.found, { found: found[k] }), verdict: wordOf(k).toLowerCase(), bad: bad[k], escaped: escaped[k],
      rejected: rejects[k], gone: gone[k], cost: money(cost[k]), stop: stopped[k] ? ` ${say.stop}.` : "",
    });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

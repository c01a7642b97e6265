// The penny fab as a loop: A and B above, C and D below; a penny that leaves D comes back in at A. One penny is marked, to follow it.
// The trace has one row for each visit of a penny to a station: queued, started, ended on the machine, left (h). See model.md.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  station: "{name} · {hours} h",
  several: "{name} · {hours} h × {machines}",
  waiting: "{n} waiting",
  idle: "idle",
  some: "{n} idle",
  none: "No penny is out yet.",
  out: "{out} out in {hours} h: {rate} an hour",
  law: "× {time} h each = {product} of {wip} inside",
  before: "gray: the run before, {rate} an hour by now",
  start: "All {wip} pennies wait at station A; none is out yet.",
  now: "Hour {hour}: {out} pennies are out, {rate} an hour, {time} hours each on average. {stations}",
  nobody: "Hour {hour}: no penny is out yet. {stations}",
  working: "{name} works on {n}",
  resting: "{name} is idle",
  line: ", {n} waiting",
  tray: ", {n} done and on the tray",
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

// How many of `sorted` are at or below `value`.
function upTo(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1; else high = middle;
  }
  return low;
}

// What the scene asks of a trace: the visits of each penny in order, machine slots, every moment at which something moves, who is out.
function read(trace) {
  const { penny, station, queued, started, ended, left } = trace.columns, { wip, machines } = trace.fixed;
  const last = machines.length - 1, end = trace.t.at(-1);
  const rows = penny.map((_, i) => i).sort((a, b) => queued[a] - queued[b] || started[a] - started[b] || penny[a] - penny[b]);
  const visits = Array.from({ length: wip }, () => []);
  for (const i of rows) visits[penny[i]].push(i);
  const slot = new Array(penny.length), free = machines.map((m) => new Array(m).fill(-1));
  for (const i of [...rows].sort((a, b) => started[a] - started[b])) {
    const of = free[station[i]], j = of.findIndex((until) => until <= started[i] + 1e-6);
    slot[i] = Math.max(0, j);
    of[slot[i]] = ended[i];
  }
  const moments = [...new Set([...queued, ...started, ...ended, ...left].filter((v) => v <= end))].sort((a, b) => a - b);
  const out = [], entered = new Map();
  for (const i of rows) {
    if (station[i] === 0) entered.set(penny[i], queued[i]);
    if (station[i] === last && left[i] <= end) out.push([left[i], left[i] - entered.get(penny[i])]);
  }
  out.sort((a, b) => a[0] - b[0]);
  const sums = [0];
  for (const [, time] of out) sums.push(sums.at(-1) + time);
  return { visits, times: visits.map((list) => list.map((i) => queued[i])), slot, moments, out: out.map(([at]) => at), sums, end };
}

export function mount(host, trace, options = {}) {
  const { station, started, ended, left } = trace.columns, { wip, tray, names, hours, machines } = trace.fixed;
  const it = read(trace), glide = options.reduced ? 0 : it.end / 360;
  const ghost = options.ghost && options.ghost.fixed && options.ghost.fixed.wip ? read(options.ghost) : null;
  const say = { ...STRINGS, ...options.strings };
  let svg, part, cells, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 560, height = wide ? 352 : 284;
    const band = ghost ? 58 : 42, row = (height - band) / 2, half = width / 2, room = wide ? 170 : 74;
    view = { width, wide, height, band, row };
    cells = names.map((_, k) => {
      const top = k < 2, west = k === 0 || k === 3, x = west ? 6 : half + 4, across = half - 10;
      const y = top ? 24 : row + band + 4, tall = row - 30;
      const machine = { x: top ? x + across - room : x, y, w: room, h: tall };
      const queue = { x: top ? x : x + room + 6, y, w: across - room - 6, h: tall };
      return { top, west, x, across, machine, queue, label: top ? 15 : height - 6, toward: top ? -1 : 1 };
    });
    const step = pitch(cells[0].queue, wip, wide ? 40 : 27);
    view.step = step;
    view.r = Math.min(wide ? 17 : 11.5, Math.max(6.5, step / 2 - 1));
    svg = make(host, "svg", { class: "scene-pennies", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { ...paper(), ...pennies() };
  }

  // The widest spacing at which so many coins find a place.
  function pitch(box, count, most) {
    let step = most;
    while (step > 9 && Math.floor(box.w / step) * Math.floor(box.h / step) < count) step -= 0.5;
    return step;
  }

  // The loop, the machines with their slots, the labels.
  function paper() {
    const { width, height, row, band } = view, [ya, yb] = [24 + (row - 30) / 2, row + band + 4 + (row - 30) / 2];
    const inset = 6 + view.step / 2;
    make(svg, "path", { class: "loop", d: `M${inset} ${ya}H${width - inset}V${yb}H${inset}z` });
    for (const [x, y, dx] of [[width / 2, ya, 1], [width / 2, yb, -1]]) make(svg, "path", { class: "arrow", d: `M${x - 4 * dx} ${y - 4}l${5 * dx} 4l${-5 * dx} 4` });
    for (const [x, dy] of [[width - inset, 1], [inset, -1]]) make(svg, "path", { class: "arrow", d: `M${x - 4} ${height / 2 - 3 * dy}l4 ${5 * dy}l4 ${-5 * dy}` });
    const stations = cells.map((cell, k) => post(cell, k));
    const texts = [0, 1, 2].map((i) => make(svg, "text", { class: i === 2 ? "soft halo" : "num halo", x: width / 2, y: px(row + (ghost ? 16 : 18) + i * 17), "text-anchor": "middle" }));
    return { stations, texts };
  }

  function post(cell, k) {
    const { machine } = cell;
    make(svg, "rect", { class: "machine", x: machine.x, y: machine.y, width: machine.w, height: machine.h });
    cell.slots = Array.from({ length: machines[k] }, (_, j) => slotAt(machine, machines[k], j));
    const idle = cell.slots.map(([x, y, r]) => make(svg, "circle", { class: "slot", cx: px(x), cy: px(y), r: px(r) }));
    const arcs = cell.slots.map(() => make(svg, "path", { class: "arc" }));
    const values = { name: names[k], hours: hours[k], machines: machines[k] };
    make(svg, "text", { class: "strong", x: cell.x, y: cell.label }, fill(machines[k] > 1 ? say.several : say.station, values));
    return { idle, arcs, state: make(svg, "text", { class: "soft", x: cell.x + cell.across - (cell.west ? 12 : 0), y: cell.label, "text-anchor": "end" }) };
  }

  function slotAt(box, count, j) {
    const across = count === 1 ? 1 : view.wide && count > 4 ? 3 : 2, down = Math.ceil(count / across);
    const [w, h] = [box.w / across, box.h / down], r = Math.min(view.r + 5, w / 2 - 2, h / 2 - 1.5);
    return [box.x + w * (j % across + 0.5), box.y + h * (Math.floor(j / across) + 0.5), r];
  }

  // Coins, the marked one last, so that it lies on top.
  function pennies() {
    const coins = [];
    for (let p = wip - 1; p >= 0; p--) {
      const group = make(svg, "g", { class: p === 0 ? "coin mine" : "coin" });
      make(group, "circle", { class: "rim", r: view.r });
      make(group, "circle", { class: "face", r: px(view.r * 0.66) });
      make(group, "path", { class: "face", d: `M${px(view.r * 0.26)} ${px(-view.r * 0.26)}a${px(view.r * 0.36)} ${px(view.r * 0.36)} 0 1 0 0 ${px(view.r * 0.52)}M0 ${px(-view.r * 0.52)}V${px(view.r * 0.52)}` });
      coins[p] = group;
    }
    return { coins };
  }

  // A place in the queue: column by column, away from the machine, each column from its middle outward.
  function place(cell, n) {
    const { queue, toward } = cell, step = view.step, down = Math.max(1, Math.floor(queue.h / step));
    const column = Math.floor(n / down), k = n % down, off = (k % 2 ? 1 : -1) * Math.ceil(k / 2) - (down % 2 ? 0 : 0.5);
    const edge = toward < 0 ? queue.x + queue.w - step / 2 : queue.x + step / 2;
    return [edge + toward * column * step, queue.y + queue.h / 2 - off * step];
  }

  const visit = (p, t) => it.visits[p][Math.max(0, upTo(it.times[p], t) - 1)];

  // Where every penny is at one moment: [x, y] by penny.
  function places(t) {
    const at = new Array(wip), lines = names.map(() => []);
    for (let p = 0; p < wip; p++) {
      const i = visit(p, t), working = t >= started[i] && t < ended[i];
      if (working) at[p] = cells[station[i]].slots[it.slot[i]];
      if (!working || tray) lines[station[i]].push([p, i, working]);
    }
    lines.forEach((line, k) => {
      line.sort((a, b) => started[a[1]] - started[b[1]] || a[0] - b[0]);
      line.forEach(([p, , working], n) => { if (!working) at[p] = place(cells[k], n); });
    });
    return at;
  }

  // The places, averaged over the moment before t: coins glide, and the same t always looks the same.
  function gliding(t) {
    const from = t - glide;
    if (glide <= 0 || t <= 0) return places(Math.max(0, t));
    const cuts = [from, ...it.moments.slice(upTo(it.moments, from), upTo(it.moments, t)), t];
    const sum = Array.from({ length: wip }, () => [0, 0]);
    for (let i = 1; i < cuts.length; i++) {
      const share = (cuts[i] - cuts[i - 1]) / glide;
      if (share <= 0) continue;
      places(Math.max(0, (cuts[i] + cuts[i - 1]) / 2)).forEach(([x, y], p) => { sum[p][0] += share * x; sum[p][1] += share * y; });
    }
    return sum;
  }

  function draw(t) {
    now = t;
    gliding(t).forEach(([x, y], p) => put(part.coins[p], { transform: `translate(${px(x)} ${px(y)})` }));
    const counts = tally(t);
    part.stations.forEach((shown, k) => drawStation(shown, k, counts[k], t));
    drawTexts(t);
  }

  // What each station is doing: pennies worked on, waiting, done on the tray.
  function tally(t) {
    const counts = names.map(() => ({ work: [], waits: 0, done: 0 }));
    for (let p = 0; p < wip; p++) {
      const i = visit(p, t), of = counts[station[i]];
      if (t < started[i]) of.waits += 1; else if (t < ended[i]) of.work.push(i); else if (tray && t < left[i]) of.done += 1;
    }
    return counts;
  }

  function drawStation({ idle, arcs, state }, k, counts, t) {
    const busy = new Map(counts.work.map((i) => [it.slot[i], i]));
    idle.forEach((ring, j) => ring.setAttribute("class", busy.has(j) ? "slot" : "slot idle"));
    arcs.forEach((arc, j) => {
      const i = busy.get(j), share = i === undefined ? 0 : (t - started[i]) / Math.max(1e-9, ended[i] - started[i]);
      put(arc, { d: share > 0.004 ? round(cells[k].slots[j], Math.min(0.999, share)) : "" });
    });
    const free = machines[k] - counts.work.length;
    state.textContent = counts.waits ? fill(say.waiting, { n: counts.waits }) : free === machines[k] ? say.idle : free ? fill(say.some, { n: free }) : "";
    state.setAttribute("class", counts.waits || free < machines[k] ? "soft" : "warn");
  }

  function round([x, y, r], share) {
    const angle = 2 * Math.PI * share, to = `${px(x + r * Math.sin(angle))} ${px(y - r * Math.cos(angle))}`;
    return `M${px(x)} ${px(y - r)}A${px(r)} ${px(r)} 0 ${share > 0.5 ? 1 : 0} 1 ${to}`;
  }

  function soFar(of, t) {
    const out = upTo(of.out, t + 1e-9), rate = t > 0 ? out / t : 0, time = out ? of.sums[out] / out : 0;
    return { out, hours: t.toFixed(0), rate: rate.toFixed(3), time: time.toFixed(1), product: (rate * time).toFixed(1), wip };
  }

  function drawTexts(t) {
    const far = soFar(it, t), [first, second, third] = part.texts;
    first.textContent = far.out ? fill(say.out, far) : say.none;
    second.textContent = far.out ? fill(say.law, far) : "";
    third.textContent = ghost ? fill(say.before, soFar(ghost, Math.min(t, ghost.end))) : "";
  }

  function describe(t) {
    const counts = tally(t), far = soFar(it, t);
    if (t <= 0) return fill(say.start, { wip });
    const stations = counts.map(({ work, waits, done }, k) => (
      fill(work.length ? say.working : say.resting, { name: names[k], n: work.length })
      + (waits ? fill(say.line, { n: waits }) : "") + (done ? fill(say.tray, { n: done }) : "")
    )).join("; ");
    return fill(far.out ? say.now : say.nobody, { ...far, hour: t.toFixed(1), stations: `${stations}.` });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

// A gauge study at the bench: the micrometer closes on a shaft, the display shows a reading, and it is written down below.
// The trace has one row for each reading: part (-1 a master), who, trial, shown (µm from 8.000 mm), and where the truth may
// be seen true (µm) and speck (dirt between the anvils).

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  reading: "reading {n} of {all}", narrowReading: "{n} of {all}",
  shaft: "shaft {part}, {nth}",
  master: "master {size}",
  first: "1st reading", second: "2nd reading", third: "3rd reading", nth: "reading {n}",
  speck: "a speck",
  readings: "reading, mm",
  shafts: "shaft",
  trueSize: "bar: true size",
  ghost: "gray: before",
  bench: { hand: "hand micrometer", stand: "micrometer in a stand", fine: "bench micrometer" },
  start: "The {bench} lies open beside {shafts} shafts; nothing has been read yet.",
  taking: "Reading {n} of {all}: {who} measures {what}{trial}. The display shows {shown} mm{truth}{dirt}.",
  masterName: "the master of {size} mm",
  shaftName: "shaft {part}",
  trialName: ", trial {n}",
  off: "; that is {off} µm {side} its true size", exact: "; that is its true size",
  dirty: ", with a speck of dirt between the anvils",
  over: "above", under: "below",
  temperature: "20 °C",
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
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

// One mark for each operator: dot, cross, ring, triangle. Shape tells them apart, color only helps.
const MARKS = [
  (x, y) => `M${x} ${y}h0`,
  (x, y) => `M${x - 3} ${y - 3}l6 6m0 -6l-6 6`,
  (x, y) => `M${px(x - 3)} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`,
  (x, y) => `M${x} ${px(y - 3.5)}l3.5 6h-7z`,
];

export function mount(host, trace, options = {}) {
  const { part, who, trial, shown, true: size, speck } = trace.columns;
  const { names, shafts, step, bench, limits, nominal } = trace.fixed;
  const all = part.length, decimals = step < 0.25 ? 4 : step < 1 ? 4 : 3;
  const ghost = options.ghost && options.ghost.columns && options.ghost.columns.shown ? options.ghost.columns : null;
  const say = { ...STRINGS, ...options.strings };
  let svg, node, view, now = 0;

  const mm = (um) => (nominal + um / 1000).toFixed(decimals);

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, height = wide ? 348 : 280;
    const top = wide ? 168 : 124;
    view = { width, wide, height, top, left: 50, right: width - 8, bottom: height - 22 };
    const reach = [...shown, ...(ghost ? ghost.shown.filter((_, i) => ghost.part[i] >= 0) : []), ...limits];
    view.low = Math.min(...reach) - 0.6;
    view.high = Math.max(...reach) + 0.6;
    svg = make(host, "svg", { class: "scene-gauge", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    node = { ...micrometer(), ...card(), ...sheet() };
  }

  const y = (um) => px(view.top + 24 + (view.bottom - view.top - 30) * (view.high - um) / (view.high - view.low));
  const slot = () => (view.right - view.left) / shafts;
  const x = (p, o) => px(view.left + slot() * (p + 0.5 + 0.62 * ((o + 0.5) / names.length - 0.5)));

  // The micrometer from the side: frame, anvil, spindle, sleeve, thimble and ratchet; a rack of shafts below it.
  function micrometer() {
    const { wide, top, width } = view, room = wide ? Math.min(430, width * 0.56) : width * 0.62;
    const cx = px(room * (wide ? 0.3 : 0.31)), cy = wide ? 64 : 50, r = wide ? 21 : 15, deep = wide ? 48 : 36;
    Object.assign(view, { cx, cy, r, room });
    const anvil = cx - r, jaw = wide ? 11 : 8, arm = wide ? 13 : 10, back = anvil - 16, front = cx + r + (wide ? 46 : 30);
    view.jaw = jaw;
    view.front = front;
    make(svg, "path", { class: "hair", d: `M0 ${top}H${width}` });
    make(svg, "path", { class: "metal", d: `M${back} ${cy - jaw}h${16}v${2 * jaw}h-4Q${anvil - 4} ${cy + deep - arm} ${cx} ${cy + deep - arm}Q${front - 14} ${cy + deep - arm} ${front - 10} ${cy + jaw}v${-2 * jaw}h12v${2 * jaw}Q${front} ${cy + deep} ${cx} ${cy + deep}Q${back - 2} ${cy + deep} ${back} ${cy - jaw}z` });
    if (bench !== "hand") make(svg, "path", { class: "metal", d: `M${cx - 8} ${cy + deep}h16v${wide ? 14 : 8}h16v6h-48v-6h16z` });
    make(svg, "path", { class: "axis", d: `M${back - 8} ${cy}H${px(room)}` });
    const shaft = make(svg, "circle", { class: "shaft", cx, cy, r });
    make(svg, "path", { class: "thin", d: `M${cx - 5} ${cy}h10M${cx} ${cy - 5}v10` });
    const rack = [];
    const gap = Math.min(wide ? 20 : 15, (room - 20) / shafts), ry = top - (wide ? 16 : 12);
    for (let p = 0; p < shafts; p++) rack.push(make(svg, "circle", { class: "waiting", cx: px(14 + gap * p), cy: ry, r: px(Math.min(6, gap * 0.4)) }));
    return {
      shaft, rack,
      spindle: make(svg, "path", { class: "metal" }),
      sleeve: make(svg, "path", { class: "metal", d: `M${front + 2} ${cy - jaw}h${wide ? 44 : 26}v${2 * jaw}h-${wide ? 44 : 26}z` }),
      marks: make(svg, "path", { class: "scale", d: scale(front + 4, cy, wide ? 40 : 22) }),
      thimble: make(svg, "path", { class: "metal" }),
      speck: make(svg, "path", { class: "speck" }),
      dirt: make(svg, "text", { class: "bad halo", x: px(cx - r - 2), y: cy - r - 6, "text-anchor": "middle" }),
    };
  }

  function scale(start, cy, long) {
    let d = `M${start} ${cy}h${long}`;
    for (let k = 0; k <= long; k += 5) d += `M${px(start + k)} ${cy}v${k % 2 ? 5 : -5}`;
    return d;
  }

  // Who measures what, and the display.
  function card() {
    const { wide, top, width, room } = view, left = px(room + (wide ? 28 : 10));
    make(svg, "path", { class: "hair", d: `M${left - 10} 0V${top}` });
    if (wide) make(svg, "text", { class: "soft", x: left, y: 18 }, say.bench[bench]);
    const base = wide ? 40 : 18, box = wide ? Math.min(150, width - left - 8) : width - left - 8;
    make(svg, "rect", { class: "glass", x: left, y: base + 42, width: px(box), height: 30, rx: 2 });
    const legend = [];
    names.forEach((name, o) => {
      const lx = wide ? left + o * 62 : left, ly = wide ? top - 14 : 0;
      if (!wide) return;
      legend.push(make(svg, "path", { class: `p${o}`, d: MARKS[o](lx + 4, ly - 4) }));
      make(svg, "text", { class: "soft", x: lx + 13, y: ly }, name);
    });
    return {
      who: make(svg, "text", { class: "strong", x: left, y: base }),
      sign: make(svg, "path", {}),
      what: make(svg, "text", { x: left, y: base + 17 }),
      nth: make(svg, "text", { class: "soft", x: left, y: base + 34 }),
      display: make(svg, "text", { class: "display", x: px(left + box - 8), y: base + 63, "text-anchor": "end" }),
      count: make(svg, "text", { class: "num soft", x: left, y: wide ? base + 92 : base + 90 }),
    };
  }

  // The sheet: one column for each shaft, one mark for each reading, the tolerance as a band.
  function sheet() {
    const { left, right, top, bottom } = view;
    make(svg, "path", { class: "band", d: `M${left} ${y(limits[1])}H${right}V${y(limits[0])}H${left}z` });
    make(svg, "path", { class: "spec", d: `M${left} ${y(limits[1])}H${right}M${left} ${y(limits[0])}H${right}` });
    for (const um of limits) make(svg, "text", { class: "num soft", x: left - 5, y: y(um) + 4, "text-anchor": "end" }, (nominal + um / 1000).toFixed(3));
    const every = slot() >= 20 ? 1 : shafts > 12 ? 5 : 2;
    for (let p = 0; p < shafts; p++) {
      if (p) make(svg, "path", { class: "hair", d: `M${px(left + slot() * p)} ${top + 22}V${bottom}` });
      if (p === 0 || (p + 1) % every === 0) make(svg, "text", { class: "num soft", x: px(left + slot() * (p + 0.5)), y: bottom + 15, "text-anchor": "middle" }, `${p + 1}`);
    }
    make(svg, "text", { class: "soft", x: left - 5, y: bottom + 15, "text-anchor": "end" }, say.shafts);
    const told = [size ? say.trueSize : "", ghost ? say.ghost : ""].filter(Boolean).join(", ");
    make(svg, "text", { class: "soft halo", x: 8, y: top + 15 }, say.readings);
    if (told) make(svg, "text", { class: "soft halo", x: right, y: top + 15, "text-anchor": "end" }, told);
    return {
      before: make(svg, "path", { class: "ghost" }),
      bars: make(svg, "path", { class: "true" }),
      marked: names.map((_, o) => make(svg, "path", { class: `p${o}` })),
      last: make(svg, "circle", { class: "last", r: 7 }),
    };
  }

  // Between reading k and k + 1 the next shaft comes in, the spindle closes, and the display settles.
  function draw(t) {
    now = t;
    const done = clamp(Math.floor(t + 1e-9), 0, all), rest = options.reduced || done === all ? 0 : t - done;
    const at = rest > 0 ? done : Math.max(0, done - 1), opening = done === 0 && rest === 0;
    const closed = opening ? 0 : rest > 0 ? clamp(rest / 0.7, 0, 1) : 1;
    drawGauge(at, closed);
    drawCard(at, done, closed >= 1 && !opening);
    drawSheet(done);
  }

  function drawGauge(at, closed) {
    const { cx, cy, r, front, jaw, wide } = view;
    const dirty = speck && speck[at] === 1, open = px((1 - closed) * (wide ? 22 : 14)), thick = dirty && closed === 1 ? 3 : 0;
    const tip = cx + r + open + thick, master = part[at] < 0, long = wide ? 44 : 26;
    put(node.spindle, { d: `M${tip} ${cy - jaw + 3}H${front - 10}v${2 * jaw - 6}H${tip}z` });
    const t0 = px(front + 2 + long * 0.55 + open), body = wide ? 64 : 40;
    put(node.thimble, { d: `M${t0} ${cy - jaw - 3}l6 -3h${body - 16}v${2 * jaw + 12}h-${body - 16}l-6 -3zM${t0 + body - 10} ${cy - jaw}h12v${2 * jaw}h-12` + knurl(t0 + 10, cy, jaw, body - 24, closed) });
    put(node.shaft, { r: master ? r - 1 : r, class: master ? "metal" : "shaft" });
    put(node.speck, { d: dirty ? `M${cx + r} ${cy - 2}l3 1l-1 3l-3 0z` : "" });
    node.dirt.textContent = dirty ? say.speck : "";
  }

  function knurl(start, cy, jaw, long, closed) {
    let d = "";
    for (let k = (closed * 12) % 4; k < long; k += 4) d += `M${px(start + k)} ${cy - jaw - 2}v${2 * jaw + 4}`;
    return d;
  }

  function drawCard(at, done, settled) {
    const master = part[at] < 0, o = who[at];
    node.who.textContent = names[o];
    const nx = view.width - 18;
    put(node.sign, view.wide ? { d: "" } : { class: `p${o}`, d: MARKS[o](nx, 14) });
    node.what.textContent = master ? fill(say.master, { size: (nominal + limits[size ? (size[at] === limits[1] ? 1 : 0) : nth(at) % 2] / 1000).toFixed(3) }) : fill(say.shaftName, { part: part[at] + 1 });
    const order = [say.first, say.second, say.third][trial[at]] ?? fill(say.nth, { n: trial[at] + 1 });
    node.nth.textContent = master ? "" : order;
    node.display.textContent = settled ? mm(shown[at]) : "–.––––".slice(0, decimals + 2);
    node.count.textContent = fill(view.width < 400 ? say.narrowReading : say.reading, { n: done, all });
  }

  // Masters come in turn, the smaller one first.
  const nth = (at) => part.slice(0, at).filter((p) => p < 0).length;

  function drawSheet(done) {
    const paths = names.map(() => ""), seen = new Array(shafts).fill(0), bar = px(slot() * 0.36);
    let bars = "", before = "";
    for (let i = 0; i < done; i++) {
      if (part[i] < 0) continue;
      paths[who[i]] += MARKS[who[i]](x(part[i], who[i]), y(shown[i]));
      if (size && !seen[part[i]]) bars += `M${px(view.left + slot() * (part[i] + 0.5) - bar)} ${y(size[i])}h${2 * bar}`;
      seen[part[i]] += 1;
    }
    if (ghost) {
      const count = Math.min(done, ghost.part.length);
      for (let i = 0; i < count; i++) {
        if (ghost.part[i] >= 0 && ghost.part[i] < shafts && ghost.who[i] < names.length) before += `M${x(ghost.part[i], ghost.who[i])} ${y(ghost.shown[i])}h0`;
      }
    }
    node.marked.forEach((path, o) => put(path, { d: paths[o] }));
    put(node.bars, { d: bars });
    put(node.before, { d: before });
    const each = trace.fixed.trials * names.length;
    node.rack.forEach((circle, p) => put(circle, { class: seen[p] >= each ? "done" : seen[p] ? "shaft" : "waiting" }));
    const i = done - 1, there = done > 0 && part[i] >= 0;
    put(node.last, { visibility: there ? "visible" : "hidden", cx: there ? x(part[i], who[i]) : 0, cy: there ? y(shown[i]) : 0 });
  }

  function describe(t) {
    const done = clamp(Math.floor(t + 1e-9), 0, all), i = done - 1;
    if (!done) return fill(say.start, { bench: say.bench[bench], shafts });
    const master = part[i] < 0;
    const known = size && Math.abs(shown[i] - size[i]) >= 0.05;
    const truth = !size ? "" : known ? fill(say.off, { off: Math.abs(shown[i] - size[i]).toFixed(1), side: shown[i] > size[i] ? say.over : say.under }) : say.exact;
    const at = master ? fill(say.masterName, { size: (nominal + limits[nth(i) % 2] / 1000).toFixed(3) }) : fill(say.shaftName, { part: part[i] + 1 });
    return fill(say.taking, {
      n: done, all, who: names[who[i]], what: at, trial: master ? "" : fill(say.trialName, { n: trial[i] + 1 }),
      shown: mm(shown[i]), truth, dirt: speck && speck[i] ? say.dirty : "",
    });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

// The lathe at work: workpiece and insert, the latest diameters against the tolerance, the control chart, and the bill.
// The trace has one row for each shaft: t end of its cut (min), d diameter and m true mean (µm from nominal), s what is wrong,
// e what happened (bits named in fixed.bits), c the bill so far (USD). fixed.samples holds the points of the chart.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  cutting: "Cutting shaft {n}",
  changing: "Stopped: changing the insert",
  looking: "Stopped: looking for the cause",
  offset: "Stopped: setting the offset",
  done: "End of the run",
  insert: "insert: {age} of {life} shafts",
  over: "insert: {age} shafts, past its {life}",
  chipped: "chipped",
  coolant: "coolant off",
  bill: "bill",
  scrap: "scrap",
  escaped: "sent on bad",
  before: "before",
  gauge: "gauge, mm",
  narrowGauge: "gauge",
  wideGauge: "last sample in the gauge, mm",
  diameters: "diameter, mm",
  wideDiameters: "diameter, mm (ring: gauged; line: true mean)",
  chart: "sample less plan, µm",
  change: "new insert",
  start: "The lathe is ready with a new insert; no shaft has been cut yet.",
  now: "{state} of {all}; the insert has cut {age} of its {life}{wrong}. {sample} So far: {scrap} scrapped, {escaped} bad sent on, a bill of ${cost}.",
  stopped: "{state}, after shaft {n}",
  wrong1: "the insert is chipped",
  wrong2: "the coolant is off",
  wrong3: "the insert is chipped and the coolant is off",
  noSample: "No sample has been taken.",
  calm: "The last sample lies {off} µm {side} the plan, no signal.",
  alarm: "The last sample lies {off} µm {side} the plan and gives a signal: {name}.",
  above: "above", below: "below",
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
const money = (value) => Math.round(value).toLocaleString("en-US");

// How many of `sorted` are at or below `value`.
function upTo(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1; else high = middle;
  }
  return low;
}

// What the trace does not say outright, once for each shaft: age of the insert, scrap and escapes so far.
function tally(trace) {
  const { d, e } = trace.columns, { bits, lower, upper } = trace.fixed;
  const age = [], scrap = [], escaped = [];
  let shafts = 0, thrown = 0, gone = 0;
  d.forEach((size, i) => {
    if (e[i] & bits.planned_change) shafts = 0;
    shafts += 1;
    const rejected = (e[i] & bits.bad) > 0;
    thrown += rejected;
    gone += !rejected && (size < lower || size > upper);
    age.push(shafts); scrap.push(thrown); escaped.push(gone);
    if (e[i] & bits.change) shafts = 0;
  });
  return { age, scrap, escaped };
}

export function mount(host, trace, options = {}) {
  const { t: ends } = trace, { d, m, s, e, c } = trace.columns;
  const { bits, lower, upper, nominal, samples, limits, size, cycle, insert_every: life } = trace.fixed;
  const all = d.length, so = tally(trace);
  const ghost = options.ghost && options.ghost.fixed && options.ghost.fixed.samples ? options.ghost : null;
  const say = { ...STRINGS, ...options.strings };
  let svg, part, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, height = wide ? 352 : 280;
    const machine = wide ? 132 : 113, strip = (height - machine) / 2;
    view = { width, wide, height, machine, strip, left: 44, right: width - 8, shown: wide ? 90 : 40 };
    view.divide = px(width * (wide ? 0.58 : width < 340 ? 0.6 : 0.635));
    view.reach = Math.max(limits.upper * 1.35, 0.5);
    svg = make(host, "svg", { class: "scene-lathe", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { ...lathe(), ...reckoning(), ...diameters(), ...chart() };
  }

  // The machine: chuck, workpiece on its center line, insert on its holder, coolant nozzle.
  function lathe() {
    const { width, wide, machine } = view, y = wide ? 64 : 51, r = wide ? 17 : 13, divide = view.divide, end = divide - (wide ? 52 : 48);
    const jaw = wide ? 70 : 44, start = jaw + 8;
    Object.assign(view, { y, r, end: px(end), start });
    make(svg, "path", { class: "metal", d: `M12 ${y - 34}h${jaw - 30}v68h-${jaw - 30}zM${jaw - 18} ${y - 26}h22v${26 - r}h-22zM${jaw - 18} ${y + r}h22v${26 - r}h-22z` });
    let hatch = "";
    for (let k = -28; k < 34; k += 9) hatch += `M12 ${y + k + 6}l${jaw - 30} -${Math.min(14, jaw - 30)}`;
    make(svg, "path", { class: "hatch", d: hatch });
    make(svg, "path", { class: "hair", d: `M0 ${machine}H${width}` });
    const parts = {
      stock: make(svg, "path", { class: "metal" }),
      turned: make(svg, "path", { class: "cut" }),
    };
    make(svg, "path", { class: "axis", d: `M4 ${y}H${px(end) + 14}` });
    return {
      ...parts,
      holder: make(svg, "path", { class: "metal" }),
      insert: make(svg, "path", { class: "insert" }),
      worn: make(svg, "path", { class: "worn" }),
      notch: make(svg, "path", { class: "notch" }),
      spray: make(svg, "path", { class: "coolant" }),
      dry: make(svg, "path", { class: "cross" }),
      state: make(svg, "text", { class: "strong", x: 10, y: 14 }),
      age: make(svg, "text", { class: "soft", x: 10, y: machine - 7 }),
      wrong: make(svg, "text", { class: "bad halo", x: wide ? px(end) + 40 : 10, y: machine - 7, "text-anchor": wide ? "end" : "start" }),
    };
  }

  // The bill and the gauge, at the right of the machine.
  function reckoning() {
    const { width, wide, machine } = view, x = view.divide + 10, step = wide ? 22 : 17;
    make(svg, "path", { class: "hair", d: `M${px(x) - 10} 0V${machine}` });
    const row = (k, label) => {
      make(svg, "text", { class: "soft", x: px(x), y: 15 + k * step }, label);
      return make(svg, "text", { class: "num", x: wide ? px(x + (width - x) * 0.46) : width - 8, y: 15 + k * step, "text-anchor": "end" });
    };
    const rows = { cost: row(0, say.bill), scrap: row(1, say.scrap), escaped: row(2, say.escaped) };
    const was = ghost ? row(3, `${say.bill}, ${say.before}`) : null;
    const gy = wide ? 20 : 15 + 4.6 * step, gx = wide ? px(x + (width - x) * 0.54) : px(x);
    if (wide) make(svg, "path", { class: "hair", d: `M${gx - 12} 0V${machine}` });
    make(svg, "text", { class: "soft", x: gx, y: wide ? 15 : gy }, width < 340 ? say.narrowGauge : width < 860 ? say.gauge : say.wideGauge);
    return {
      ...rows, was,
      reading: make(svg, "text", { class: wide ? "num big" : "num", x: wide ? gx : width - 8, y: wide ? 36 : gy, "text-anchor": wide ? "start" : "end" }),
      picked: make(svg, "path", { class: "cut" }),
      named: make(svg, "text", { class: "bad", x: gx, y: wide ? machine - 10 : -20 }),
      slots: { x: gx, y: 62 },
    };
  }

  function frame(top, label, ticks) {
    const title = make(svg, "text", { class: "soft halo", x: view.left + 4, y: top + 13 }, label);
    for (const [y, text] of ticks) make(svg, "text", { class: "num soft", x: view.left - 5, y: px(y + 4), "text-anchor": "end" }, text);
    return title;
  }

  function diameters() {
    const { machine: top, strip, left, right } = view, room = strip - 34;
    const span = upper - lower + 5;
    view.dy = (um) => px(top + 22 + room * clamp((upper + 2.5 - um) / span, -0.06, 1.06));
    make(svg, "path", { class: "band", d: `M${left} ${view.dy(upper)}H${right}V${view.dy(lower)}H${left}z` });
    make(svg, "path", { class: "spec", d: `M${left} ${view.dy(upper)}H${right}M${left} ${view.dy(lower)}H${right}` });
    const parts = {
      change: make(svg, "path", { class: "event" }),
      mean: make(svg, "path", { class: "mean" }),
      shafts: make(svg, "path", { class: "shaft" }),
      rejects: make(svg, "path", { class: "reject" }),
      gauged: make(svg, "path", { class: "gauged" }),
    };
    frame(top, view.wide ? say.wideDiameters : say.diameters, [upper, lower].map((um) => [view.dy(um), (nominal + um / 1000).toFixed(3)]));
    return { ...parts, changed: make(svg, "text", { class: "soft halo", y: top + 13 }) };
  }

  function chart() {
    const { machine, strip, left, right, width, reach } = view, top = machine + strip, room = strip - 34;
    make(svg, "path", { class: "hair", d: `M0 ${top}H${width}` });
    view.cy = (um) => px(top + 22 + room * clamp((reach - um) / (2 * reach), -0.06, 1.06));
    make(svg, "path", { class: "limit", d: `M${left} ${view.cy(limits.upper)}H${right}M${left} ${view.cy(limits.lower)}H${right}` });
    make(svg, "path", { class: "thin", d: `M${left} ${view.cy(0)}H${right}` });
    const parts = {
      ghost: make(svg, "path", { class: "ghost" }),
      line: make(svg, "path", { class: "line" }),
      points: make(svg, "path", { class: "point" }),
      signals: make(svg, "path", { class: "signal" }),
    };
    const title = frame(top, say.chart, [limits.upper, 0, limits.lower].map((um) => [view.cy(um), (um > 0 ? "+" : um < 0 ? "−" : "") + Math.abs(um).toFixed(1)]));
    return { ...parts, title, word: make(svg, "text", { class: "bad halo", y: top + 13 }) };
  }

  // Where the lathe stands at t: shafts done, the share of the current cut, and why it stands still.
  function moment(t) {
    const done = upTo(ends, t + 1e-9);
    if (done >= all) return { done: all, cut: 1, state: say.done };
    const begins = ends[done] - cycle, cut = clamp((t - begins) / cycle, 0, 1);
    if (t >= begins - 1e-9) return { done, cut, cutting: true, state: fill(say.cutting, { n: money(done + 1) }) };
    const before = done > 0 ? e[done - 1] : 0;
    if (before & bits.looked) return { done, cut: 0, state: say.looking };
    if (e[done] & bits.planned_change) return { done, cut: 0, state: say.changing };
    return { done, cut: 0, state: before & bits.offset ? say.offset : say.changing };
  }

  function draw(t) {
    now = t;
    const at = moment(t), shaft = Math.min(all - 1, at.done), last = at.done - 1;
    drawMachine(at, shaft);
    drawBill(last, t);
    drawDiameters(at.done);
    drawChart(at.done);
  }

  function drawMachine({ cut, state }, shaft) {
    const { y, r, start, end } = view, thick = r + 4, progress = options.reduced ? 1 : cut;
    const tip = px(end - (end - start - 12) * progress), worn = Math.min(1.4, so.age[shaft] / life);
    const chipped = (s[shaft] & 1) > 0, dry = (s[shaft] & 2) > 0;
    put(part.stock, { d: `M${start} ${y - thick}H${tip}V${y + thick}H${start}z` });
    put(part.turned, { d: `M${tip} ${y - r}H${end}V${y + r}H${tip}z` });
    put(part.insert, { d: `M${tip} ${y + r}l16 5l5 16l-16 -5z` });
    put(part.holder, { d: `M${tip + 8} ${y + r + 12}l6 -2l10 9h20v9h-24z` });
    put(part.worn, { d: `M${tip} ${y + r}l${px(2 + 7 * worn)} ${px(0.7 + 2.2 * worn)}l${px(-1.4 - 4.7 * worn)} ${px(1.4 + 4.7 * worn)}z` });
    put(part.notch, { d: chipped ? `M${tip - 1} ${y + r}l9 2l-4 3l4 3l-6 2z` : "" });
    const nozzle = tip + 34;
    put(part.spray, { d: dry ? "" : `M${nozzle} ${y - r - 18}L${tip + 4} ${y + r - 4}M${nozzle - 6} ${y - r - 20}L${tip + 1} ${y + r - 6}` });
    put(part.dry, { d: dry ? `M${nozzle - 14} ${y - r - 20}l10 10m0 -10l-10 10` : "" });
    part.state.textContent = state;
    part.age.textContent = fill(so.age[shaft] > life ? say.over : say.insert, { age: so.age[shaft], life });
    part.wrong.textContent = [chipped && say.chipped, dry && say.coolant].filter(Boolean).join(", ");
    if (!view.wide && (chipped || dry)) part.age.textContent = "";
  }

  function drawBill(last, t) {
    part.cost.textContent = `$${money(last < 0 ? 0 : c[last])}`;
    part.scrap.textContent = `${last < 0 ? 0 : so.scrap[last]}`;
    part.escaped.textContent = `${last < 0 ? 0 : so.escaped[last]}`;
    if (part.was) part.was.textContent = `$${money(ghost.columns.c[Math.max(0, upTo(ghost.t, t) - 1)])}`;
    drawGauge(upTo(samples.at, last) - 1);
  }

  // The sampled shafts lie in the gauge; bad ones stand on end.
  function drawGauge(k) {
    if (k < 0) {
      part.reading.textContent = "—";
      part.named.textContent = "";
      put(part.picked, { d: "" });
      return;
    }
    const { x, y } = part.slots;
    part.reading.textContent = (nominal + samples.reading[k] / 1000).toFixed(4);
    part.named.textContent = samples.signal[k] ? trace.fixed.signal_names[samples.signal[k]] : "";
    let bars = "";
    for (let j = 0; view.wide && j < size; j++) {
      const at = samples.at[k] - size + 1 + j, bad = (e[at] & bits.bad) > 0;
      bars += bad ? `M${x + j * 16} ${y - 10}h9v34h-9z` : `M${x + j * 16} ${y}h9v24h-9z`;
    }
    put(part.picked, { d: bars });
  }

  const across = (i, done) => px(view.right - 6 - (done - 1 - i) * ((view.right - view.left - 12) / view.shown));

  function drawDiameters(done) {
    const from = Math.max(0, done - view.shown);
    let dots = "", rejects = "", gauged = "", mean = "", change = "", changed = null;
    for (let i = from; i < done; i++) {
      const x = across(i, done), y = view.dy(d[i]);
      if (d[i] < lower || d[i] > upper) rejects += `M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7`; else dots += `M${x} ${y}h0`;
      if (so.age[i] === 1 && i > 0) { change += `M${x - 3} ${view.machine + 18}V${view.machine + view.strip - 6}`; changed = x; }
      mean += `${i === from ? "M" : "L"}${x} ${view.dy(m[i])}`;
    }
    const first = Math.max(0, upTo(samples.at, from) - 1), to = upTo(samples.at, done - 1);
    for (let k = first; k < to; k++) {
      for (let i = Math.max(from, samples.at[k] - size + 1); i <= samples.at[k]; i++) {
        gauged += `M${px(across(i, done) - 5)} ${view.dy(d[i])}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0`;
      }
    }
    put(part.shafts, { d: dots });
    put(part.rejects, { d: rejects });
    put(part.gauged, { d: gauged });
    put(part.mean, { d: mean });
    put(part.change, { d: change });
    const seen = changed !== null && changed > view.left + (view.wide ? 270 : 100);
    part.changed.textContent = seen ? say.change : "";
    if (seen) put(part.changed, { x: changed + (changed > view.right - 76 ? -6 : 2), "text-anchor": changed > view.right - 76 ? "end" : "start" });
  }

  function drawChart(done) {
    const to = upTo(samples.at, done - 1), most = view.wide ? 45 : 22, from = Math.max(0, to - most);
    const x = (k) => px(view.right - 10 - (to - 1 - k) * ((view.right - view.left - 20) / most));
    let line = "", points = "", signals = "", named = null;
    for (let k = from; k < to; k++) {
      const y = view.cy(samples.value[k]);
      line += `${k === from ? "M" : "L"}${x(k)} ${y}`;
      if (samples.signal[k]) { signals += `M${x(k)} ${y - 6}l6 6l-6 6l-6 -6z`; named = k; } else points += `M${x(k)} ${y}h0`;
    }
    put(part.line, { d: line });
    put(part.points, { d: points });
    put(part.signals, { d: signals });
    put(part.ghost, { d: ghost ? ghostLine(done, x, from, to) : "" });
    nameSignal(named === null ? "" : trace.fixed.signal_names[samples.signal[named]], named === null ? 0 : x(named));
  }

  // The latest signal's name ends at its diamond; where it needs the room, the strip's title gives way.
  function nameSignal(name, at) {
    const long = name.length * 6.6, title = 134;
    const end = Math.min(view.right, Math.max(at + 8, view.left + title + long));
    part.word.textContent = name;
    put(part.word, { x: px(end), "text-anchor": "end" });
    put(part.title, { visibility: name && end - long < view.left + title ? "hidden" : "visible" });
  }

  // The run before, where its samples fall between the ones shown.
  function ghostLine(done, x, from, to) {
    const other = ghost.fixed.samples;
    if (to - from < 2) return "";
    const place = (at) => {
      const k = clamp(upTo(samples.at, at) - 1, from, to - 2), gap = samples.at[k + 1] - samples.at[k];
      return x(k) + (x(k + 1) - x(k)) * (at - samples.at[k]) / gap;
    };
    let path = "";
    other.at.forEach((at, k) => {
      if (at < samples.at[from] || at >= done) return;
      path += `${path ? "L" : "M"}${px(place(at))} ${view.cy(other.value[k])}`;
    });
    return path;
  }

  function describe(t) {
    const at = moment(t);
    if (!at.done && !at.cut) return say.start;
    const shaft = Math.min(all - 1, at.done), last = at.done - 1, k = upTo(samples.at, last) - 1;
    const wrong = say[`wrong${s[shaft] & 3}`];
    const values = k < 0 ? null : {
      off: Math.abs(samples.value[k]).toFixed(1), side: samples.value[k] < 0 ? say.below : say.above,
      name: trace.fixed.signal_names[samples.signal[k]],
    };
    return fill(say.now, {
      state: at.cutting ? at.state : fill(say.stopped, { state: at.state, n: money(at.done) }),
      all: money(all), age: so.age[shaft], life, wrong: wrong ? `; ${wrong}` : "",
      sample: values ? fill(samples.signal[k] ? say.alarm : say.calm, values) : say.noSample,
      scrap: last < 0 ? 0 : so.scrap[last], escaped: last < 0 ? 0 : so.escaped[last], cost: money(last < 0 ? 0 : c[last]),
    });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

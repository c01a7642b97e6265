// A fair trial: two lathes turn shafts, each shaft a dot on its day; the interval of the difference; then the same plan thirty times with
// a difference and thirty times without. The trace has a row for each shaft of A with the one of B beside it (steps 0 to 30), then a row
// for each repeat. A reach of −1 means that there is no interval.

const SVG = "http://www.w3.org/2000/svg";
const PLAYED = 30, REPEATS = 30;

const STRINGS = {
  lathe: "lathe {name}",
  bar: "bar {n}",
  half: "half of bar {n}",
  rests: "not today",
  turned: "diameter from nominal, µm",
  legend: "● A  ○ B",
  day: "day {n}",
  sofar: "B − A so far {seen}",
  none: "no interval",
  interval: "B − A with its {level} % interval, µm",
  truth: "truth {true}",
  finds: "differ: found {n} of {of}",
  wolf: "equal: alarm {n} of {of}",
  nothing: "they are equal",
  differ: "they differ",
  start: "Two lathes, no shaft turned yet.",
  now: "{n} of {all} shafts of A and {m} of B turned. The difference so far is {seen} µm.",
  apart: "{n} of {all} shafts of A turned, none of B yet.",
  result: "The trial is over: B minus A is {seen} µm, give or take {reach}. {verdict}",
  shown: "Zero lies outside the interval.",
  hidden: "Zero lies inside the interval.",
  again: "The same plan {k} times more: it found the difference {hit} times; where there is none it gave {alarm} false alarms.",
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
const ring = (x, y, r) => `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const signed = (value, digits = 2) => value.toFixed(digits).replace("-", "−");
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

export function mount(host, trace, options = {}) {
  const { shafts: n, per_day: perDay, days, together, halves, pairs, difference, level, result } = trace.fixed;
  const a = trace.columns.a.slice(0, n), b = trace.columns.b.slice(0, n);
  const cut = (name) => trace.columns[name].slice(n);
  const seen = cut("seen"), reach = cut("reach"), seenNone = cut("seen_none"), reachNone = cut("reach_none");
  const say = { ...STRINGS, ...options.strings };
  const side = (middle, r) => r < 0 ? 0 : middle - r > 0 ? 1 : middle + r < 0 ? -1 : 0;
  const hit = seen.map((value, i) => difference !== 0 && side(value, reach[i]) === Math.sign(difference));
  const wolf = seenNone.map((value, i) => side(value, reachNone[i]) !== 0);
  const slots = together ? n : 2 * n;
  let svg, part, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620;
    const shop = 60, strip = wide ? 112 : 84, bar = wide ? 52 : 46, row = wide ? 3 : 2;
    const height = shop + strip + bar + 28 + REPEATS * row + (wide ? 20 : 12);
    view = { width, wide, height, row, stripTop: shop + 20, stripEnd: shop + strip, barTop: shop + strip + 8, pileTop: shop + strip + bar + 28 };
    svg = make(host, "svg", { class: "scene-trial", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { lathes: [lathe("A", 0), lathe("B", 1)], ...strips(), ...interval(), piles: [pile(0), pile(1)] };
  }

  // Headstock, chuck, blank and tool; the tool runs along the blank as a shaft is turned.
  function lathe(name, at) {
    const left = at * view.width / 2 + 8, room = view.width / 2 - 20, y = 32, end = Math.min(room, 210);
    make(svg, "path", { class: "machine", d: `M${left} ${y - 16}h22v32h-22zM${left + 22} ${y - 11}h8v22h-8z` });
    make(svg, "path", { class: "ways", d: `M${left} ${y + 20}h${px(end)}` });
    return {
      from: left + 30, to: left + end - 58,
      blank: make(svg, "path", { class: "blank" }), cut: make(svg, "path", { class: at ? "turned b" : "turned a" }), tool: make(svg, "path", { class: "tool" }),
      size: make(svg, "text", { class: "num strong", x: px(left + end), y: y + 4, "text-anchor": "end" }),
      name: make(svg, "text", { class: "strong", x: left, y: 11 }, fill(say.lathe, { name })),
      label: make(svg, "text", { class: "soft", x: px(left + end), y: 11, "text-anchor": "end" }),
    };
  }

  // One column for each shaft; both lathes share it on the same day, else A's days come before B's.
  function strips() {
    const { width, stripTop: top, stripEnd: end } = view, left = 30, right = width - 8;
    const low = Math.min(...a, ...b), high = Math.max(...a, ...b), span = Math.max(high - low, 1);
    view.x = (i) => px(left + (i + 0.5) * (right - left) / slots);
    view.y = (v) => px(end - 6 - (v - low + 0.06 * span) * (end - top - 12) / (span * 1.12));
    view.dot = Math.max(2, Math.min(4.5, (right - left) / slots * 0.32));
    let bands = "";
    const dates = together ? days : 2 * days, wide = perDay * (right - left) / slots;
    for (let k = 0; k < dates; k += 2) bands += `M${px(left + k * wide)} ${top}h${px(wide)}V${end}h${px(-wide)}z`;
    make(svg, "path", { class: "band", d: bands });
    make(svg, "text", { class: "soft", x: 8, y: top - 6 }, say.turned);
    make(svg, "text", { class: "soft", x: right, y: top - 6, "text-anchor": "end" }, say.legend);
    for (let k = 0; k < dates; k++) if (wide >= 44) make(svg, "text", { class: "soft halo", x: px(left + (k + 0.5) * wide), y: top + 12, "text-anchor": "middle" }, fill(say.day, { n: k + 1 }));
    for (const v of [Math.ceil(low), Math.floor(high)]) make(svg, "text", { class: "num soft", x: left - 4, y: view.y(v) + 4, "text-anchor": "end" }, signed(v, 0));
    return {
      links: make(svg, "path", { class: "link" }), dayA: make(svg, "path", { class: "mean a" }), dayB: make(svg, "path", { class: "mean b" }),
      dotsA: make(svg, "path", { class: "dot a" }), dotsB: make(svg, "path", { class: "dot b" }),
    };
  }

  function interval() {
    const { width, barTop: y } = view;
    const most = Math.max(0.5, Math.abs(result.seen) + Math.max(0, result.reach), Math.abs(difference)) * 1.15;
    view.d = (v) => px(width / 2 + v * (width / 2 - 16) / most);
    make(svg, "path", { class: "hair", d: `M8 ${y + 32}H${width - 8}` });
    make(svg, "path", { class: "zero", d: `M${view.d(0)} ${y + 20}V${y + 44}` });
    make(svg, "text", { class: "num soft", x: view.d(0), y: y + 56, "text-anchor": "middle" }, "0");
    return {
      told: make(svg, "text", { class: "soft", x: 8, y: y + 14 }),
      truth: make(svg, "text", { class: "good", x: width - 8, y: y + 14, "text-anchor": "end" }),
      span: make(svg, "path", { class: "span" }), middle: make(svg, "path", { class: "middle" }), target: make(svg, "path", { class: "target" }),
    };
  }

  // Thirty intervals, one under the other; those beyond zero are thick and end in a dot.
  function pile(at) {
    const { width, pileTop: top, row } = view, left = at * width / 2 + 8, room = width / 2 - 16;
    const middles = [...seen, ...seenNone], reaches = [...reach, ...reachNone].map((r) => Math.max(0, r));
    const most = Math.max(0.5, ...middles.map((m, i) => Math.abs(m) + reaches[i]));
    const x = (v) => px(left + room / 2 + v * room / 2 / most), bottom = top + REPEATS * row + 4;
    make(svg, "path", { class: "zero", d: `M${x(0)} ${top - 4}V${bottom}` });
    make(svg, "text", { class: "num soft", x: x(0), y: bottom + 13, "text-anchor": "middle" }, "0");
    if (!at && difference && Math.abs(x(difference) - x(0)) > 6) {
      make(svg, "path", { class: "target thin", d: `M${x(difference)} ${top - 4}V${bottom}` });
      if (Math.abs(x(difference) - x(0)) > 24) make(svg, "text", { class: "num good", x: x(difference), y: bottom + 13, "text-anchor": "middle" }, signed(difference, 1));
    }
    return { x, plain: make(svg, "path", { class: "plain" }), out: make(svg, "path", { class: at ? "out bad" : "out fine" }),
      dots: make(svg, "path", { class: at ? "dots bad" : "dots fine" }), title: make(svg, "text", { class: "strong", x: left, y: top - 10 }) };
  }

  // How many shafts of each lathe are done, and how far the one being turned has come.
  function progress(t) {
    const done = Math.min(1, Math.max(0, t) / PLAYED) * slots + 1e-6, whole = Math.floor(done);
    const rest = options.reduced || whole >= slots ? 0 : done - whole;
    return together ? { nA: Math.min(whole, n), nB: Math.min(whole, n), rest } : { nA: Math.min(whole, n), nB: Math.max(0, whole - n), rest };
  }

  function draw(t) {
    now = t;
    const at = progress(t);
    drawLathe(0, at.nA, at.rest, a, together || at.nA < n);
    drawLathe(1, at.nB, at.rest, b, together || at.nA >= n);
    drawShafts(at);
    drawInterval(t, at);
    const k = Math.max(0, Math.min(REPEATS, Math.floor(t - PLAYED + 1e-6)));
    drawPile(0, k, seen, reach, hit);
    drawPile(1, k, seenNone, reachNone, wolf);
  }

  function drawLathe(at, done, rest, sizes, runs) {
    const m = part.lathes[at], y = 32, working = runs && rest > 0 && done < n, bar = Math.min(n, working ? done + 1 : Math.max(1, done));
    const tip = px(m.to - (m.to - m.from - 4) * (working ? rest : done ? 1 : 0));
    put(m.blank, { d: `M${m.from} ${y - 7}H${m.to}V${y + 7}H${m.from}z${halves ? `M${at ? m.to : m.from} ${y - 11}v22` : ""}` });
    put(m.cut, { d: tip < m.to ? `M${tip} ${y - 5}H${m.to}V${y + 5}H${tip}z` : "" });
    put(m.tool, { d: `M${tip} ${y + 6}l5 12h-10z` });
    const parked = !runs && done === 0;
    m.size.textContent = working || done === 0 ? "" : signed(sizes[done - 1]);
    m.label.textContent = parked ? say.rests : fill(halves ? say.half : say.bar, { n: halves ? bar : at ? n + bar : bar });
  }

  function drawShafts({ nA, nB }) {
    const offset = together ? 0 : n;
    let links = "", dotsA = "", dotsB = "", dayA = "", dayB = "";
    for (let i = 0; i < nA; i++) dotsA += ring(view.x(i), view.y(a[i]), view.dot);
    for (let i = 0; i < nB; i++) dotsB += ring(view.x(offset + i), view.y(b[i]), view.dot);
    if (pairs && days === 1 && together) for (let i = 0; i < nB; i++) links += `M${view.x(i)} ${view.y(a[i])}V${view.y(b[i])}`;
    const bar = (values, k, shift) => {
      const level = view.y(mean(values.slice(k * perDay, (k + 1) * perDay))), reachTo = perDay === 1 ? 0.4 : 0.2;
      return `M${px(view.x(shift + k * perDay) - view.dot - reachTo)} ${level}H${px(view.x(shift + (k + 1) * perDay - 1) + view.dot + reachTo)}`;
    };
    for (let k = 0; k < days; k++) {
      if (nA >= (k + 1) * perDay) dayA += bar(a, k, 0);
      if (nB < (k + 1) * perDay) continue;
      dayB += bar(b, k, offset);
      if (!pairs || days < 2 || !together) continue;
      const x = px((view.x(k * perDay) + view.x((k + 1) * perDay - 1)) / 2), of = (values) => view.y(mean(values.slice(k * perDay, (k + 1) * perDay)));
      links += `M${x} ${of(a)}V${of(b)}`;
    }
    put(part.links, { d: links });
    put(part.dotsA, { d: dotsA });
    put(part.dotsB, { d: dotsB });
    put(part.dayA, { d: dayA });
    put(part.dayB, { d: dayB });
  }

  const soFar = ({ nA, nB }) => nA && nB ? mean(b.slice(0, nB)) - mean(a.slice(0, nA)) : null;

  function drawInterval(t, at) {
    const over = t >= PLAYED - 1e-6, y = view.barTop + 32, value = over ? result.seen : soFar(at);
    part.told.textContent = over ? result.reach < 0 ? say.none : fill(say.interval, { level }) : value === null ? "" : fill(say.sofar, { seen: signed(value) });
    part.truth.textContent = over ? fill(say.truth, { true: signed(trace.fixed.true, 1) }) : "";
    const x = value === null ? 0 : Math.max(8, Math.min(view.width - 8, view.d(value)));
    put(part.middle, { d: value === null ? "" : ring(x, y, 5) });
    const ends = over && result.reach > 0 ? [view.d(value - result.reach), view.d(value + result.reach)] : null;
    put(part.span, { d: ends ? `M${ends[0]} ${y}H${ends[1]}M${ends[0]} ${y - 8}v16M${ends[1]} ${y - 8}v16` : "" });
    const d = view.d(trace.fixed.true);
    put(part.target, { d: over ? `M${d} ${y - 14}l5 -6h-10zM${d} ${y - 12}V${y + 12}` : "" });
  }

  function drawPile(at, k, middles, reaches, marked) {
    const m = part.piles[at];
    let plain = "", out = "", dots = "";
    for (let i = 0; i < k; i++) {
      const y = px(view.pileTop + i * view.row + view.row / 2), r = Math.max(0, reaches[i]), line = `M${m.x(middles[i] - r)} ${y}H${m.x(middles[i] + r)}`;
      if (marked[i]) { out += line; dots += `M${m.x(middles[i])} ${y}h0`; } else plain += line;
    }
    put(m.plain, { d: plain });
    put(m.out, { d: out });
    put(m.dots, { d: dots });
    const count = marked.slice(0, k).filter(Boolean).length;
    const equal = at === 1 || !difference;
    m.title.textContent = k && (at || difference) ? fill(at ? say.wolf : say.finds, { n: count, of: k }) : equal ? say.nothing : say.differ;
  }

  function describe(t) {
    const at = progress(t), over = t >= PLAYED - 1e-6, k = Math.max(0, Math.min(REPEATS, Math.floor(t - PLAYED + 1e-6)));
    if (!at.nA) return say.start;
    if (!at.nB) return fill(say.apart, { n: at.nA, all: n });
    if (!over) return fill(say.now, { n: at.nA, m: at.nB, all: n, seen: signed(soFar(at)) });
    const verdict = result.reach < 0 ? say.none : side(result.seen, result.reach) ? say.shown : say.hidden;
    const told = fill(say.result, { seen: signed(result.seen), reach: result.reach < 0 ? "?" : signed(result.reach), verdict });
    if (!k) return told;
    const count = (marks) => marks.slice(0, k).filter(Boolean).length;
    return `${told} ${fill(say.again, { k, hit: count(hit), alarm: count(wolf) })}`;
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

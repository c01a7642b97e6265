// The bearing press: ram, stop and bearing in elevation; the depths against their tolerance; the stop against wear and batches.
// The trace has one row for each press: e how far the depth misses the target, u where the stop stands, s what wear and
// batches do by themselves (all µm), b the batch of bearings. The stop shifts the depth by fixed.ratio times its own way. fixed.radius is the loop's: above 1 misses grow.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  start: "The press is set to the target; nothing has been pressed yet.",
  press: "Press {n} of {all}", batch: "bearings, batch {b}",
  deep: "{e} µm too deep", shallow: "{e} µm too shallow",
  depth: "depth less target, µm", stop: "taken back (blue), needed (gray), µm", stopNarrow: "taken back · needed, µm",
  wheel: "stop {u} µm", none: "nobody corrects", grows: "misses grow ×{r} each press", fades: "a miss is halved in {n} presses", late: "seen {d} late", halves: "a miss halves in {n}", swells: "a miss grows ×{r}",
  end: "STOP AT ITS END",
  scrap: "scrap", before: "before",
  caption: "{press}, {batch}: {miss}{scrap}. The stop stands at {u} µm, where {need} µm would be needed. So far {bad} beyond the tolerance, typical miss {rms} µm.",
  beyond: ", beyond the tolerance",
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
const signed = (value) => (value > 0.05 ? "+" : value < -0.05 ? "−" : "") + Math.abs(value).toFixed(0);
const round = (most) => Math.ceil(most / 10) * 10;

export function mount(host, trace, options = {}) {
  const { e, u, s, b } = trace.columns, { tolerance, control, radius, delay, ratio, travel } = trace.fixed;
  const all = e.length, say = { ...STRINGS, ...options.strings };
  const bad = [], square = [];
  e.forEach((miss, i) => { bad.push((bad[i - 1] ?? 0) + (Math.abs(miss) > tolerance)); square.push((square[i - 1] ?? 0) + miss * miss); });
  const most = (values) => values.reduce((far, v) => Math.max(far, Math.abs(v)), 0);
  const reach = clamp(most(e) * 1.1, tolerance * 1.5, tolerance * 4), span = round(1.1 * Math.max(20, most(s), Math.min(most(u) * ratio, 2 * most(s))));
  const ghost = options.ghost && options.ghost.columns && options.ghost.columns.e ? options.ghost.columns.e : null;
  let svg, part, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620;
    const height = wide ? 346 : 290, box = wide ? { w: Math.min(280, width * 0.34), h: height } : { w: width, h: 128 };
    view = { width, wide, height, box, left: wide ? box.w + 56 : 48, right: width - 8, shown: wide ? 110 : 60 };
    view.top = wide ? 8 : box.h + 6;
    view.split = px(view.top + (height - view.top) * 0.58);
    svg = make(host, "svg", { class: "scene-press", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { ...machine(), ...depths(), ...stops() };
  }

  // The press: frame, ram with punch, collar of the stop, bearing and housing on the table.
  function machine() {
    const { box, wide, width } = view, cx = wide ? box.w / 2 : 92, top = wide ? 44 : 24, floor = wide ? box.h - 62 : box.h - 10;
    Object.assign(view, { cx, rest: top + (wide ? 36 : 16), seat: floor - (wide ? 52 : 34), floor, unit: wide ? 16 : 11 });
    const half = wide ? 86 : 66, bore = wide ? 30 : 22, wall = wide ? 58 : 44, deep = wide ? 40 : 26;
    Object.assign(view, { half, bore, deep });
    make(svg, "path", { class: "metal", d: `M${cx - half} ${top - 14}h${2 * half}v12h${-2 * half}zM${cx - half} ${top - 2}h12V${floor}h-12zM${cx + half - 12} ${top - 2}h12V${floor}h-12z` });
    make(svg, "path", { class: "metal", d: `M${cx - half - 6} ${floor}h${2 * half + 12}v8h${-2 * half - 12}z` });
    make(svg, "path", { class: "metal", d: `M${cx - wall} ${view.seat}H${cx - bore}v${deep}h${2 * bore}v${-deep}H${cx + wall}V${floor}H${cx - wall}z` });
    let hatch = "";
    for (let k = 0; k < 3; k++) hatch += `M${cx - wall + 4} ${view.seat + 12 + 9 * k}l${wall - bore - 8} -8M${cx + bore + 4} ${view.seat + 12 + 9 * k}l${wall - bore - 8} -8`;
    make(svg, "path", { class: "hatch", d: hatch });
    make(svg, "path", { class: "target", d: `M${cx - bore - 16} ${view.seat + deep * 0.62}H${cx + bore + 16}` });
    const parts = {
      bearing: make(svg, "path", { class: "bearing" }), balls: make(svg, "path", { class: "ball" }),
      ram: make(svg, "path", { class: "metal" }), collar: make(svg, "path", { class: "collar" }),
    };
    make(svg, "path", { class: "axis", d: `M${cx} ${top - 18}V${floor + 10}` });
    const x = wide ? 10 : 176, step = wide ? 0 : 18;
    return {
      ...parts,
      title: make(svg, "text", { class: "strong", x, y: 16 }),
      lot: make(svg, "text", { class: wide ? "soft end" : "soft", x: wide ? box.w : x, y: wide ? 16 : 16 + step }),
      miss: make(svg, "text", { class: "num strong", x, y: wide ? box.h - 24 : 16 + 2.3 * step }),
      wheel: make(svg, "text", { class: wide ? "num end" : "num", x: wide ? box.w : x, y: wide ? box.h - 24 : 16 + 3.3 * step }),
      loop: make(svg, "text", { class: radius > 1 ? "bad" : "soft", x, y: wide ? box.h - 6 : 16 + 4.6 * step }),
      late: make(svg, "text", { class: wide ? "soft end" : "soft", x: wide ? box.w : x, y: wide ? box.h - 6 : 16 + 5.6 * step }),
      rule: make(svg, "path", { class: "hair", d: wide ? `M${box.w + 12} 0V${view.height}` : `M0 ${box.h + 2}H${width}` }),
    };
  }

  function ticks(rows) {
    for (const [y, text] of rows) make(svg, "text", { class: "num soft end", x: view.left - 5, y: px(y + 4) }, text);
  }

  function depths() {
    const { left, right, top, split } = view, low = top + 18, high = split - 6;
    view.ey = (um) => px(low + (high - low) * (0.5 + clamp(um, -reach * 1.04, reach * 1.04) / (2 * reach)));
    make(svg, "path", { class: "band", d: `M${left} ${view.ey(-tolerance)}H${right}V${view.ey(tolerance)}H${left}z` });
    make(svg, "path", { class: "spec", d: `M${left} ${view.ey(-tolerance)}H${right}M${left} ${view.ey(tolerance)}H${right}` });
    make(svg, "path", { class: "thin", d: `M${left} ${view.ey(0)}H${right}` });
    const parts = {
      batches: make(svg, "path", { class: "batch" }), ghost: make(svg, "path", { class: "ghost" }), line: make(svg, "path", { class: "line" }),
      dots: make(svg, "path", { class: "dot" }), rejects: make(svg, "path", { class: "reject" }),
    };
    make(svg, "text", { class: "soft halo", x: left, y: top + 12 }, say.depth);
    ticks([[view.ey(-tolerance), signed(-tolerance)], [view.ey(0), "0"], [view.ey(tolerance), signed(tolerance)]]);
    return { ...parts, tally: make(svg, "text", { class: "num end halo", x: right, y: top + 12 }) };
  }

  function stops() {
    const { left, right, split, height, wide } = view, low = split + 24, high = height - 10;
    view.uy = (um) => px(low + (high - low) * (0.5 + clamp(um, -span * 1.05, span * 1.05) / (2 * span)));
    make(svg, "path", { class: "hair", d: `M${wide ? left - 44 : 0} ${split + 2}H${view.width}` });
    make(svg, "path", { class: "thin", d: `M${left} ${view.uy(0)}H${right}` });
    const parts = { self: make(svg, "path", { class: "self" }), stop: make(svg, "path", { class: "stop-line" }) };
    make(svg, "text", { class: "soft halo", x: left, y: split + 17 }, wide ? say.stop : say.stopNarrow);
    ticks([[view.uy(-span), signed(-span)], [view.uy(0), "0"], [view.uy(span), signed(span)]]);
    return { ...parts, ended: make(svg, "text", { class: "bad end halo", x: right, y: split + 17 }) };
  }

  // The ram of press k: `down` from 0 (up) to 1 (on the stop); `seated` when the bearing has been pressed.
  function drawMachine(k, down, seated) {
    const { cx, rest, seat, bore, deep, unit, half } = view, lift = clamp(e[k] / tolerance, -2, 2) * unit * 0.5;
    const high = deep * 0.42, bottom = seat + deep * 0.62 + lift, from = rest + 16;
    const tip = from + (bottom - high - from) * down, base = seated ? bottom : tip + high;
    put(part.bearing, { d: `M${cx - bore + 1} ${px(base - high)}h${2 * bore - 2}v${px(high)}h${-2 * bore + 2}z` });
    put(part.balls, { d: [-0.62, 0.62].map((side) => `M${px(cx + side * bore - 4)} ${px(base - high / 2)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`).join("") });
    put(part.ram, { d: `M${cx - 9} ${rest - 18}V${px(tip - 8)}h-${bore - 12}v8h${2 * bore - 6}v-8h-${bore - 12}V${rest - 18}z` });
    const y = px(rest + 2 + clamp(u[k] / span, -1.4, 1.4) * unit * 0.7);
    put(part.collar, { d: `M${cx - half + 14} ${y}H${cx - 13}v7H${cx - half + 14}zM${cx + 13} ${y}H${cx + half - 14}v7H${cx + 13}z` });
    part.title.textContent = fill(say.press, { n: k + 1, all });
    part.lot.textContent = fill(say.batch, { b: b[k] + 1 });
    part.miss.textContent = seated ? missOf(k) : "";
    put(part.miss, { class: Math.abs(e[k]) > tolerance ? "num bad" : "num strong" });
    part.wheel.textContent = fill(say.wheel, { u: signed(u[k]) });
    part.loop.textContent = loopWords();
    part.late.textContent = delay && control !== "leave" ? fill(say.late, { d: delay }) : "";
  }

  const missOf = (k) => fill(e[k] > 0 ? say.deep : say.shallow, { e: Math.abs(e[k]).toFixed(0) });

  function loopWords() {
    if (control === "leave") return say.none;
    if (radius >= 1) return fill(view.wide ? say.grows : say.swells, { r: radius.toFixed(2) });
    return fill(view.wide ? say.fades : say.halves, { n: radius < 0.01 ? 1 : Math.max(1, Math.ceil(Math.log(0.5) / Math.log(radius))) });
  }

  function drawCharts(done) {
    const { left, right, shown, top, split } = view, from = Math.max(0, done - shown), step = (right - left - 10) / (shown - 1);
    const x = (i) => px(left + 5 + (i - from) * step);
    let line = "", dots = "", rejects = "", batches = "", self = "", stop = "", was = "";
    for (let i = from; i < done; i++) {
      const y = view.ey(e[i]), first = i === from;
      line += `${first ? "M" : "L"}${x(i)} ${y}`;
      if (Math.abs(e[i]) > tolerance) rejects += `M${x(i) - 3.5} ${y - 3.5}l7 7m0 -7l-7 7`; else dots += `M${x(i)} ${y}h0`;
      if (i > 0 && b[i] !== b[i - 1]) batches += `M${px(x(i) - step / 2)} ${top + 18}V${split - 4}`;
      self += `${first ? "M" : "L"}${x(i)} ${view.uy(s[i])}`;
      stop += first ? `M${x(i)} ${view.uy(-u[i] * ratio)}` : `H${x(i)}V${view.uy(-u[i] * ratio)}`;
      if (ghost && i < ghost.length) was += `${was ? "L" : "M"}${x(i)} ${view.ey(ghost[i])}`;
    }
    put(part.line, { d: line }); put(part.dots, { d: dots }); put(part.rejects, { d: rejects }); put(part.batches, { d: batches });
    put(part.self, { d: self }); put(part.stop, { d: control === "leave" ? "" : stop }); put(part.ghost, { d: was });
    part.tally.textContent = done ? `${say.scrap} ${bad[done - 1]}` : "";
    part.ended.textContent = done && Math.abs(u[done - 1]) >= travel - 0.5 ? say.end : "";
  }

  function draw(t) {
    now = t;
    const done = Math.max(0, Math.min(all, Math.floor(t + 1e-9))), rest = options.reduced || done === all ? 0 : t - done;
    if (rest > 0) {
      const down = rest < 0.4 ? rest / 0.4 : rest < 0.6 ? 1 : 1 - (rest - 0.6) / 0.4;
      drawMachine(done, down, rest >= 0.4);
    } else drawMachine(Math.max(0, done - 1), 0, done > 0);
    drawCharts(rest >= 0.4 ? done + 1 : done);
  }

  function describe(t) {
    const done = Math.max(0, Math.min(all, Math.floor(t + 1e-9)));
    if (!done) return say.start;
    const k = done - 1;
    return fill(say.caption, {
      press: fill(say.press, { n: done, all }), batch: fill(say.batch, { b: b[k] + 1 }), miss: missOf(k),
      scrap: Math.abs(e[k]) > tolerance ? say.beyond : "", u: signed(u[k]), need: signed(-s[k] / ratio), bad: bad[k], rms: Math.sqrt(square[k] / done).toFixed(1),
    });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

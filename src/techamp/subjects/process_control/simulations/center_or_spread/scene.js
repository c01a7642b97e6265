// Center or spread: the grinder makes a shaft, the shaft is measured and rolls across the limits of the drawing into its pile.
// The trace has one row for each shaft: x (µm from 8.000 mm), box (number of the box of bar), warm (µm by temperature) and
// worn (share of the wheel's interval). Where the truth may be seen, fixed.density at fixed.at is the curve of all shafts.

const SVG = "http://www.w3.org/2000/svg";
const BIN = 0.5;

const STRINGS = {
  shaft: "shaft {n} of {all}", narrowShaft: "{n} of {all}",
  box: "box {box}",
  warm: "warm", cool: "cool",
  dressed: "wheel dressed",
  sorted: "sorted out",
  inRow: "in a row", all: "all", narrowRow: "row",
  order: "in the order they were made",
  narrowOrder: "in order",
  groups: "dash: mean of five",
  ghost: "gray: before",
  six: "six sigma",
  start: "The grinder stands ready; no shaft has been measured yet.",
  now: "Shaft {n} of {all}, from box {box}: {size} mm, {where}. The wheel is {worn} percent through its interval, the machine {heat}. So far {out} of {n} are outside.",
  inside: "inside the limits", above: "{by} µm above the upper limit", below: "{by} µm below the lower limit",
  warmer: "warmer than its average", cooler: "cooler than its average",
  end: " Six sigma of five in a row span {within} µm, of all shafts {overall}, and the limits are {window} apart.",
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
const mm = (um) => (8 + um / 1000).toFixed(4);
const bin = (um) => Math.floor(um / BIN);

export function mount(host, trace, options = {}) {
  const { x: size, box, warm, worn } = trace.columns;
  const { limits, mean, within, overall, group, sort, cooling, indices, at, density } = trace.fixed;
  const all = size.length, [lower, upper] = limits;
  const ghost = options.ghost && options.ghost.columns && options.ghost.columns.x ? options.ghost.columns.x : null;
  const say = { ...STRINGS, ...options.strings };
  const outside = (um) => um < lower || um > upper;
  let svg, node, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, height = wide ? 364 : 290, top = wide ? 146 : 100;
    const left = 52, brackets = wide ? 116 : 62, right = width - brackets, mid = left + (right - left) * (wide ? 0.56 : 0.55);
    const seen = [...size, ...(ghost ?? []), lower, upper, mean - 3 * overall, mean + 3 * overall];
    view = { width, wide, height, top, left, mid, pile: mid + 6, right, bottom: height - 22 };
    view.low = Math.max(Math.min(...seen), -24) - 0.5;
    view.high = Math.min(Math.max(...seen), 15) + 0.5;
    const most = Math.max(...counts(size), ...(ghost ? counts(ghost).map((n) => n * all / ghost.length) : [0]), density ? Math.max(...density) * all * BIN : 0);
    view.block = Math.min(wide ? 9 : 7, (right - view.pile - 6) / Math.max(4, most));
    svg = make(host, "svg", { class: "scene-spread", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    node = { ...grinder(), ...card(), ...paper(), ...spans() };
  }

  function counts(of) {
    const found = new Map();
    for (const um of of) found.set(bin(um), (found.get(bin(um)) ?? 0) + 1);
    return [...found.values()];
  }

  const y = (um) => px(view.top + 22 + (view.bottom - view.top - 26) * (view.high - clamp(um, view.low, view.high)) / (view.high - view.low));
  const x = (i) => px(view.left + (i + 0.5) * (view.mid - view.left) / all);

  // Seen from the end: the wheel, the shaft against it, the diamond that dresses the wheel, a box of bar, a thermometer.
  function grinder() {
    const { wide, top, width } = view, r = wide ? 50 : 34, cx = wide ? 84 : 50, cy = wide ? 66 : 46, rs = wide ? 17 : 12;
    Object.assign(view, { cx, cy, r, rs });
    const floor = top - (wide ? 14 : 10), sx = cx + r + rs;
    make(svg, "path", { class: "hair", d: `M0 ${top}H${width}` });
    make(svg, "path", { class: "metal", d: `M${cx - r - 12} ${floor}h${2 * r + 3 * rs + 24}v${top - floor - 4}h${-(2 * r + 3 * rs + 24)}z` });
    make(svg, "path", { class: "metal", d: `M${sx - rs + 3} ${floor}V${cy + rs + 4}h${2 * rs + 4}V${floor}z` });
    make(svg, "path", { class: "metal", d: `M${cx - 9} ${floor}L${cx - 5} ${cy}h10L${cx + 9} ${floor}z` });
    const found = {
      wheel: make(svg, "circle", { class: "wheel", cx, cy, r }),
      grit: make(svg, "circle", { class: "grit", cx, cy, r: r - 5 }),
      hub: make(svg, "circle", { class: "metal", cx, cy, r: wide ? 12 : 8 }),
      spokes: make(svg, "path", { class: "thin" }),
      shaft: make(svg, "circle", { class: "shaft", cx: sx, cy, r: rs }),
      cross: make(svg, "path", { class: "axis", d: `M${sx - rs - 4} ${cy}h${2 * rs + 8}M${sx} ${cy - rs - 5}v${2 * rs + 10}` }),
      sparks: make(svg, "path", { class: "spark" }),
      diamond: make(svg, "path", { class: "metal" }),
      dressed: make(svg, "text", { class: "soft halo", x: cx + 14, y: 13 }),
    };
    return { ...found, ...boxOfBar(sx + rs + (wide ? 44 : 22), floor), ...thermometer(sx + rs + (wide ? 122 : 76), floor) };
  }

  function boxOfBar(bx, floor) {
    const { wide } = view, w = wide ? 52 : 38, h = wide ? 40 : 30, step = (w - 8) / 4, rb = px(step * 0.38);
    let ends = "";
    for (let k = 0; k < 12; k++) ends += `M${px(bx + 4 + step * (k % 4 + 0.5) - rb)} ${px(floor - 6 - Math.floor(k / 4) * step * 0.85)}a${rb} ${rb} 0 1 0 ${2 * rb} 0a${rb} ${rb} 0 1 0 ${-2 * rb} 0`;
    make(svg, "path", { class: "bars", d: ends });
    make(svg, "path", { class: "metal open", d: `M${bx} ${floor - h}v${h}h${w}v${-h}` });
    return { box: make(svg, "text", { class: "num", x: px(bx + w / 2), y: floor - h - 6, "text-anchor": "middle" }) };
  }

  function thermometer(tx, floor) {
    const up = view.wide ? 26 : 20, high = floor - 10 - up;
    Object.assign(view, { tx, tTop: up, tHigh: high });
    make(svg, "path", { class: "metal", d: `M${tx - 5} ${floor - 12}V${up}a5 5 0 0 1 10 0V${floor - 12}` });
    make(svg, "circle", { class: "heat", cx: tx, cy: floor - 8, r: 8 });
    if (cooling) make(svg, "path", { class: "thin", d: `M${tx - 14} ${floor - 4}h-6M${tx + 14} ${floor - 4}h6M${tx - 14} ${floor - 12}h-6M${tx + 14} ${floor - 12}h6` });
    make(svg, "path", { class: "thin", d: `M${tx + 8} ${px(up + high / 2)}h5` });
    return { column: make(svg, "path", { class: "heat" }), feel: make(svg, "text", { class: "soft", x: tx, y: up - 11, "text-anchor": "middle" }) };
  }

  function card() {
    const { wide, width, top, tx } = view, left = px(tx + (wide ? 44 : 20)), room = width - left - 8, base = wide ? 26 : 18;
    make(svg, "path", { class: "hair", d: `M${left - (wide ? 14 : 8)} 0V${top}` });
    const glass = Math.min(150, room), size = glass >= 96;
    make(svg, "rect", { class: "glass", x: left, y: base + 10, width: px(glass), height: 30, rx: 2 });
    return {
      count: make(svg, "text", { class: "num soft", x: left, y: base }),
      display: make(svg, "text", { class: size ? "display" : "num", x: px(left + glass - 6), y: base + (size ? 31 : 30), "text-anchor": "end" }),
      verdict: make(svg, "text", { class: "bad", x: left, y: base + 58 }),
      indices: make(svg, "text", { class: "num", x: left, y: base + (wide ? 84 : 76) }),
    };
  }

  // The paper: shafts in order, their piles, the limits through both.
  function paper() {
    const { left, mid, pile, right, top, bottom, wide, width } = view;
    make(svg, "path", { class: "band", d: `M${left} ${y(upper)}H${right}V${y(lower)}H${left}z` });
    const told = make(svg, "text", { class: "soft halo", x: 8, y: top + 15 }, wide ? `${say.order}; ${say.groups}` : say.narrowOrder);
    if (ghost) make(svg, "text", { class: "soft halo", x: pile, y: top + 15 }, say.ghost);
    const found = {
      told,
      before: make(svg, "path", { class: "ghost", d: ghost ? outline() : "" }),
      truth: make(svg, "path", { class: "truth", d: density ? curve() : "" }),
      good: make(svg, "path", { class: "good" }),
      bad: make(svg, "path", { class: "reject" }),
    };
    make(svg, "path", { class: "spec", d: `M${left} ${y(upper)}H${right}M${left} ${y(lower)}H${right}` });
    make(svg, "path", { class: "middle", d: `M${left} ${y((lower + upper) / 2)}H${right}` });
    make(svg, "path", { class: "hair", d: `M${px(mid + 3)} ${top + 22}V${bottom}` });
    for (const um of limits) make(svg, "text", { class: "num soft", x: left - 6, y: y(um) + 4, "text-anchor": "end" }, (8 + um / 1000).toFixed(3));
    make(svg, "text", { class: "soft", x: left - 6, y: bottom + 16, "text-anchor": "end" }, "mm");
    make(svg, "path", { class: "hair", d: `M0 ${top}H${width}` });
    return {
      ...found,
      points: make(svg, "path", { class: "point" }),
      crosses: make(svg, "path", { class: "cross" }),
      means: make(svg, "path", { class: "mean" }),
      rolling: make(svg, "circle", { class: "rolling", r: 4 }),
    };
  }

  const curve = () => at.filter((um) => um >= view.low && um <= view.high).map((um) => {
    const i = at.indexOf(um);
    return `${px(view.pile + density[i] * all * BIN * view.block)} ${y(um)}`;
  }).map((point, i) => `${i ? "L" : "M"}${point}`).join("");

  function outline() {
    const found = new Map();
    for (const um of ghost) found.set(bin(um), (found.get(bin(um)) ?? 0) + 1);
    const keys = [...found.keys()];
    let d = `M${view.pile} ${y(Math.min(...keys) * BIN)}`;
    for (let k = Math.min(...keys); k <= Math.max(...keys); k++) {
      const reach = px(view.pile + (found.get(k) ?? 0) * all / ghost.length * view.block);
      d += `H${reach}V${y((k + 1) * BIN)}`;
    }
    return `${d}H${view.pile}`;
  }

  // Six sigma of five in a row and of all shafts, to be held against the window of the drawing.
  function spans() {
    const { right, width, top, wide, bottom } = view, room = width - right;
    const one = px(right + room * 0.3), two = px(right + room * 0.74);
    const bracket = (at, sigma, kind) => make(svg, "path", { class: kind, d: `M${at - 5} ${y(mean + 3 * sigma)}h10M${at} ${y(mean + 3 * sigma)}V${y(mean - 3 * sigma)}M${at - 5} ${y(mean - 3 * sigma)}h10` });
    make(svg, "text", { class: "soft halo", x: px((one + two) / 2), y: top + 15, "text-anchor": "middle" }, say.six);
    make(svg, "text", { class: "blue", x: one, y: bottom + 16, "text-anchor": "middle" }, wide ? say.inRow : say.narrowRow);
    make(svg, "text", { class: "strong", x: two, y: bottom + 16, "text-anchor": "middle" }, say.all);
    return {
      spans: [bracket(one, within, "span-within"), bracket(two, overall, "span-overall"),
        make(svg, "path", { class: "middle", d: `M${right} ${y(mean)}H${width - 2}` })],
    };
  }

  // Between k and k + 1 shaft k is ground (first half), then rolls across into its pile.
  function draw(t) {
    now = t;
    const done = clamp(Math.floor(t + 1e-9), 0, all), rest = options.reduced || done === all ? 0 : t - done;
    const i = rest > 0 ? done : Math.max(0, done - 1);
    drawGrinder(i, rest, done);
    drawCard(i, rest, done);
    drawPaper(done, rest);
    for (const span of node.spans) put(span, { visibility: done === all ? "visible" : "hidden" });
  }

  function drawGrinder(i, rest, done) {
    const { cx, cy, r, rs, tx, tTop, tHigh, wide } = view, turn = (now * 137) % 360, less = px(worn[i] * (wide ? 5 : 3));
    const grinding = rest > 0 && rest < 0.5, sx = cx + r - less + rs + (rest >= 0.5 || done === 0 ? 7 : 0);
    put(node.wheel, { r: r - less });
    put(node.grit, { r: r - less - 5, transform: `rotate(${px(turn)} ${cx} ${cy})` });
    put(node.spokes, { d: `M${cx - 6} ${cy}h12M${cx} ${cy - 6}v12`, transform: `rotate(${px(turn)} ${cx} ${cy})` });
    put(node.shaft, { cx: sx });
    put(node.cross, { d: `M${sx - rs - 4} ${cy}h${2 * rs + 8}M${sx} ${cy - rs - 5}v${2 * rs + 10}` });
    const hit = cx + r - less;
    put(node.sparks, { d: grinding ? `M${hit} ${cy + 4}l5 14M${hit - 1} ${cy + 4}l-3 17M${hit + 1} ${cy + 4}l12 11` : "" });
    const fresh = i > 0 && worn[i] < worn[i - 1] - 0.02 && box.length > 0, tip = cy - r + less - (fresh ? 0 : 7);
    put(node.diamond, { d: `M${cx} ${px(tip)}l-5 -7v-9h10v9z` });
    node.dressed.textContent = fresh && wide ? say.dressed : "";
    node.box.textContent = fill(say.box, { box: box[i] });
    const reach = Math.max(1.2, ...warm.map(Math.abs)), level = px(tTop + tHigh * (0.5 - 0.42 * warm[i] / reach));
    put(node.column, { d: `M${tx - 2.5} ${tTop + tHigh + 4}V${level}h5V${tTop + tHigh + 4}z` });
    node.feel.textContent = warm[i] >= 0 ? say.warm : say.cool;
  }

  function drawCard(i, rest, done) {
    const measured = done > 0 && (rest === 0 || rest >= 0.5), bad = measured && outside(size[i]);
    node.count.textContent = fill(view.wide ? say.shaft : say.narrowShaft, { n: done, all });
    node.display.textContent = measured ? mm(size[i]) : "–.––––";
    node.verdict.textContent = bad ? (size[i] > upper ? "+" : "−") + (size[i] > upper ? size[i] - upper : lower - size[i]).toFixed(1) + " µm" + (sort && view.wide ? `, ${say.sorted}` : "") : "";
    node.indices.textContent = done === all ? (view.wide ? `Cpk ${indices.Cpk.toFixed(2)}  Ppk ${indices.Ppk.toFixed(2)}` : `Ppk ${indices.Ppk.toFixed(2)}`) : "";
  }

  function drawPaper(done, rest) {
    const { pile, block } = view, piles = new Map();
    let points = "", crosses = "", good = "", bad = "", means = "";
    const tall = Math.max(1.5, Math.abs(y(0) - y(BIN)) - 1);
    for (let i = 0; i < done; i++) {
      const um = size[i], k = bin(um), n = piles.get(k) ?? 0;
      piles.set(k, n + 1);
      const cell = `M${px(pile + n * block)} ${px(y((k + 1) * BIN) + 0.5)}h${px(Math.max(0.8, block - (block > 3 ? 1 : 0)))}v${px(tall)}h${px(-Math.max(0.8, block - (block > 3 ? 1 : 0)))}z`;
      if (outside(um)) { crosses += `M${x(i) - 3} ${y(um) - 3}l6 6m0 -6l-6 6`; bad += cell; } else { points += `M${x(i)} ${y(um)}h0`; good += cell; }
      if (i % group === group - 1) {
        const five = size.slice(i - group + 1, i + 1).reduce((a, b) => a + b, 0) / group;
        means += `M${x(i - group + 1)} ${y(five)}H${x(i)}`;
      }
    }
    put(node.points, { d: points });
    put(node.crosses, { d: crosses });
    put(node.means, { d: means });
    put(node.good, { d: good });
    put(node.bad, { d: bad });
    const moving = rest >= 0.5 && done < all, end = pile + (piles.get(bin(size[Math.min(done, all - 1)])) ?? 0) * block;
    put(node.rolling, { visibility: moving ? "visible" : "hidden", cx: moving ? px(x(done) + (end - x(done)) * (2 * rest - 1)) : 0, cy: moving ? y(size[done]) : 0 });
  }

  function describe(t) {
    const done = clamp(Math.floor(t + 1e-9), 0, all), i = done - 1;
    if (!done) return say.start;
    const um = size[i];
    const where = um > upper ? fill(say.above, { by: (um - upper).toFixed(1) }) : um < lower ? fill(say.below, { by: (lower - um).toFixed(1) }) : say.inside;
    const said = fill(say.now, {
      n: done, all, box: box[i], size: mm(um), where, worn: Math.round(100 * worn[i]), heat: warm[i] >= 0 ? say.warmer : say.cooler,
      out: size.slice(0, done).filter(outside).length,
    });
    return done === all ? said + fill(say.end, { within: (6 * within).toFixed(1), overall: (6 * overall).toFixed(1), window: (upper - lower).toFixed(0) }) : said;
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

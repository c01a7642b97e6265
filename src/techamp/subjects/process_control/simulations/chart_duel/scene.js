// Chart duel: the same points in two lanes, each with its chart over them, and below or beside them the run lengths piling up.
// The trace has a row for each point of the first run (z; for chart a and b the upper and lower statistic as a share of the limit, and 1
// for a signal), then one row without numbers for each further run; fixed.lengths has the points from shift to signal (0: none).

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  point: "point {n}",
  run: "run {n} of {all}",
  false: "false alarm",
  found: "found after {n}",
  never: "not found",
  shift: "shift {size}σ",
  piles: "run lengths",
  pilesWide: "points from the shift to the signal, run by run",
  mean: "{name}: {mean} on average",
  noMean: "{name}: none yet",
  first: "A first in {n} of {all}",
  start: "Both charts wait for the first point.",
  watching: "Point {n}: A stands at {a} % of its limit and B at {b} %.{alarm}",
  alarm: " False alarms so far: A {a}, B {b}.",
  ended: "Point {n}: the shift of {size}σ came after point {before}. {a} {b}",
  hit: "{name} found it after {n} points.",
  waits: "{name} has not found it yet.",
  piled: "Run {n} of {all}: A took {a} points, B {b}. So far {mean} A was first in {first} of {n}.",
  none: "more than {longest}",
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
const ring = (x, y, r) => `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const SIDES = ["A", "B"], REACH = 4;                       // a lane shows ±4 sigma, and every limit at three quarters of that

export function mount(host, trace, options = {}) {
  const { z, au, al, as, bu, bl, bs } = trace.columns;
  const { points, before, moved, longest, names, kinds, lengths } = trace.fixed;
  const stat = [{ u: au, l: al, s: as }, { u: bu, l: bl, s: bs }], runs = lengths[0].length;
  const took = lengths.map((all) => all.map((n) => n || longest));
  const ends = lengths.map(([n]) => n ? Math.min(points, before + n) : points);     // points of the first run that a chart saw
  const ghost = options.ghost && options.ghost.fixed && options.ghost.fixed.lengths ? options.ghost.fixed : null;
  const say = { ...STRINGS, ...options.strings };
  const size = `${moved > 0 ? "+" : "−"}${Math.abs(moved)}`;
  let svg, part, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, height = wide ? 352 : 284;
    const across = wide ? px(width * 0.6) : width, lane = wide ? (height - 4) / 2 : 94;
    view = { width, wide, height, across, lane, left: 8, right: across - (wide ? 16 : 8) };
    view.pile = wide ? { left: across + 16, right: width - 10, top: 8, bottom: height - 26 } : { left: 8, right: width - 8, top: lane * 2 + 4, bottom: height - 18 };
    svg = make(host, "svg", { class: "scene-duel", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { lanes: [lanes(0), lanes(1)], ...piles() };
    make(svg, "path", { class: "hair", d: wide ? `M0 ${lane}H${across}M${across} 0V${height}` : `M0 ${lane}H${width}M0 ${lane * 2}H${width}` });
  }

  const x = (k) => px(view.left + (k + 0.5) * (view.right - view.left) / Math.max(points, 12));
  const middle = (side) => view.lane * side + 18 + (view.lane - 22) / 2;
  const y = (side, share) => px(middle(side) - clamp(share, -1.32, 1.32) * 0.75 * (view.lane - 22) / 2);

  function lanes(side) {
    const { left, right, lane } = view, kind = kinds[side];
    const zones = kind === "western_electric" ? [1 / 3, 2 / 3] : [];
    make(svg, "path", { class: "hair", d: zones.map((v) => `M${left} ${y(side, v)}H${right}M${left} ${y(side, -v)}H${right}`).join("") });
    make(svg, "path", { class: "center", d: `M${left} ${y(side, 0)}H${right}` });
    make(svg, "path", { class: "limit", d: `M${left} ${y(side, 1)}H${right}M${left} ${y(side, -1)}H${right}` });
    const parts = {
      truth: make(svg, "path", { class: "truth" }),
      dots: make(svg, "path", { class: "dot" }),
      line: make(svg, "path", { class: side ? "line b" : "line a" }),
      lower: make(svg, "path", { class: side ? "line b" : "line a" }),
      falses: make(svg, "path", { class: "false" }),
      hit: make(svg, "path", { class: "hit" }),
    };
    const narrow = view.across < 480 ? names[side].split(", ")[0] : names[side];
    make(svg, "text", { class: "strong halo", x: left, y: lane * side + 14 }, `${SIDES[side]}: ${narrow}`);
    return { ...parts, word: make(svg, "text", { class: "num halo", x: right, y: lane * side + 14, "text-anchor": "end" }) };
  }

  // Run lengths: A piles up, B hangs down, from one axis.
  function piles() {
    const { left, right, top, bottom } = view.pile;
    const all = [...took[0], ...took[1]].sort((a, b) => a - b), reach = Math.max(8, all[Math.floor(all.length * 0.9)]);
    const bins = view.wide ? 24 : 30, width = Math.max(1, Math.ceil(reach / bins));
    Object.assign(view, { bins, binWidth: width, step: (right - left) / (bins + 1) });
    const [most, least] = took.map((of) => Math.max(...binned(of, of.length))), above = top + (view.wide ? 36 : 20);
    view.unit = (bottom - above - 4) / (most + least);
    const axis = view.axis = px(above + most * view.unit);
    make(svg, "path", { class: "axis", d: `M${left} ${axis}H${right}` });
    for (const share of [0, 0.5, 1]) {
      const anchor = share === 0 ? "start" : "middle";
      make(svg, "text", { class: "num soft", x: px(left + bins * view.step * share), y: bottom + 14, "text-anchor": anchor }, `${Math.round(bins * width * share)}${share === 1 ? "+" : ""}`);
    }
    const parts = {
      title: make(svg, "text", { class: "soft halo", x: left, y: top + 10 }),
      won: make(svg, "text", { class: "soft halo", x: right, y: top + (view.wide ? 27 : 10), "text-anchor": "end" }),
      up: make(svg, "path", { class: "pile a" }), down: make(svg, "path", { class: "pile b" }),
      ghost: make(svg, "path", { class: "ghost" }),
      newest: make(svg, "path", { class: "newest" }),
      means: make(svg, "path", { class: "mean" }),
      meanA: make(svg, "text", { class: "strong halo", x: right, y: px(Math.max(above + 14, axis - 16)), "text-anchor": "end" }),
      meanB: make(svg, "text", { class: "strong halo", x: right, y: px(Math.min(bottom - 2, axis + 30)), "text-anchor": "end" }),
    };
    if (ghost) put(parts.ghost, { d: outline(ghost.lengths[0], -1) + outline(ghost.lengths[1], 1) });
    return parts;
  }

  function binned(of, n) {
    const found = new Array(view.bins + 1).fill(0);
    for (let i = 0; i < n; i++) found[Math.min(view.bins, Math.floor((of[i] - 1) / view.binWidth))] += 1;
    return found;
  }

  function outline(of, way) {
    const n = of.length, scale = runs / n;
    return binned(of.map((m) => m || longest), n).map((count, i) => {
      const at = px(view.axis + way * count * view.unit * scale), from = px(view.pile.left + i * view.step);
      return `${i ? "L" : "M"}${from} ${at}H${px(from + view.step)}`;
    }).join("");
  }

  function draw(t) {
    now = t;
    const done = clamp(Math.floor(t + 1e-9), 0, trace.t.length);
    const seen = Math.min(points, done), over = done >= points;
    for (const side of [0, 1]) drawLane(side, seen, over);
    drawPiles(over ? done - points + 1 : 0, done);
  }

  function drawLane(side, seen, over) {
    const { u, l, s } = stat[side], lane = part.lanes[side], cusum = kinds[side] === "cusum", mine = Math.min(seen, ends[side]);
    let line = "", lower = "", dots = "", falses = "", hit = "";
    for (let k = 0; k < seen; k++) dots += `M${x(k)} ${y(side, z[k] / REACH / 0.75)}h0`;
    for (let k = 0; k < mine; k++) {
      const upper = y(side, u[k]), start = k === 0 || (k > 0 && s[k - 1] && k <= before);
      line += `${start ? "M" : "L"}${x(k)} ${upper}`;
      if (cusum) lower += `${start ? "M" : "L"}${x(k)} ${y(side, l[k])}`;
      if (!s[k]) continue;
      const at = cusum && -l[k] > u[k] ? y(side, l[k]) : upper;
      if (k < before) falses += `M${x(k) - 4} ${at - 4}l8 8m0 -8l-8 8`; else hit += ring(x(k), at, 5);
    }
    put(lane.dots, { d: dots });
    put(lane.line, { d: line });
    put(lane.lower, { d: lower });
    put(lane.falses, { d: falses });
    put(lane.hit, { d: hit });
    const known = over || seen > Math.min(...ends);
    put(lane.truth, { d: known && before < points ? `M${view.left} ${y(side, 0)}H${px(x(before) - 2)}V${y(side, moved / REACH / 0.75)}H${view.right}` : "" });
    lane.word.textContent = word(side, seen, falses);
  }

  function word(side, seen, falses) {
    if (lengths[side][0] && seen >= ends[side]) return fill(say.found, { n: lengths[side][0] });
    if (seen >= points) return say.never;
    return falses ? say.false : side === 0 && seen ? fill(say.point, { n: seen }) : "";
  }

  function drawPiles(n, done) {
    const [up, down] = took.map((of) => binned(of, n));
    const bars = (counts, way) => counts.map((count, i) => count ? `M${px(view.pile.left + i * view.step + 0.5)} ${view.axis}v${px(way * count * view.unit)}h${px(view.step - 1)}v${px(-way * count * view.unit)}z` : "").join("");
    put(part.up, { d: bars(up, -1) });
    put(part.down, { d: bars(down, 1) });
    part.title.textContent = n ? fill(say.run, { n, all: runs }) : view.wide ? say.pilesWide : say.piles;
    part.won.textContent = n ? fill(say.first, { n: firsts(n), all: n }) : "";
    let newest = "", means = "";
    for (const side of [0, 1]) {
      const text = side ? part.meanB : part.meanA;
      text.textContent = n ? fill(say.mean, { name: SIDES[side], mean: mean(side, n) }) : "";
      if (!n) continue;
      const way = side ? 1 : -1, at = place(took[side].slice(0, n).reduce((a, b) => a + b, 0) / n);
      means += `M${at} ${view.axis}v${way * 14}m-4 ${way * -5}l4 ${way * 5}l4 ${way * -5}`;
      const last = place(took[side][n - 1]);
      if (done < trace.t.length) newest += ring(last, view.axis + way * 5, 3.5);
    }
    put(part.newest, { d: newest });
    put(part.means, { d: means });
  }

  const place = (length) => px(view.pile.left + Math.min(view.bins + 0.5, (length - 0.5) / view.binWidth) * view.step);
  const mean = (side, n) => (took[side].slice(0, n).reduce((a, b) => a + b, 0) / n).toFixed(1);

  function firsts(n) {
    let won = 0;
    for (let i = 0; i < n; i++) won += took[0][i] < took[1][i] ? 1 : took[0][i] === took[1][i] ? 0.5 : 0;
    return won;
  }

  function percent(side, k) {
    const { u, l } = stat[side];
    return Math.round(100 * Math.max(Math.abs(u[k] ?? 0), Math.abs(l[k] ?? 0)));
  }

  function describe(t) {
    const done = clamp(Math.floor(t + 1e-9), 0, trace.t.length);
    if (!done) return say.start;
    if (done > points) return describePiles(done - points + 1);
    const fallen = stat.map(({ s }, side) => s.slice(0, Math.min(done, before, ends[side])).filter((v) => v > 0).length);
    if (done < Math.min(...ends) || (done < points && done <= before)) {
      const alarm = fallen[0] + fallen[1] ? fill(say.alarm, { a: fallen[0], b: fallen[1] }) : "";
      return fill(say.watching, { n: done, a: percent(0, done - 1), b: percent(1, done - 1), alarm });
    }
    const words = SIDES.map((name, side) => lengths[side][0] && done >= ends[side] ? fill(say.hit, { name, n: lengths[side][0] }) : fill(say.waits, { name }));
    return fill(say.ended, { n: done, size, before, a: words[0], b: words[1] });
  }

  function describePiles(n) {
    const text = (side) => lengths[side][n - 1] || fill(say.none, { longest });
    const means = SIDES.map((name, side) => fill(say.mean, { name, mean: mean(side, n) })).join(", ");
    return fill(say.piled, { n, all: runs, a: text(0), b: text(1), mean: `${means};`, first: firsts(n) });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

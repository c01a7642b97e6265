// The red beads: the bowl with the paddle over it, the foreman's ranking from day to day, and the chart of all paddles.
// The trace has one row for each paddle: worker and day (from 0), red its count, out whether the chart signals, beads a text of
// 1 (red) and 0 (white), share the percent of red beads in the common bowl.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  dips: "Day {day} of {days}: {name} dips",
  dipped: "Day {day} of {days}: {name}",
  red: "{red} red",
  praise: "“Well done, {best}: {low}. {worst}, {high} is a warning.”",
  keep_best: "“{best}: {low}, good. {worst}: {high}, bad.”",
  sent: "“{names} go home. The best three stay.”",
  bought: "“We bought better beads.”",
  silent: "The foreman waits for the counts.",
  ranking: "ranking of the day",
  best: "best",
  worst: "worst",
  chart: "red beads in a paddle",
  ghost: "gray: the run before",
  start: "Six people stand at the bowl; no paddle has been dipped yet.",
  now: "Day {day}, {name}: {red} red beads of {all}{out}. {rank} So far {sum} red beads in {n} paddles.",
  out: ", beyond a limit",
  ranked: "Fewest that day so far: {best}, most: {worst}.",
  first: "The first paddle of the day.",
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

export function mount(host, trace, options = {}) {
  const { worker, day, red, out, beads, share } = trace.columns;
  const { workers, paddle, foreman, change, limits } = trace.fixed;
  const all = red.length, days = day.at(-1) + 1;
  const ghost = options.ghost && options.ghost.columns && options.ghost.columns.red ? options.ghost.columns.red : null;
  const say = { ...STRINGS, ...options.strings };
  let svg, part, view, now = 0;

  // Mean count of each worker on a day, of the paddles dipped before `done`.
  function counts(of, done = all) {
    const sum = new Map();
    for (let i = 0; i < done; i++) {
      if (day[i] !== of) continue;
      const [total, n] = sum.get(worker[i]) ?? [0, 0];
      sum.set(worker[i], [total + red[i], n + 1]);
    }
    return new Map([...sum].map(([who, [total, n]]) => [who, total / n]));
  }

  const order = (found) => [...found].sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([who]) => who);
  const ranks = Array.from({ length: days }, (_, k) => order(counts(k)));
  const last = day.map((of, i) => day[i + 1] !== of);          // whether a paddle ends its day
  const show = (mean) => Number.isInteger(mean) ? `${mean}` : mean.toFixed(1);

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, height = wide ? 356 : 284;
    view = { width, wide, height, top: 40, mid: wide ? 214 : 168 };
    view.bowl = wide ? Math.min(330, width * 0.36) : 132;
    svg = make(host, "svg", { class: "scene-beads", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { ...bowl(), ...board(), ...chart(), ...talk() };
  }

  function talk() {
    return {
      who: make(svg, "text", { class: "strong", x: 8, y: 15 }),
      count: make(svg, "text", { class: "num strong", x: view.width - 8, y: 15, "text-anchor": "end" }),
      foreman: make(svg, "text", { class: "soft", x: 8, y: 32 }),
    };
  }

  // The bowl: beads on a sunflower spiral, in the share of the common bowl, and the paddle with its holes.
  function bowl() {
    const { top, mid, bowl: room, wide } = view, cx = px(room / 2 + 4), cy = px((top + mid) / 2), rx = room / 2, ry = (mid - top) / 2 - 2;
    const columns = 10, rows = Math.ceil(paddle / 10), pitch = Math.min(wide ? 17 : 10.5, (ry * 2 - 14) / Math.max(5, rows));
    Object.assign(view, { cx, cy, rx, ry, pitch, left: cx - pitch * (columns - 1) / 2, up: cy - pitch * (rows - 1) / 2, size: px(pitch * 0.36) });
    make(svg, "ellipse", { class: "bowl", cx, cy, rx: px(rx), ry: px(ry) });
    const parts = { white: make(svg, "path", { class: "white" }), stray: make(svg, "path", { class: "stray" }) };
    const w = pitch * 10 + 4, h = pitch * rows + 4;
    make(svg, "path", { class: "paddle", d: `M${px(cx - w / 2)} ${px(cy - h / 2)}h${px(w)}v${px(h)}h${px(-w)}zM${px(cx - 6)} ${px(cy + h / 2)}v${px(Math.max(4, ry - h / 2 + 1))}h12v${px(-Math.max(4, ry - h / 2 + 1))}` });
    const holes = Array.from({ length: paddle }, (_, j) => ring(...hole(j), view.size)).join("");
    make(svg, "path", { class: "hole", d: holes });
    return { ...parts, whites: make(svg, "path", { class: "bead" }), reds: make(svg, "path", { class: "red" }) };
  }

  const hole = (j) => [view.left + (j % 10) * view.pitch, view.up + Math.floor(j / 10) * view.pitch];

  function scattered(percent) {
    const { cx, cy, rx, ry, pitch, wide } = view, h = pitch * Math.ceil(paddle / 10) / 2 + 4, w = pitch * 5 + 5, many = wide ? 420 : 230;
    const found = ["", ""];
    for (let i = 0; i < many; i++) {
      const r = Math.sqrt((i + 0.5) / many) * 0.95, angle = i * 2.399963, x = cx + rx * r * Math.cos(angle), y = cy + ry * r * Math.sin(angle);
      if (Math.abs(x - cx) < w && Math.abs(y - cy) < h) continue;
      found[(i * 0.7548777 + 0.31) % 1 < percent / 100 ? 1 : 0] += `M${px(x)} ${px(y)}h0`;
    }
    return found;
  }

  // The foreman's board: one line for each person through the ranks of the days.
  function board() {
    const { width, top, mid, bowl: room, wide } = view, left = room + (wide ? 60 : 44), right = width - (wide ? 44 : 36);
    const step = days > 1 ? (right - left) / (days - 1) : 0, gap = (mid - top - 34) / 5;
    view.rx_ = (k) => px(days > 1 ? left + k * step : (left + right) / 2);
    view.ry_ = (place) => px(top + 24 + place * gap);
    make(svg, "text", { class: "soft", x: left - (wide ? 44 : 30), y: top + 8 }, say.ranking);
    make(svg, "text", { class: "soft", x: left - 8, y: view.ry_(0) + 4, "text-anchor": "end" }, say.best);
    make(svg, "text", { class: "soft", x: left - 8, y: view.ry_(5) + 4, "text-anchor": "end" }, say.worst);
    return {
      grid: make(svg, "path", { class: "hair", d: Array.from({ length: days }, (_, k) => `M${view.rx_(k)} ${view.ry_(0) - 5}V${view.ry_(5) + 5}`).join("") }),
      lanes: workers.map(() => make(svg, "path", { class: "lane" })),
      hero: make(svg, "path", { class: "hero" }),
      spots: make(svg, "path", { class: "spot" }),
      heroes: make(svg, "path", { class: "crown" }),
      names: workers.map(() => make(svg, "text", { class: "name", x: right + 7 })),
    };
  }

  function chart() {
    const { width, height, mid } = view, left = 34, right = width - 10, bottom = height - 12;
    const most = Math.max(...red, ...(ghost ?? [0]), limits.upper) * 1.06 || 1;
    view.x = (i) => px(left + (i + 0.5) * (right - left) / Math.max(all, 1));
    view.y = (count) => px(bottom - (bottom - mid - 24) * count / most);
    make(svg, "path", { class: "hair", d: `M0 ${mid}H${width}` });
    for (const [count, kind] of [[limits.upper, "limit"], [limits.center, "center"], [limits.lower, "limit"]]) {
      make(svg, "path", { class: kind, d: `M${left} ${view.y(count)}H${right}` });
      make(svg, "text", { class: "num soft", x: left - 5, y: view.y(count) + 4, "text-anchor": "end" }, `${Math.round(count)}`);
    }
    const rules = day.map((k, i) => i && day[i - 1] !== k ? `M${px((view.x(i) + view.x(i - 1)) / 2)} ${mid + 22}V${bottom}` : "").join("");
    make(svg, "path", { class: "rule", d: rules });
    make(svg, "text", { class: "soft halo", x: left + 2, y: mid + 16 }, ghost ? `${say.chart} (${say.ghost})` : say.chart);
    if (ghost) make(svg, "path", { class: "ghost", d: ghost.slice(0, all).map((count, i) => `${i ? "L" : "M"}${view.x(i)} ${view.y(count)}`).join("") });
    return {
      line: make(svg, "path", { class: "line" }),
      points: make(svg, "path", { class: "point" }),
      signals: make(svg, "path", { class: "signal" }),
      named: make(svg, "text", { class: "bad halo" }),
    };
  }

  function draw(t) {
    now = t;
    const done = Math.max(0, Math.min(all, Math.floor(t + 1e-9))), rest = options.reduced || done === all ? 0 : t - done;
    const at = rest > 0 ? done : done - 1;
    drawBowl(at, rest);
    drawTalk(at, rest, done);
    drawBoard(done);
    drawChart(done);
  }

  function drawBowl(at, rest) {
    const shown = at < 0 ? 0 : rest > 0 ? Math.min(paddle, Math.floor(rest * 1.25 * paddle)) : paddle;
    const [white, stray] = scattered(share[Math.max(0, at)]);
    put(part.white, { d: white });
    put(part.stray, { d: stray });
    let whites = "", reds = "";
    for (let j = 0; j < shown; j++) {
      if (beads[at][j] === "1") reds += ring(...hole(j), view.size); else whites += ring(...hole(j), view.size);
    }
    put(part.whites, { d: whites });
    put(part.reds, { d: reds });
  }

  function drawTalk(at, rest, done) {
    if (at < 0) { part.who.textContent = part.count.textContent = ""; part.foreman.textContent = say.silent; return; }
    part.who.textContent = fill(rest > 0 ? say.dips : say.dipped, { day: day[at] + 1, days, name: workers[worker[at]] });
    part.count.textContent = rest > 0 ? "" : fill(say.red, { red: red[at] });
    part.foreman.textContent = spoken(done);
  }

  // What the foreman said last: at the end of the last full day.
  function spoken(done) {
    let end = done - 1;
    while (end >= 0 && !last[end]) end -= 1;
    if (end < 0) return say.silent;
    const of = day[end], ranked = ranks[of], means = counts(of);
    if (of + 1 === change && change < days && foreman === "keep_best") {
      const stay = new Set(ranks[change]);
      return fill(say.sent, { names: workers.filter((_, who) => !stay.has(who)).join(", ") });
    }
    if (of + 1 === change && change < days && foreman === "bowl") return say.bought;
    return fill(foreman === "keep_best" ? say.keep_best : say.praise, {
      best: workers[ranked[0]], low: show(means.get(ranked[0])), worst: workers[ranked.at(-1)], high: show(means.get(ranked.at(-1))),
    });
  }

  // Ranks of the full days; the blue line is the person who was best on the first day.
  function drawBoard(done) {
    const full = done === all ? days : day[done] ?? 0, hero = ranks[0][0];
    let spots = "", crowns = "", heroic = "";
    workers.forEach((name, who) => {
      let d = "", end = null;
      for (let k = 0; k < full; k++) {
        const place = ranks[k].indexOf(who);
        if (place < 0) continue;
        const [x, y] = [view.rx_(k), view.ry_(place)];
        d += `${d ? "L" : "M"}${x} ${y}`;
        if (who === hero) crowns += ring(x, y, 4); else spots += ring(x, y, 3);
        end = k === full - 1 ? y : end;
      }
      put(part.lanes[who], { d: who === hero ? "" : d });
      if (who === hero) heroic = d;
      part.names[who].textContent = end === null ? "" : name;
      put(part.names[who], { class: who === hero ? "name strong halo" : "name halo", x: px(view.rx_(Math.max(0, full - 1)) + 7), y: (end ?? 0) + 4 });
    });
    put(part.hero, { d: heroic });
    put(part.spots, { d: spots });
    put(part.heroes, { d: crowns });
  }

  function drawChart(done) {
    let line = "", points = "", signals = "", named = null;
    for (let i = 0; i < done; i++) {
      const [x, y] = [view.x(i), view.y(red[i])];
      line += `${i ? "L" : "M"}${x} ${y}`;
      if (out[i]) { signals += ring(x, y, 5); named = i; } else points += `M${x} ${y}h0`;
    }
    put(part.line, { d: line });
    put(part.points, { d: points });
    put(part.signals, { d: signals });
    part.named.textContent = named === null ? "" : workers[worker[named]];
    if (named === null) return;
    const right = view.x(named) > view.width - 60;
    put(part.named, { x: view.x(named) + (right ? -8 : 8), y: Math.max(view.mid + 30, view.y(red[named]) + 4), "text-anchor": right ? "end" : "start" });
  }

  function describe(t) {
    const done = Math.max(0, Math.min(all, Math.floor(t + 1e-9)));
    if (!done) return say.start;
    const i = done - 1, ranked = order(counts(day[i], done));
    const rank = ranked.length > 1 ? fill(say.ranked, { best: workers[ranked[0]], worst: workers[ranked.at(-1)] }) : say.first;
    return fill(say.now, {
      day: day[i] + 1, name: workers[worker[i]], red: red[i], all: paddle, out: out[i] ? say.out : "", rank,
      sum: red.slice(0, done).reduce((a, b) => a + b, 0), n: done,
    });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

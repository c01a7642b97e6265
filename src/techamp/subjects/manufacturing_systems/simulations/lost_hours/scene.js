// Lost hours: three machines, each writing its log as a strip; the last stops of the chosen one in words; and its planned time, cut down
// step by step to the time that made good parts. The trace has one row for each piece of a machine's time: machine, state (a place in
// fixed.states), t to `to`, and made (1 a good part was finished at its end, -1 a bad one). fixed.out are the moments of good parts.

const SVG = "http://www.w3.org/2000/svg";
const [WORK, SLOW, SHORT, DOWN, SETUP, BLOCKED] = [0, 1, 2, 3, 4, 5];

const STRINGS = {
  work: "working", slow: "slow part", short: "short stop", down: "down", setup: "changeover", blocked: "no room", none: "no part",
  clock: "Shift {shift}, {time}",
  good: "{n} good parts",
  ago: "{n} min ago", now: "now",
  log: "Log of the {name}",
  entry: "{time} {what}, {minutes} min",
  empty: "no stop so far",
  availability: "Available", performance: "At full speed", quality: "Good",
  oee: "OEE so far {oee} %", product: "= {a} × {p} × {q} %", before: "run before {oee} %", early: "OEE so far",
  legend: "low blue: working; high blue: slow; amber: short stop; red: breakdown; frame: changeover; line: no room; empty: no part",
  start: "Three machines in a row, nothing made yet. The log begins.",
  said: "Shift {shift}, {time}: {n} good parts. {states}.{last} {oee}",
  state: "{name} {state}",
  last: " Last stop of the {name}: {what} at {at}, {minutes} minutes.",
  share: "Its OEE so far is {oee} percent.",
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
const clock = (minutes) => `${Math.floor(minutes / 60)}:${String(Math.floor(minutes % 60)).padStart(2, "0")}`;

// Pieces of each machine in order of time, and how OEE of the chosen one stands at any moment.
function read(trace) {
  const { machine, state, to, made } = trace.columns, { names, chosen, ideal } = trace.fixed, end = trace.t.at(-1);
  const rows = trace.t.map((from, i) => ({ machine: machine[i], state: state[i], from, to: to[i], made: made[i] })).filter((row) => row.to > row.from);
  const lanes = names.map((_, k) => rows.filter((row) => row.machine === k));
  return { end, lanes, mine: lanes[chosen], ideal: ideal[chosen], fixed: trace.fixed };
}

// Minutes of the chosen machine so far: by what they went to, from planned time down to good parts.
function account({ mine, ideal, fixed }, t) {
  const spent = [0, 0, 0, 0, 0, 0];
  let good = 0, bad = 0, since = 0;
  for (const row of mine) {
    if (row.from >= t) break;
    const minutes = Math.min(row.to, t) - row.from;
    spent[row.state] += minutes;
    if (row.state > SLOW) continue;
    since += minutes;
    if (row.made && row.to <= t) { if (row.made > 0) good += 1; else bad += 1; since = 0; }
  }
  const work = spent[WORK] + spent[SLOW], part = Math.min(ideal, since), parts = good + bad;
  const made = fixed.usual ? work : Math.min(work, parts * ideal + part), waits = t - spent.reduce((a, b) => a + b, 0);
  const idle = Math.max(0, waits) + spent[BLOCKED];
  const planned = t - (fixed.planned_setups ? spent[SETUP] : 0) - (fixed.waiting_outside ? idle : 0);
  const setups = fixed.planned_setups ? 0 : spent[SETUP], waiting = fixed.waiting_outside ? 0 : idle;
  const available = planned - spent[DOWN] - setups, fine = parts ? made * (good + part / ideal) / (parts + part / ideal) : made;
  return { planned, down: spent[DOWN], setups, available, short: spent[SHORT], waiting, slow: Math.max(0, available - spent[SHORT] - waiting - made), made, good: fine };
}

const share = (a, b) => (b > 0 ? Math.round(100 * a / b) : 0);

export function mount(host, trace, options = {}) {
  const it = read(trace), { names, chosen, out, shift } = trace.fixed;
  const ghost = options.ghost && options.ghost.fixed && options.ghost.fixed.states && options.ghost.fixed.chosen === chosen ? read(options.ghost) : null;
  const say = { ...STRINGS, ...options.strings }, WORDS = [say.work, say.slow, say.short, say.down, say.setup, say.blocked];
  const stops = it.mine.filter((row) => row.state === SHORT || row.state === DOWN || row.state === SETUP);
  let svg, part, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620;
    view = wide
      ? { width, wide, height: 356, x: 104, top: 34, pitch: 44, tall: 32, window: 150, lines: 6, left: 0, half: width * 0.62, cascade: 218, step: 32, bar: 22 }
      : { width, wide, height: 288, x: 78, top: 26, pitch: 32, tall: 25, window: 75, lines: 3, left: 0, half: width, cascade: 202, step: 22, bar: 15 };
    view.scale = (width - view.x - 6) / view.window;
    svg = make(host, "svg", { class: "scene-hours", viewBox: `0 0 ${width} ${view.height}`, width, height: view.height, "aria-hidden": "true" });
    part = {
      clock: make(svg, "text", { class: "strong", x: 2, y: 15 }),
      good: make(svg, "text", { class: "num strong", x: width - 4, y: 15, "text-anchor": "end" }),
      lanes: names.map(lane), log: log(), ...cascade(),
    };
  }

  function lane(name, k) {
    const y = view.top + k * view.pitch, base = y + view.tall;
    make(svg, "text", { class: k === chosen ? "strong" : "", x: 2, y: y + 11 }, name);
    const found = { y, base, state: make(svg, "text", { class: "soft", x: 2, y: y + 25 }) };
    found.pieces = ["work", "slow", "blocked", "setup", "short", "down"].map((kind) => make(svg, "path", { class: `is-${kind}` }));
    make(svg, "path", { class: k === chosen ? "base mine" : "base", d: `M${view.x} ${base}H${view.width - 6}` });
    return found;
  }

  function log() {
    const y = view.top + names.length * view.pitch + (view.wide ? 10 : 8);
    make(svg, "text", { class: "soft", x: view.x, y }, fill(say.ago, { n: view.window }));
    make(svg, "text", { class: "soft", x: view.width - 6, y, "text-anchor": "end" }, say.now);
    if (view.width >= 780) make(svg, "text", { class: "soft", x: 2, y: view.height - 8 }, say.legend);
    const x = view.wide ? view.half + 24 : 2, from = view.wide ? view.cascade + 2 : y + 19;
    if (view.wide) make(svg, "text", { class: "strong", x, y: from - 2 }, fill(say.log, { name: names[chosen].toLowerCase() }));
    return Array.from({ length: view.lines }, (_, n) => make(svg, "text", { class: n ? "num soft" : "num", x, y: from + (view.wide ? 18 : 0) + n * 16 }));
  }

  function cascade() {
    const left = view.wide ? 104 : 84, right = view.half - 50, rows = ["availability", "performance", "quality"].map((kind, n) => {
      const y = view.cascade + n * view.step - (view.wide ? 12 : 10);
      make(svg, "text", { x: 2, y: y + view.bar - 4 }, say[kind]);
      const pieces = [["down", "setup"], ["short", "slowed", "none"], ["scrap"]][n].map((what) => make(svg, "rect", { class: `lost-${what}`, y, height: view.bar }));
      return {
        y, pieces, kept: make(svg, "rect", { class: "kept", x: left, y, height: view.bar }),
        share: make(svg, "text", { class: "num strong", x: right + 6, y: y + view.bar - 4 }),
      };
    });
    const y = view.cascade + 2 * view.step + (view.wide ? 38 : 27);
    const mark = make(svg, "path", { class: "mark" });
    return {
      rows, left, right, mark,
      oee: make(svg, "text", { class: "num strong", x: 2, y }),
      product: make(svg, "text", { class: "num soft", x: view.wide ? 150 : 124, y }),
      before: make(svg, "text", { class: "num soft", x: view.wide ? view.half - 4 : view.width - 4, y, "text-anchor": "end" }),
    };
  }

  function draw(t) {
    now = t;
    const made = out.filter((at) => at <= t).length;
    part.clock.textContent = fill(say.clock, when(t));
    part.good.textContent = fill(say.good, { n: made });
    part.lanes.forEach((shown, k) => drawLane(shown, k, t));
    drawLog(t);
    drawCascade(t);
  }

  const when = (t) => ({ shift: Math.min(Math.floor(t / shift), Math.ceil(it.end / shift) - 1) + 1, time: clock(t >= it.end ? shift : t % shift) });
  const current = (k, t) => it.lanes[k].find((row) => row.from <= t && (t < row.to || (t >= it.end && row.to >= it.end)));
  const word = (k, t) => { const row = current(k, t); return row ? WORDS[row.state] : say.none; };

  // What the machine wrote in the last minutes: low for work, high for a slow part, full height for a stop.
  function drawLane(shown, k, t) {
    const from = t - view.window, paths = ["", "", "", "", "", ""], order = [WORK, SLOW, BLOCKED, SETUP, SHORT, DOWN];
    for (const row of it.lanes[k]) {
      if (row.to <= from) continue;
      if (row.from >= t) break;
      const a = px(view.x + (Math.max(row.from, from) - from) * view.scale), b = px(view.x + (Math.min(row.to, t) - from) * view.scale);
      const high = row.state === WORK ? view.tall * 0.45 : row.state === SLOW ? view.tall * 0.68 : row.state === BLOCKED ? 5 : view.tall;
      const gap = row.made && row.to <= t && b - a > 3 ? 1 : 0;
      paths[order.indexOf(row.state)] += `M${a} ${shown.base}V${px(shown.base - high)}H${px(b - gap)}V${shown.base}z`;
    }
    shown.pieces.forEach((path, n) => put(path, { d: paths[n] }));
    const row = current(k, t);
    shown.state.textContent = word(k, t);
    shown.state.setAttribute("class", row && row.state === DOWN ? "bad" : row && row.state < SHORT ? "soft" : "warn");
  }

  function drawLog(t) {
    const begun = stops.filter((row) => row.from <= t);
    part.log.forEach((line, n) => {
      const row = begun[begun.length - 1 - n];
      line.textContent = row ? fill(say.entry, { time: clock(row.from % shift), what: WORDS[row.state], minutes: (Math.min(row.to, t) - row.from).toFixed(1) }) : n ? "" : say.empty;
    });
  }

  function drawCascade(t) {
    const found = account(it, t), whole = Math.max(found.planned, 1e-9), scale = (part.right - part.left) / whole;
    const steps = [[found.available, [found.down, found.setups]], [found.made, [found.short, found.slow, found.waiting]], [found.good, [found.made - found.good]]];
    const bases = [found.planned, found.available, found.made];
    part.rows.forEach((row, n) => {
      const [kept, lost] = steps[n];
      let x = part.left + (t > 0 ? kept * scale : 0);
      put(row.kept, { width: px(Math.max(0, x - part.left)) });
      row.pieces.forEach((piece, i) => { const w = t > 0 ? Math.max(0, lost[i] * scale) : 0; put(piece, { x: px(x), width: px(w) }); x += w; });
      row.share.textContent = t > 0 ? `${share(kept, bases[n])} %` : "";
    });
    const then = ghost && t > 0 && view.width >= 350 ? account(ghost, Math.min(t, ghost.end)) : null;
    part.oee.textContent = t > 0 ? fill(say.oee, { oee: share(found.good, found.planned) }) : say.early;
    part.product.textContent = t > 0 ? fill(say.product, { a: share(found.available, found.planned), p: share(found.made, found.available), q: share(found.good, found.made) }) : "";
    part.before.textContent = then ? fill(say.before, { oee: share(then.good, then.planned) }) : "";
    const x = then ? px(part.left + (part.right - part.left) * then.good / Math.max(then.planned, 1e-9)) : 0, y = part.rows[2].y;
    put(part.mark, { d: then ? `M${x} ${y - 3}V${y + view.bar + 3}` : "" });
  }

  function describe(t) {
    if (t <= 0) return say.start;
    const last = stops.filter((row) => row.from <= t).at(-1), found = account(it, t);
    return fill(say.said, {
      ...when(t), n: out.filter((at) => at <= t).length,
      states: names.map((name, k) => fill(say.state, { name, state: word(k, t) })).join(", "),
      last: last ? fill(say.last, { name: names[chosen].toLowerCase(), what: WORDS[last.state], at: clock(last.from % shift), minutes: (Math.min(last.to, t) - last.from).toFixed(1) }) : "",
      oee: fill(say.share, { oee: share(found.good, found.planned) }),
    });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

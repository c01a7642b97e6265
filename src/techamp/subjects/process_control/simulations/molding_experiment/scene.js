// The press at work, the five settings of the run, and every shot against the tolerance, run by run.
// The trace has one row for each run and a last one for the confirmation: t the hour at which it ends, shots (µm from
// nominal), settings in units, day. See model.md.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  run: "Run {n} of {all}", confirm: "Confirmation", ready: "Ready for run 1",
  phases: ["closing", "injecting", "holding", "cooling", "opening"],
  shots: "length less {nominal} mm, µm", day: "day {n}",
  cost: "{hours} h", low: "low", high: "high", expected: "expected", confirmed: "confirmed", ghost: "gray: the run before",
  start: "The press is warm and the run sheet hangs beside it; no part has been made yet.",
  made: "{run}: {settings}. {n} {parts}, on average {mean} µm from nominal{out}. {hours} hours of press time.",
  one: "part", many: "parts", out: ", {n} outside the tolerance",
  now: " Now {run}: the press is {phase}.",
  final: " Production at these settings: {good} of 100 parts good.",
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
const signed = (value) => (value > 0 ? "+" : value < 0 ? "−" : "") + Math.abs(Math.round(value));
const average = (list) => list.reduce((sum, v) => sum + v, 0) / list.length;

export function mount(host, trace, options = {}) {
  const { t: ends } = trace, { shots, settings, day } = trace.columns;
  const { names, units, low, high, tolerance, nominal, expected, good } = trace.fixed;
  const runs = ends.length - 1, say = { ...STRINGS, ...options.strings };
  const ghost = options.ghost?.columns?.shots ? options.ghost : null;
  let svg, part, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620;
    const height = wide ? 364 : 290, top = wide ? 156 : 128;
    const lengths = [...shots.flat(), tolerance * 1.4, -tolerance * 1.4, expected[1] ?? 0, expected[2] ?? 0];
    view = { width, wide, height, top, left: 40, right: width - 8, low: Math.min(...lengths) - 8, high: Math.max(...lengths) + 8 };
    view.divide = px(width * (wide ? 0.56 : 0.5));
    svg = make(host, "svg", { class: "scene-molding", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { ...press(), ...knobs(), ...strip() };
  }

  // Barrel with screw at the right, the two halves of the mold in the middle, the clamp at the left.
  function press() {
    const { divide, top, wide, width } = view, y = wide ? 84 : 70, r = wide ? 17 : 13, mold = px(divide * 0.43), tall = wide ? 44 : 36;
    Object.assign(view, { y, r, mold, tall, open: wide ? 34 : 20, nozzle: mold + (wide ? 34 : 24) });
    make(svg, "path", { class: "hair", d: `M0 ${top}H${width}M${divide} 0V${top}` });
    make(svg, "path", { class: "axis", d: `M4 ${y}H${divide - 4}` });
    make(svg, "path", { class: "thin", d: `M8 ${y + tall + 6}H${divide - 8}` });
    const barrel = view.nozzle + 8, end = divide - 10;
    make(svg, "path", { class: "metal", d: `M${view.nozzle} ${y - 3}h8v${3 - r}H${end}V${y + r}H${barrel}v${3 - r}h-8z` });
    const melt = make(svg, "path", { class: "melt", d: `M${view.nozzle} ${y - 2}h9v${4 - r}H${end - 2}V${y + r - 2}H${barrel + 1}v${4 - r}h-9z` });
    const hopper = end - (wide ? 40 : 26);
    make(svg, "path", { class: "metal", d: `M${hopper - 12} ${y - r - 22}h34l-10 14v8h-14v-8z` });
    return {
      melt,
      screw: make(svg, "path", { class: "screw" }),
      fixed: make(svg, "path", { class: "metal", d: `M${mold} ${y - tall}h${view.nozzle - mold}v${2 * tall}h${mold - view.nozzle}z` }),
      moving: make(svg, "path", { class: "metal" }),
      rods: make(svg, "path", { class: "thin" }),
      part: make(svg, "path", { class: "part" }),
      cool: make(svg, "path", { class: "cool" }),
      title: make(svg, "text", { class: "strong", x: 10, y: 15 }),
      phase: make(svg, "text", { class: "soft", x: 10, y: 30 }),
      clock: make(svg, "text", { class: "num soft", x: divide - 8, y: 15, "text-anchor": "end" }),
    };
  }

  // Five tracks, one for each setting: low and high as ticks, the run as a knob, the value beside it.
  function knobs() {
    const { divide, width, top, wide } = view, x = divide + 10, step = (top - 10) / names.length;
    const rows = names.map((name, j) => {
      const y = px(8 + j * step), reach = width - 12 - x;
      make(svg, "text", { class: "soft", x, y: y + 11 }, name);
      const track = y + step - (wide ? 8 : 5);
      make(svg, "path", { class: "track", d: `M${x + reach * 0.15} ${track}H${x + reach * 0.85}` });
      for (const share of [0.25, 0.75]) make(svg, "path", { class: "end", d: `M${px(x + reach * share)} ${track - 4}v8` });
      const at = (value) => px(x + reach * clamp(0.5 + 0.25 * (2 * value - low[j] - high[j]) / (high[j] - low[j]), 0.12, 0.88));
      return {
        at, knob: make(svg, "circle", { class: "knob", r: 5, cy: px(track) }),
        value: make(svg, "text", { class: "num", x: width - 8, y: y + 11, "text-anchor": "end" }),
      };
    });
    return { rows };
  }

  function strip() {
    const { top, height, left, right, wide } = view, floor = height - 8, room = floor - top - 24;
    view.dy = (um) => px(top + 22 + room * (view.high - um) / (view.high - view.low));
    view.gap = (right - left - 12) / (runs + 2.4);
    view.dx = (i) => px(left + 8 + view.gap * (i < runs ? i + 0.5 : runs + 1.4));
    make(svg, "path", { class: "band", d: `M${left} ${view.dy(tolerance)}H${right}V${view.dy(-tolerance)}H${left}z` });
    make(svg, "path", { class: "spec", d: `M${left} ${view.dy(tolerance)}H${right}M${left} ${view.dy(-tolerance)}H${right}` });
    make(svg, "path", { class: "thin", d: `M${left} ${view.dy(0)}H${right}` });
    for (const um of [tolerance, 0, -tolerance]) {
      make(svg, "text", { class: "num soft", x: left - 5, y: view.dy(um) + 4, "text-anchor": "end" }, signed(um));
    }
    for (let i = 1; i < runs; i++) {
      if (day[i] === day[i - 1]) continue;
      const x = px((view.dx(i - 1) + view.dx(i)) / 2);
      make(svg, "path", { class: "day", d: `M${x} ${top + 18}V${floor}` });
      make(svg, "text", { class: "soft halo", x: x + 4, y: floor - 2 }, fill(say.day, { n: day[i] }));
    }
    if (ghost) {
      const other = ghost.columns.shots, count = other.length - 1;
      const seen = other.flatMap((list, i) => list.map((um) => `M${i < count ? px(left + 8 + (right - left - 12) / (count + 2.4) * (i + 0.5)) : view.dx(runs)} ${view.dy(clamp(um, view.low, view.high))}h0`));
      make(svg, "path", { class: "ghost", d: seen.join("") });
    }
    const box = make(svg, "path", { class: "expected" });
    make(svg, "text", { class: "soft halo", x: left + 4, y: top + 14 }, fill(say.shots, { nominal: nominal.toFixed(0) }));
    make(svg, "text", { class: "soft halo", x: right, y: top + 14, "text-anchor": "end" }, ghost && wide ? `${say.ghost} · ${say.confirmed}` : say.confirmed);
    return {
      box,
      shots: make(svg, "path", { class: "shot" }), misses: make(svg, "path", { class: "miss" }), means: make(svg, "path", { class: "mean" }),
    };
  }

  // Runs that have ended at t, and how far the next one has come.
  function moment(t) {
    let done = 0;
    while (done < ends.length && ends[done] <= t + 1e-9) done += 1;
    const from = done ? ends[done - 1] : 0;
    const share = done < ends.length ? clamp((t - from) / (ends[done] - from || 1), 0, 1) : 0;
    return { done, share };
  }

  function draw(t) {
    now = t;
    const { done, share } = moment(t), i = Math.min(done, runs), still = options.reduced || done > runs;
    const step = still ? 0.99 : (share * 3) % 1;
    drawPress(i, done, still ? 0.99 : step);
    drawKnobs(i);
    drawShots(done);
    part.title.textContent = done > runs ? say.confirm : done === 0 && share === 0 ? say.ready : i === runs ? say.confirm : fill(say.run, { n: i + 1, all: runs });
    part.clock.textContent = fill(say.cost, { hours: t.toFixed(1) });
  }

  // One cycle: close, inject, hold, cool, open; the part drops in the last phase.
  function drawPress(i, done, step) {
    const { y, r, mold, tall, open, nozzle, divide, wide } = view;
    const phase = Math.min(4, Math.floor(step * 5)), within = step * 5 - phase;
    const gap = phase === 0 ? open * (1 - within) : phase === 4 ? open * Math.min(1, within * 2) : 0;
    const filled = phase === 0 ? 0 : phase === 1 ? within : 1;
    const x = px(mold - gap), thick = wide ? 26 : 18, back = px(x - thick);
    put(part.moving, { d: `M${x} ${y - tall}h-${thick}v${2 * tall}h${thick}z` });
    put(part.rods, { d: `M8 ${y - tall + 7}H${back}M8 ${y + tall - 7}H${back}M8 ${y - tall}V${y + tall}` });
    const deep = wide ? 14 : 10, half = px((tall - 12) * filled), fall = phase === 4 ? within * within * (tall - 8) : 0;
    const left = phase === 4 ? mold - gap / 2 - deep / 2 : mold - deep;
    put(part.part, { d: half > 1 ? `M${px(left)} ${px(y - half * 0.6 + fall)}h${deep}v${px(half * 1.2)}h-${deep}z` : "", class: lastOff(done) && phase === 4 ? "part off" : "part" });
    put(part.cool, { d: phase === 3 ? `M${mold + 6} ${y - tall + 8}v${2 * tall - 16}M${back + 6} ${y - tall + 8}v${2 * tall - 16}` : "" });
    const stroke = phase === 1 ? within : phase === 2 ? 1 : phase === 3 ? 1 - within : 0, tip = nozzle + 14 + (1 - stroke) * (wide ? 26 : 12);
    let flights = `M${px(tip)} ${y}l8 -${r - 5}v${2 * r - 10}zM${px(tip + 8)} ${y}H${divide - 12}`;
    for (let k = tip + 14; k < divide - 18; k += 9) flights += `M${px(k)} ${y - r + 5}l5 ${2 * r - 10}`;
    put(part.screw, { d: flights });
    const melt = settings[i][names.length - 1], hot = melt > (low[names.length - 1] + high[names.length - 1]) / 2;
    put(part.melt, { class: hot ? "melt hot" : "melt" });
    part.phase.textContent = done > runs ? "" : say.phases[phase];
  }

  const lastOff = (done) => done > 0 && Math.abs(average(shots[done - 1])) > tolerance;

  function drawKnobs(i) {
    part.rows.forEach((row, j) => {
      put(row.knob, { cx: row.at(settings[i][j]) });
      row.value.textContent = view.wide ? `${+settings[i][j].toFixed(1)} ${units[j]}` : `${+settings[i][j].toFixed(1)}`;
    });
  }

  function drawShots(done) {
    let inside = "", outside = "", means = "";
    const reach = Math.min(9, view.gap * 0.45);
    for (let i = 0; i < done; i++) {
      const x = view.dx(i);
      for (const um of shots[i]) {
        const y = view.dy(um);
        if (Math.abs(um) <= tolerance) inside += `M${x} ${y}h0`; else outside += `M${x - 2.5} ${y - 2.5}l5 5m0 -5l-5 5`;
      }
      if (shots[i].length > 1) means += `M${px(x - reach)} ${view.dy(average(shots[i]))}h${px(2 * reach)}`;
    }
    put(part.shots, { d: inside });
    put(part.misses, { d: outside });
    put(part.means, { d: means });
    const [, from, to] = expected, x = view.dx(runs), wide = Math.max(10, view.gap);
    put(part.box, { d: done >= runs && from !== null ? `M${px(x - wide)} ${view.dy(to)}h${px(2 * wide)}V${view.dy(from)}h${px(-2 * wide)}z` : "" });
  }

  function describe(t) {
    const { done, share } = moment(t), next = Math.min(done, runs);
    const which = next === runs ? say.confirm.toLowerCase() : fill(say.run, { n: next + 1, all: runs }).toLowerCase();
    const now = done > runs || share === 0 ? "" : fill(say.now, { run: which, phase: say.phases[Math.min(4, Math.floor(((share * 3) % 1) * 5))] });
    if (!done) return say.start + now;
    const i = done - 1, list = shots[i], out = list.filter((um) => Math.abs(um) > tolerance).length;
    const said = fill(say.made, {
      run: i === runs ? say.confirm : fill(say.run, { n: i + 1, all: runs }),
      settings: names.map((name, j) => `${name.toLowerCase()} ${+settings[i][j].toFixed(1)} ${units[j]}`).join(", "),
      n: list.length, parts: list.length === 1 ? say.one : say.many, mean: signed(average(list)), hours: ends[i].toFixed(1),
      out: out ? fill(say.out, { n: out }) : "",
    });
    return i === runs ? said + fill(say.final, { good: Math.round(good) }) : said + now;
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

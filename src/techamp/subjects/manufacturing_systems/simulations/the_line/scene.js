// The line: stations with the places before them, parts that move on, and how each station has spent its time so far.
// Side by side where there is room, one below the other on a phone. The trace has one row for each visit of a part to a station:
// queued, started, ended on the machine, left (min); fixed.stops holds breakdowns as [station, from, to]. See model.md.

const SVG = "http://www.w3.org/2000/svg";
const STATES = ["busy", "blocked", "starved", "down"];
const MOST_CELLS = 12;

const STRINGS = {
  busy: "working", blocked: "blocked", starved: "starved", down: "down",
  share: "{share} % working",
  of: "{n} of {places}",
  supply: "endless supply",
  total: "{out} out in {hours} h · {wip} inside",
  before: "gray: the run before, {out} out",
  pace: "thick: sets the pace",
  legend: "bars: blue working, amber blocked, empty starved, red down; thick: sets the pace",
  now: "After {minutes} minutes: {out} parts out, {wip} inside. {stations}",
  said: "{name} is {state}",
  waits: " with {n} waiting",
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

// What each station does when: segments [from, state] without gaps, and the time spent in each state before each segment.
function read(trace) {
  const { station, queued, started, ended, left } = trace.columns, { names, stops } = trace.fixed, end = trace.t.at(-1);
  const sorted = (values, k) => values.filter((_, i) => station[i] === k && left[i] < 2 * end).sort((a, b) => a - b);
  const visits = names.map((_, k) => station.map((_, i) => i).filter((i) => station[i] === k && started[i] < end).sort((a, b) => started[a] - started[b]));
  return {
    end,
    queued: names.map((_, k) => sorted(queued, k)),
    started: names.map((_, k) => sorted(started, k)),
    left: names.map((_, k) => sorted(left, k)),
    visits,
    begins: visits.map((list) => list.map((i) => started[i])),
    states: visits.map((list, k) => segments(list, started, ended, left, stops.filter(([at]) => at === k), end)),
  };
}

function segments(list, started, ended, left, stops, end) {
  const cuts = [0];
  for (const i of list) cuts.push(started[i], ended[i], left[i]);
  for (const [, from, to] of stops) cuts.push(from, to);
  const from = [...new Set(cuts.filter((v) => v >= 0 && v < end))].sort((a, b) => a - b);
  const begins = list.map((i) => started[i]), spent = [[0, 0, 0, 0]], state = [];
  from.forEach((at, n) => {
    const middle = (at + (from[n + 1] ?? end)) / 2, i = list[upTo(begins, middle) - 1];
    const held = i !== undefined && middle < left[i];
    const what = stops.some(([, a, b]) => a <= middle && middle < b) ? 3 : !held ? 2 : middle < ended[i] ? 0 : 1;
    state.push(what);
    const next = [...spent.at(-1)];
    next[what] += (from[n + 1] ?? end) - at;
    spent.push(next);
  });
  return { from, state, spent };
}

export function mount(host, trace, options = {}) {
  const { started, ended, left } = trace.columns, { names, places, bottleneck } = trace.fixed;
  const it = read(trace), last = names.length - 1, glide = options.reduced ? 0 : it.end / 360;
  const ghost = options.ghost && options.ghost.fixed && options.ghost.fixed.stops ? read(options.ghost) : null;
  const say = { ...STRINGS, ...options.strings };
  let svg, part, posts, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 560, height = wide ? 300 : 286;
    view = { width, wide, height };
    posts = names.map((_, k) => (wide ? column(k) : row(k)));
    svg = make(host, "svg", { class: "scene-line", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    make(svg, "path", { class: "way", d: way() });
    part = { posts: posts.map(station), moving: make(svg, "path", { class: "moving" }), ...totals() };
  }

  // Where a station's things lie: side by side …
  function column(k) {
    const w = view.width / names.length, x = k * w, size = Math.min(52, w * 0.42);
    return {
      label: [x + 4, 16], state: [x + 4, 34], bar: { x: x + 4, y: 212, w: w - 12, h: 16 }, share: [x + 4, 246],
      buffer: { x: x + 4, y: 62, w: w - size - 20, h: 122 }, machine: { x: x + w - size - 8, y: 123 - size / 2, size },
    };
  }

  // … or one below the other.
  function row(k) {
    const h = (view.height - 40) / names.length, y = k * h, size = Math.min(32, h - 8), x = view.width < 330 ? 166 : 176;
    return {
      label: [2, y + h / 2 - 3], state: [2, y + h / 2 + 12], bar: { x: x + size + 14, y: y + h / 2 - 14, w: view.width - x - size - 18, h: 12 },
      share: [x + size + 14, y + h / 2 + 12], buffer: { x: 84, y: y + 5, w: x - 94, h: h - 10 }, machine: { x, y: y + (h - size) / 2, size },
    };
  }

  const center = ({ machine: m }) => [m.x + m.size / 2, m.y + m.size / 2];
  const mouth = ({ buffer: b }) => [b.x + 4, b.y + b.h / 2];

  function way() {
    if (view.wide) return `M2 ${center(posts[0])[1]}H${view.width - 2}`;
    return posts.map((post) => { const [x, y] = center(post); return `M${px(post.buffer.x + post.buffer.w)} ${px(y)}H${px(x)}`; }).join("") + `M${px(center(posts[0])[0])} ${px(center(posts[0])[1])}V${px(center(posts[last])[1])}`;
  }

  function station(post, k) {
    const { machine: m, bar } = post;
    make(svg, "text", { class: "strong", x: post.label[0], y: px(post.label[1]) }, names[k]);
    const cells = k ? buffer(post, places[k - 1]) : { boxes: [], count: null };
    make(svg, "rect", { class: k === bottleneck ? "machine pace" : "machine", x: px(m.x), y: px(m.y), width: m.size, height: m.size });
    if (k === 0 && view.wide) make(svg, "text", { class: "soft halo", x: post.buffer.x, y: 62 }, say.supply);
    const shares = STATES.map((name) => make(svg, "rect", { class: `time-${name}`, y: px(bar.y), height: bar.h }));
    make(svg, "rect", { class: "frame", x: px(bar.x), y: px(bar.y), width: px(bar.w), height: bar.h });
    return {
      ...cells, shares,
      done: make(svg, "rect", { class: "done", x: px(m.x + 3), width: m.size - 6 }),
      piece: make(svg, "rect", { class: "piece", x: px(m.x + m.size / 4), y: px(m.y + m.size / 4), width: m.size / 2, height: m.size / 2 }),
      cross: make(svg, "path", { class: "cross" }),
      state: make(svg, "text", { class: "soft", x: post.state[0], y: px(post.state[1]) }),
      share: make(svg, "text", { class: "num soft", x: px(post.share[0]), y: px(post.share[1]) }),
    };
  }

  // Places as cells where they are few, as a gauge with a number where they are many.
  function buffer({ buffer: b }, count) {
    if (count > MOST_CELLS) {
      const y = px(b.y + b.h / 2 - (view.wide ? 8 : 12));
      make(svg, "rect", { class: "cell", x: px(b.x), y, width: px(b.w), height: 12 });
      return { gauge: make(svg, "rect", { class: "cell full", x: px(b.x), y, height: 12 }), boxes: [], count: make(svg, "text", { class: "num soft halo", x: px(b.x), y: y + 25 }) };
    }
    const step = view.wide ? 17 : 12, down = Math.max(1, Math.min(4, Math.floor(b.h / step))), across = Math.ceil(count / down);
    const boxes = Array.from({ length: count }, (_, n) => {
      const x = b.x + b.w - (Math.floor(n / down) + 1) * Math.min(step, b.w / Math.max(1, across)), tall = Math.min(down, count);
      return make(svg, "rect", { class: "cell", x: px(x), y: px(b.y + b.h / 2 + (tall / 2 - 1 - (n % down)) * step + 1), width: step - 3, height: step - 3 });
    });
    return { boxes, count: null };
  }

  function totals() {
    const y = view.height - (view.wide ? 24 : 22);
    make(svg, "path", { class: "hair", d: `M0 ${y - 16}H${view.width}` });
    const line = (x, at, anchor, name) => make(svg, "text", { class: name, x, y: at, "text-anchor": anchor });
    const parts = { total: line(2, y, "start", "num strong"), before: line(2, y + 17, "start", "soft") };
    line(view.width - 2, view.wide ? y : y + 17, "end", "soft").textContent = view.width > 640 ? say.legend : ghost ? "" : say.pace;
    return parts;
  }

  const segment = (k, t) => Math.max(0, upTo(it.states[k].from, t) - 1);
  const waiting = (k, t) => (k ? upTo(it.queued[k], t) - upTo(it.started[k], t) : 0);

  // The visit that is on the machine of a station, or nothing.
  function held(k, t) {
    const i = it.visits[k][upTo(it.begins[k], t) - 1];
    return i !== undefined && t < left[i] ? i : undefined;
  }

  function spent(k, t) {
    const { from, state, spent: before } = it.states[k], n = segment(k, t), times = [...before[n]];
    times[state[n]] += t - from[n];
    return times;
  }

  function draw(t) {
    now = t;
    part.posts.forEach((shown, k) => drawStation(shown, k, t));
    put(part.moving, { d: glide > 0 ? moving(t) : "" });
    const far = soFar(it, t);
    part.total.textContent = fill(say.total, far);
    part.before.textContent = ghost ? fill(say.before, soFar(ghost, Math.min(t, ghost.end))) : "";
  }

  function drawStation(shown, k, t) {
    const { machine: m, bar } = posts[k], i = held(k, t), what = it.states[k].state[segment(k, t)], n = waiting(k, t);
    const done = i === undefined ? 0 : Math.max(0, Math.min(1, (t - started[i]) / Math.max(1e-9, ended[i] - started[i])));
    put(shown.done, { y: px(m.y + m.size - 3 - (m.size - 6) * done), height: px((m.size - 6) * done) });
    put(shown.piece, { visibility: i === undefined ? "hidden" : "visible" });
    put(shown.cross, { d: what === 3 ? `M${m.x + 4} ${m.y + 4}l${m.size - 8} ${m.size - 8}m0 ${8 - m.size}l${8 - m.size} ${m.size - 8}` : what === 1 ? `M${px(m.x + m.size + 3)} ${m.y + 3}v${m.size - 6}` : "" });
    shown.boxes.forEach((box, j) => box.setAttribute("class", j < n ? "cell full" : "cell"));
    if (shown.count) {
      shown.count.textContent = fill(say.of, { n, places: places[k - 1] });
      put(shown.gauge, { width: px(posts[k].buffer.w * Math.min(1, n / places[k - 1])) });
    }
    shown.state.textContent = say[STATES[what]];
    shown.state.setAttribute("class", ["soft", "warn", "warn", "bad"][what]);
    const times = spent(k, t), all = Math.max(1e-9, t);
    let x = bar.x;
    times.forEach((time, j) => { const w = t > 0 ? bar.w * time / all : 0; put(shown.shares[j], { x: px(x), width: px(w) }); x += w; });
    shown.share.textContent = t > 0 ? fill(say.share, { share: Math.round(100 * times[0] / all) }) : "";
  }

  // Parts on their way from a machine to the next station's places.
  function moving(t) {
    let path = "";
    for (let k = 0; k <= last; k++) {
      const begin = upTo(it.left[k], t - glide), end = upTo(it.left[k], t);
      for (let n = begin; n < end; n++) {
        const share = (t - it.left[k][n]) / glide, [x, y] = center(posts[k]);
        const [a, b] = k < last ? mouth(posts[k + 1]) : view.wide ? [view.width - 4, y] : [x, view.height - 40];
        path += `M${px(x + (a - x) * share)} ${px(y + (b - y) * share)}h0`;
      }
    }
    return path;
  }

  function soFar(of, t) {
    let wip = 0;
    for (let k = 0; k < of.visits.length; k++) {
      if (k) wip += upTo(of.queued[k], t) - upTo(of.started[k], t);
      if (of === it) wip += held(k, t) === undefined ? 0 : 1;
    }
    const line = of.left[of.left.length - 1];
    return { out: upTo(line, t) - upTo(line, 0), hours: (t / 60).toFixed(1), wip, minutes: t.toFixed(0) };
  }

  function describe(t) {
    const stations = names.map((name, k) => {
      const n = waiting(k, t);
      return fill(say.said, { name, state: say[STATES[it.states[k].state[segment(k, t)]]] }) + (n ? fill(say.waits, { n }) : "");
    }).join("; ");
    return fill(say.now, { ...soFar(it, t), stations: `${stations}.` });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

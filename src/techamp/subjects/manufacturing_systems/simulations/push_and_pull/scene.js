// Push and pull: six stations with the parts before, on and after their machines, the cards or the cap that hold work back, and below it the
// parts in the line over time. The trace has one row for each visit of a part to a station: queued, started, ended, left (off the machine) and
// moved (gone to the next station), in minutes; fixed.stops holds breakdowns as [station, machine, from, to]. See model.md.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  push: "Plan: {rate} an hour, whatever is inside", conwip: "Cap: {n} of {cap} places in use", kanban: "Cards hold work back at each station",
  out: "{out} out in {hours} h", held: "parts in the line", ghost: "dotted: the run before", cap: "cap {cap}", cards: "{n}/{all}", takt: "takt asks for {n}",
  now: "After {minutes} minutes: {wip} parts in the line, {out} out, and takt asks for {wanted}. {stations}",
  said: "{name} has {n}", down: "{name} has {n} and is down", waits: "{name} has {n} and no free card", none: "{name} is empty",
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
const box = (x, y, w, h = w) => `M${px(x)} ${px(y)}h${px(w)}v${px(h)}h${px(-w)}z`;

// How many of `sorted` are at or below `value`.
function upTo(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1; else high = middle;
  }
  return low;
}

// Sorted moments of each station, and the parts in the line as steps.
function read(trace) {
  const { station, queued, started, left, moved } = trace.columns, { names } = trace.fixed, end = trace.t.at(-1);
  const by = (values, k) => values.filter((_, i) => station[i] === k).sort((a, b) => a - b);
  const it = { end, queued: names.map((_, k) => by(queued, k)), started: names.map((_, k) => by(started, k)), left: names.map((_, k) => by(left, k)), moved: names.map((_, k) => by(moved, k)) };
  const at = (k, t) => upTo(it.queued[k], t) - upTo(it.moved[k], t);
  it.wip = (t) => names.reduce((sum, _, k) => sum + at(k, t), 0);
  it.out = (t) => upTo(it.moved.at(-1), t) - upTo(it.moved.at(-1), 0);
  const moments = [...new Set([0, ...it.queued[0], ...it.moved.at(-1)].filter((t) => t >= 0 && t <= end))].sort((a, b) => a - b);
  it.steps = moments.map((t) => [t, it.wip(t)]);
  return it;
}

export function mount(host, trace, options = {}) {
  const { station, machine, started, ended, left } = trace.columns, { names, machines, method, cap, cards, rate, takt, stops } = trace.fixed;
  const it = read(trace), ghost = options.ghost && options.ghost.fixed && options.ghost.fixed.stops ? read(options.ghost) : null;
  const say = { ...STRINGS, ...options.strings }, last = names.length - 1;
  const visits = names.map((_, k) => station.map((_, i) => i).filter((i) => station[i] === k).sort((a, b) => started[a] - started[b]));
  const ceiling = cap || cards.reduce((sum, n) => sum + n, 0);
  const most = Math.max(4, cap, ...it.steps.map(([, n]) => n), ...(ghost ? ghost.steps.map(([, n]) => n) : []));
  let svg, part, view, posts, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, height = wide ? 344 : 288;
    view = { width, wide, height, top: 24, chart: wide ? 118 : 84 };
    view.floor = height - view.chart;
    posts = names.map((_, k) => (wide ? column(k) : row(k)));
    svg = make(host, "svg", { class: "scene-pull", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    make(svg, "path", { class: "way", d: wide ? `M4 ${posts[0].machines[0].y + posts[0].size / 2}H${width - 4}` : "" });
    if (method === "conwip") make(svg, "path", { class: "loop", d: loop() });
    part = { head: make(svg, "text", { class: "strong", x: 4, y: 15 }), sum: make(svg, "text", { class: "num strong", x: width - 4, y: 15, "text-anchor": "end" }), posts: posts.map(post) };
    part.card = make(svg, "path", { class: "card" });
    Object.assign(part, history());
  }

  // Where a station's things lie: side by side …
  function column(k) {
    const w = (view.width - 8) / names.length, x = 4 + k * w, size = Math.min(34, w * 0.24), middle = 112, count = machines[k], mx = x + w * 0.58;
    return {
      size, label: [x + 2, 44], count: [x + 2, 60], cards: [x + 2, 190], rack: { x: x + 2, y: 196, w: w - 10 }, unit: w > 120 ? 9 : 7,
      machines: Array.from({ length: count }, (_, m) => ({ x: mx, y: middle - size / 2 + (m - (count - 1) / 2) * (size + 5) })),
      queue: { right: mx - 6, y: middle, w: w * 0.56 - 12, h: 96 }, done: { x: mx + size + 4, y: middle, w: w * 0.42 - size - 4, h: 96 },
    };
  }

  // … or one below the other.
  function row(k) {
    const h = (view.floor - view.top - 4) / names.length, y = view.top + k * h, size = Math.min(22, h - 6), count = machines[k], mx = view.width - 134;
    return {
      size, label: [4, y + h / 2 + 4], count: [50, y + h / 2 + 4], cards: [view.width - 16, y + h / 2 + 4], rack: null, unit: 7,
      machines: Array.from({ length: count }, (_, m) => ({ x: mx + m * (size + 3), y: y + (h - size) / 2 })),
      queue: { right: mx - 5, y: y + h / 2, w: mx - 82, h: h - 6 }, done: { x: mx + count * (size + 3) + 2, y: y + h / 2, w: 24, h: h - 6 },
    };
  }

  // The way back of a card, from the last station to the first.
  function loop() {
    const { width, wide, floor, top } = view;
    return wide ? `M${width - 6} 132V206H8V132` : `M${width - 44} ${floor - 8}H${width - 5}V${top + 6}H${width - 44}`;
  }

  function post(shape, k) {
    make(svg, "text", { class: "strong halo", x: shape.label[0], y: px(shape.label[1]) }, names[k]);
    const found = {
      count: make(svg, "text", { class: "num soft halo", x: px(shape.count[0]), y: px(shape.count[1]) }),
      queued: make(svg, "path", { class: "queued" }), finished: make(svg, "path", { class: "finished" }),
      frames: shape.machines.map((m) => make(svg, "rect", { class: "machine", x: px(m.x), y: px(m.y), width: px(shape.size), height: px(shape.size) })),
      working: make(svg, "path", { class: "working" }), cross: make(svg, "path", { class: "cross" }), free: null,
    };
    if (cards.length) {
      found.cards = make(svg, "text", { class: "num soft halo", x: px(shape.cards[0]), y: px(shape.cards[1]), "text-anchor": shape.rack ? "start" : "end" });
      if (shape.rack) { found.used = make(svg, "path", { class: "used" }); found.free = make(svg, "path", { class: "free" }); }
    }
    return found;
  }

  function history() {
    const { width, floor, height, wide } = view, left = 34, right = width - 10, bottom = height - 8, up = floor + 24;
    view.x = (t) => px(left + (right - left) * t / it.end);
    view.y = (n) => px(bottom - (bottom - up) * Math.min(1, n / (most * 1.06)));
    make(svg, "path", { class: "hair", d: `M${left} ${bottom}H${right}` });
    make(svg, "text", { class: "num soft", x: left - 5, y: bottom + 4, "text-anchor": "end" }, "0");
    make(svg, "text", { class: "num soft", x: left - 5, y: view.y(most) + 5, "text-anchor": "end" }, `${most}`);
    make(svg, "text", { class: "soft halo", x: 4, y: up - 10 }, say.held);
    if (ghost) make(svg, "text", { class: "soft halo", x: right, y: up - 10, "text-anchor": "end" }, say.ghost);
    const area = make(svg, "path", { class: "area" });
    if (ceiling && ceiling <= most * 1.06) make(svg, "path", { class: "cap", d: `M${left} ${view.y(ceiling)}H${right}` });
    if (ghost) make(svg, "path", { class: "ghost", d: steps(ghost.steps, ghost.end) });
    return { area, held: make(svg, "path", { class: "held" }), dot: make(svg, "circle", { class: "now", r: wide ? 4.5 : 4 }) };
  }

  function steps(list, t) {
    let d = "";
    for (const [at, n] of list) { if (at > t) break; d += d ? `H${view.x(at)}V${view.y(n)}` : `M${view.x(at)} ${view.y(n)}`; }
    return `${d}H${view.x(Math.min(t, it.end))}`;
  }

  const held = (k, t) => upTo(it.queued[k], t) - upTo(it.moved[k], t);
  const down = (k, t) => stops.filter(([at, , from, to]) => at === k && from <= t && t < to).map(([, m]) => m);
  const totals = (t) => ({ wip: it.wip(t), out: it.out(t), hours: (t / 60).toFixed(1), minutes: t.toFixed(0), wanted: Math.floor(takt * t / 60 + 1e-9) });

  function draw(t) {
    now = t;
    const sum = totals(t);
    part.head.textContent = fill(say[method], { rate, n: sum.wip, cap });
    part.sum.textContent = view.wide || method === "conwip" ? fill(say.out, sum) : "";
    if (!view.wide) part.sum.textContent = fill("{out} out", sum);
    names.forEach((_, k) => drawPost(part.posts[k], k, t));
    put(part.card, { d: method === "conwip" && !options.reduced ? travelling(t) : "" });
    const line = steps(it.steps, t);
    put(part.held, { d: line });
    put(part.area, { d: `${line}V${view.y(0)}H${view.x(0)}z` });
    put(part.dot, { cx: view.x(Math.min(t, it.end)), cy: view.y(sum.wip) });
  }

  function drawPost(shown, k, t) {
    const shape = posts[k], { size } = shape, n = held(k, t), waiting = upTo(it.queued[k], t) - upTo(it.started[k], t);
    const done = upTo(it.left[k], t) - upTo(it.moved[k], t), broken = down(k, t);
    let working = "", cross = "";
    for (const i of busy(k, t)) {
      const m = shape.machines[machine[i]] ?? shape.machines[0], share = Math.max(0, Math.min(1, (t - started[i]) / Math.max(1e-9, ended[i] - started[i])));
      working += box(m.x + 2.5, m.y + size - 2.5 - (size - 5) * share, size - 5, (size - 5) * share);
    }
    for (const b of broken) { const m = shape.machines[b] ?? shape.machines[0]; cross += `M${px(m.x + 4)} ${px(m.y + 4)}l${px(size - 8)} ${px(size - 8)}m0 ${px(8 - size)}l${px(8 - size)} ${px(size - 8)}`; }
    put(shown.working, { d: working });
    put(shown.cross, { d: cross });
    put(shown.queued, { d: pile(shape.queue, waiting, shape.unit, true) });
    put(shown.finished, { d: pile(shape.done, done, shape.unit, false) });
    shown.count.textContent = `${n}`;
    if (cards.length) {
      shown.cards.textContent = fill(say.cards, { n, all: cards[k] });
      if (shown.free) { put(shown.used, { d: rack(shape.rack, 0, n, cards[k]) }); put(shown.free, { d: rack(shape.rack, n, cards[k], cards[k]) }); }
    }
  }

  // Visits on the machines of a station.
  function busy(k, t) {
    const found = [];
    for (let n = upTo(visits[k].map((i) => started[i]), t) - 1, seen = 0; n >= 0 && seen < 60; n--, seen++) { const i = visits[k][n]; if (t < left[i]) found.push(i); }
    return found;
  }

  // Parts as squares, column after column, away from the machine; what finds no room is in the number.
  function pile({ right, x, y, w, h }, count, unit, back) {
    const pitch = unit + 2, down = Math.max(1, Math.floor(h / pitch)), across = Math.max(1, Math.floor(w / pitch)), shown = Math.min(count, down * across), tall = Math.min(down, Math.max(shown, 1));
    let d = "";
    for (let n = 0; n < shown; n++) {
      const column = Math.floor(n / down), at = n % down, high = Math.min(down, shown - column * down);
      const cx = back ? right - (column + 1) * pitch : x + column * pitch;
      d += box(cx, y + (at - high / 2) * pitch + 1, unit);
    }
    return tall ? d : "";
  }

  function rack({ x, y, w }, from, to, all) {
    const pitch = Math.min(13, w / all), wide = Math.max(2, pitch - 3);
    let d = "";
    for (let n = from; n < Math.min(to, all); n++) d += box(x + n * pitch, y, wide, 14);
    return d;
  }

  // The card of the part that left last, on its way back to the first station.
  function travelling(t) {
    const glide = it.end / 120, n = upTo(it.moved[last], t) - 1, from = it.moved[last][n];
    if (n < 0 || from < 0 || t - from > glide) return "";
    const share = (t - from) / glide, { width, wide, floor, top } = view;
    const way = wide ? [[width - 6, 132], [width - 6, 206], [8, 206], [8, 132]] : [[width - 44, floor - 8], [width - 5, floor - 8], [width - 5, top + 6], [width - 44, top + 6]];
    const lengths = way.slice(1).map(([x, y], i) => Math.hypot(x - way[i][0], y - way[i][1]));
    let rest = share * lengths.reduce((a, b) => a + b, 0), i = 0;
    while (i < lengths.length - 1 && rest > lengths[i]) rest -= lengths[i++];
    const f = rest / lengths[i], x = way[i][0] + (way[i + 1][0] - way[i][0]) * f, y = way[i][1] + (way[i + 1][1] - way[i][1]) * f;
    return box(Math.max(1, Math.min(width - 9, x - 4)), y - 6, 8, 12);
  }

  function describe(t) {
    const stations = names.map((name, k) => {
      const n = held(k, t), full = cards.length && n >= cards[k];
      return fill(down(k, t).length ? say.down : full ? say.waits : n ? say.said : say.none, { name, n });
    }).join("; ");
    return fill(say.now, { ...totals(t), stations: `${stations}.` });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

// A cell seen from above: machines on spots, ways as wide as their flow, people on their rounds, and a lot going through.
// The trace has one row for each box that leaves a machine: step of the route, parts, when it left (t) and is there. Where
// the page lets her change inputs (options.set), a tap on a machine and then on a spot swaps them; so do the arrow keys.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  out: "{out} of {lot} shafts out",
  minute: "minute {minute}",
  in: "in",
  done: "out",
  drain: "drain",
  crossings: "{count} pairs of ways cross",
  crossing: "1 pair of ways crosses",
  none: "no ways cross",
  tap: "Tap a machine, then a spot.",
  held: "{name} in hand. Tap another spot.",
  machine: "{name}, at spot {spot}. Arrow keys move it.",
  group: "Floor of the cell. Arrow keys move a machine to another spot.",
  start: "{lot} shafts wait at the door, in boxes of up to {box}.",
  now: "Minute {minute}: {out} of {lot} shafts are out. Done so far: {done}. {boxes}",
  works: "{name} {count}",
  moving: "A box of {parts} is on its way from {name}.",
};

// What is held between two runs: the scene is made anew after each.
let held = { machine: -1, focus: false };

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
const mix = (a, b, share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];

export function mount(host, trace, options = {}) {
  const { floor, spots, doors, names, keys, at, drain, flows, crossed, crossings, route, rounds, hands, box, lot, speed, arrive, ended } = trace.fixed;
  const { step, parts, there } = trace.columns, left = trace.t, end = left.at(-1);
  const say = { ...STRINGS, ...options.strings };
  const open = keys.map((key) => Boolean(options.set && options.free?.(key)) && !(drain && key === "wash"));
  const canMove = open.some(Boolean);
  const stop = new AbortController();
  let svg, view, machines, boxes, people, words, now = 0;

  const place = (machine) => (machine < 0 ? doors[-1 - machine] : spots[at[machine]]);

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620, height = wide ? 350 : 286;
    const all = [...spots, ...doors], xs = all.map((p) => p[0]), ys = all.map((p) => p[1]);
    const span = Math.max(...xs) - Math.min(...xs), deep = Math.max(...ys) - Math.min(...ys);
    const half = floor === "shop" ? 3.4 : floor === "line" ? 1.45 : 1.3, room = height - 62;
    const scale = Math.min((width - 12) / (span + 2 * half), deep ? (room - 52) / deep : 60, wide ? 56 : 60);
    const w = Math.min(2 * half * scale - 4, wide ? 92 : 62), h = wide ? 46 : 38;
    const x0 = width / 2 - (Math.min(...xs) + span / 2) * scale, y0 = 26 + (room - deep * scale) / 2 - Math.min(...ys) * scale;
    view = { width, wide, height, scale, w, h, xy: (p) => [x0 + p[0] * scale, y0 + p[1] * scale] };
    const role = canMove ? { role: "group", "aria-label": say.group } : { "aria-hidden": "true" };
    svg = make(host, "svg", { class: "scene-cell", viewBox: `0 0 ${width} ${height}`, width, height, ...role });
    flows.forEach((flow, i) => make(svg, "path", { class: `flow${crossed.includes(i) ? " crossed" : ""}`, "stroke-width": px(1.2 + flow[2] / 90), d: path(flow) }));
    spots.forEach((_, s) => spot(s));
    doors.forEach((_, d) => door(d));
    machines = names.map((_, m) => machine(m));
    boxes = make(svg, "path", { class: "box" });
    people = rounds.map((_, i) => [make(svg, "circle", { class: "person", r: 8.5 }), make(svg, "text", { class: "who", "text-anchor": "middle" }, `${i + 1}`)]);
    words = {
      minute: make(svg, "text", { class: "strong", x: 8, y: 15 }),
      out: make(svg, "text", { class: "num strong", x: width - 8, y: 15, "text-anchor": "end" }),
      hint: make(svg, "text", { class: "soft", x: 8, y: height - 8 }),
    };
    const ways = crossings === 1 ? say.crossing : crossings ? fill(say.crossings, { count: crossings }) : say.none;
    make(svg, "text", { class: crossings ? "lost" : "soft", x: 8, y: height - 24 }, ways);
    hint();
  }

  // Straight on a floor; in a line, arches: to the right above it, to the left below.
  function path([a, b]) {
    const [p, q] = [view.xy(place(a)), view.xy(place(b))];
    if (floor !== "line") return `M${px(p[0])} ${px(p[1])}L${px(q[0])} ${px(q[1])}`;
    const far = q[0] - p[0], rise = -Math.sign(far) * (view.h / 2 + Math.min(view.height / 2 - 56, 10 + Math.abs(far) * 0.28)) * 1.35;
    return `M${px(p[0])} ${px(p[1])}C${px(p[0] + far * 0.2)} ${px(p[1] + rise)} ${px(q[0] - far * 0.2)} ${px(q[1] + rise)} ${px(q[0])} ${px(q[1])}`;
  }

  function spot(s) {
    const [x, y] = view.xy(spots[s]), { w, h } = view;
    const found = make(svg, "rect", { class: "spot", x: px(x - w / 2), y: px(y - h / 2), width: px(w), height: h, rx: 4 });
    found.addEventListener("click", () => drop(s), { signal: stop.signal });
    make(svg, "text", { class: "soft halo", x: px(x), y: px(y + h / 2 + 13), "text-anchor": "middle" }, drain && s === at[keys.indexOf("wash")] ? `${s + 1} ${say.drain}` : `${s + 1}`);
  }

  function door(d) {
    const [x, y] = view.xy(doors[d]), shape = d ? -1 : 1;
    make(svg, "path", { class: "door", d: `M${px(x - 9)} ${px(y - 9)}h18v18h-18z` });
    make(svg, "path", { class: "sign", d: `M${px(x - 4 * shape * (x > view.width / 2 ? -1 : 1))} ${px(y - 4)}l${8 * shape * (x > view.width / 2 ? -1 : 1)} 4l${-8 * shape * (x > view.width / 2 ? -1 : 1)} 4` });
    make(svg, "text", { class: "soft halo", x: px(x), y: px(y + 23), "text-anchor": "middle" }, d ? say.done : say.in);
  }

  function machine(m) {
    const [x, y] = view.xy(place(m)), { w, h } = view;
    const group = make(svg, "g", { class: `machine${m === held.machine && canMove ? " held" : ""}` });
    make(group, "rect", { class: "body", x: px(x - w / 2), y: px(y - h / 2), width: px(w), height: h, rx: 4 });
    const level = make(group, "rect", { class: "level", x: px(x - w / 2 + 3), y: px(y + h / 2 - 8), width: 0, height: 5, rx: 2 });
    make(group, "text", { class: "name", x: px(x), y: px(y), "text-anchor": "middle" }, names[m]);
    if (open[m]) touch(group, m);
    return { group, level };
  }

  function touch(group, m) {
    const on = (what, act) => group.addEventListener(what, act, { signal: stop.signal });
    put(group, { role: "button", tabindex: 0, "aria-pressed": String(m === held.machine), "aria-label": fill(say.machine, { name: names[m], spot: at[m] + 1 }) });
    // With a machine in hand, a tap on another one means its spot.
    on("click", () => { if (held.machine >= 0 && held.machine !== m) drop(at[m]); else pick(m, false); });
    on("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(m, true); return; }
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      held = { machine: m, focus: true };
      swap(m, (at[m] + way + spots.length) % spots.length);
    });
  }

  function pick(m, focus) {
    held = { machine: held.machine === m ? -1 : m, focus };
    machines.forEach(({ group }, k) => {
      group.classList.toggle("held", k === held.machine);
      if (open[k]) put(group, { "aria-pressed": String(k === held.machine) });
    });
    hint();
  }

  function drop(s) {
    const m = held.machine;
    held = { machine: -1, focus: false };
    swap(m, s);
  }

  function swap(m, s) {
    if (m < 0 || !open[m] || at[m] === s) { hint(); return; }
    const other = at.indexOf(s);
    if (other >= 0 && !open[other]) { pick(m, false); return; }
    options.set({ [keys[m]]: `${s + 1}`, ...(other >= 0 ? { [keys[other]]: `${at[m] + 1}` } : {}) });
  }

  function hint() {
    words.hint.textContent = !canMove ? "" : held.machine < 0 ? say.tap : fill(say.held, { name: names[held.machine] });
  }

  const outAt = (t) => sum(parts.filter((_, i) => step[i] === route.length - 1 && there[i] <= t + 1e-9));
  const doneAt = (i, t) => ended[i].filter((moment) => moment <= t + 1e-9).length;
  function sum(values) { return values.reduce((a, b) => a + b, 0); }

  // A person at t minutes: at a machine while its box is loaded, or on the way to the next one.
  function where(round, t) {
    const legs = round.map((m, i) => {
      const next = round[(i + 1) % round.length], [p, q] = [place(m), place(next)];
      return { m, next, stay: hands[m] * box, walk: (Math.abs(p[0] - q[0]) + Math.abs(p[1] - q[1])) / speed };
    });
    let rest = (t * 60) % Math.max(1e-9, sum(legs.map((leg) => leg.stay + leg.walk)));
    for (const leg of legs) {
      if (rest < leg.stay) return place(leg.m);
      rest -= leg.stay;
      if (rest < leg.walk) return mix(place(leg.m), place(leg.next), rest / leg.walk);
      rest -= leg.walk;
    }
    return place(round[0]);
  }

  // Boxes on their way; a walk of some seconds is drawn for a hundredth of the time, or nobody would see it.
  const moving = (t) => t >= end ? [] : step.map((_, i) => i).filter((i) => step[i] >= 0 && left[i] <= t && t < Math.max(there[i], left[i] + end / 100));

  function draw(t) {
    now = t;
    words.minute.textContent = fill(say.minute, { minute: Math.floor(t) });
    words.out.textContent = fill(say.out, { out: outAt(t), lot });
    machines.forEach(({ level }, m) => {
      const i = route.indexOf(m);
      put(level, { width: i < 0 ? 0 : px((view.w - 6) * doneAt(i, t) / lot) });
    });
    let d = "";
    for (const i of moving(t)) {
      const from = route[step[i]], to = step[i] + 1 < route.length ? route[step[i] + 1] : -2;
      const share = Math.min(1, (t - left[i]) / Math.max(there[i] - left[i], end / 100));
      const [x, y] = view.xy(mix(place(from), place(to), share)), size = 7 + Math.min(7, parts[i] / 6);
      d += `M${px(x - size / 2)} ${px(y - size / 2)}h${px(size)}v${px(size)}h${px(-size)}z`;
    }
    put(boxes, { d });
    people.forEach(([circle, text], i) => {
      const [x, y] = view.xy(where(rounds[i], t)), below = view.h / 2 + 1;
      put(circle, { cx: px(x + view.w / 2 - 8), cy: px(y - below) });
      put(text, { x: px(x + view.w / 2 - 8), y: px(y - below + 4) });
    });
  }

  function describe(t) {
    if (t >= end) return trace.fixed.summary;
    if (t < arrive) return fill(say.start, { lot, box });
    const done = route.map((m, i) => fill(say.works, { name: names[m], count: doneAt(i, t) })).join(", ");
    const on = step.map((_, i) => i).filter((i) => step[i] >= 0 && left[i] <= t && t < there[i]);
    const boxesSaid = on.map((i) => fill(say.moving, { parts: parts[i], name: names[route[step[i]]] })).join(" ");
    return fill(say.now, { minute: Math.floor(t), out: outAt(t), lot, done, boxes: boxesSaid }).trim();
  }

  layout();
  draw(0);
  if (held.focus && held.machine >= 0 && open[held.machine]) machines[held.machine].group.focus({ preventScroll: true });
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { stop.abort(); svg.remove(); } };
}

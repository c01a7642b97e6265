// Deming's funnel, drawn as two views: the target from above, and below it the funnel from the front over the same scale.
// The trace has one row for each drop: x, y where it fell (mm from the target), fx, fy where the funnel pointed. See model.md.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  above: "from above",
  front: "from the front",
  drop: "drop {n} of {all}",
  funnel: "funnel",
  start: "The funnel stands over the target; no ball has been dropped yet.",
  landed: "Drop {n} of {all} missed the target by {miss} mm{where}, {inside}; the funnel {stood}. {share} % of the drops so far are inside the circle.",
  inside: "inside the circle",
  outside: "outside the circle",
  over: "stood over the target",
  off: "stood {off} mm from it{where}",
  left: "to the left", right: "to the right", back: "to the back", near: "to the front", and: "and",
  ghost: "gray: the run before",
};

function make(parent, tag, attributes = {}, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  parent.append(node);
  return node;
}

const put = (node, attributes) => { for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value); };
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const px = (value) => Math.round(value * 10) / 10;

// A round number near `most`: the length of the scale bar.
function round(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((m) => m * power).find((m) => m <= most) ?? power;
}

export function mount(host, trace, options = {}) {
  const { x, y, fx, fy } = trace.columns;
  const all = x.length, radius = trace.fixed.tolerance;
  const miss = x.map((_, i) => Math.hypot(x[i], y[i]));
  const ghost = options.ghost && options.ghost.columns ? options.ghost.columns : null;
  const say = { ...STRINGS, ...options.strings };
  let svg, part, view, now = 0;

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), height = width < 560 ? 272 : 360;
    const front = width < 560 ? 94 : 120, plan = height - front;
    const reach = (values) => values.reduce((most, v) => Math.max(most, Math.abs(v)), radius * 1.12);
    const scale = Math.min((width / 2 - 12) / reach([...x, ...fx]), (plan / 2 - 8) / reach([...y, ...fy]));
    view = { width, height, front, plan, scale, cx: width / 2, cy: plan / 2, floor: height - 20, rail: plan + 12 };
    svg = make(host, "svg", { class: "scene-funnel", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    paper();
    part = moving();
  }

  const atX = (mm) => px(view.cx + mm * view.scale);
  const atY = (mm) => px(view.cy - mm * view.scale);

  // What stands still: axes, tolerance, scale, table.
  function paper() {
    const { width, height, plan, cx, cy, scale, floor } = view;
    make(svg, "circle", { class: "tolerance", cx, cy, r: px(radius * scale) });
    make(svg, "path", { class: "axis", d: `M6 ${cy}H${width - 6}M${cx} 4V${height - 8}` });
    make(svg, "text", { class: "soft halo", x: 8, y: 16 }, say.above);
    make(svg, "text", { class: "soft halo", x: 8, y: plan + 30 }, say.front);
    const angle = 0.72, edge = radius * scale;
    if (edge > 26) {
      const [ex, ey] = [px(cx + edge * Math.cos(angle)), px(cy + edge * Math.sin(angle))];
      make(svg, "path", { class: "ring", d: `M${ex} ${ey}l14 10h8` });
      make(svg, "text", { class: "num halo", x: ex + 25, y: ey + 14 }, `R ${radius} mm`);
    }
    const bar = round(width * 0.2 / scale);
    make(svg, "path", { class: "ring", d: `M8 ${plan - 8}v-4m0 4h${px(bar * scale)}m0 0v-4` });
    make(svg, "text", { class: "num soft halo", x: 12 + px(bar * scale), y: plan - 6 }, `${bar} mm`);
    if (ghost) {
      const seen = ghost.x.map((v, i) => [atX(v), atY(ghost.y[i])]).filter(([, b]) => b > 2 && b < plan - 2);
      make(svg, "path", { class: "ghost", d: seen.map(([a, b]) => `M${a} ${b}h0`).join("") });
      make(svg, "text", { class: "soft", x: 8, y: height - 5 }, say.ghost);
    }
    make(svg, "path", { class: "table", d: `M0 ${floor}H${width}` });
  }

  // What moves. Drops are two paths: dots inside the circle, crosses outside.
  function moving() {
    const dots = x.map((_, i) => {
      const [a, b] = [atX(x[i]), atY(y[i])];
      return miss[i] <= radius ? `M${a} ${b}h0` : `M${a - 3.5} ${b - 3.5}l7 7m0-7l-7 7`;
    });
    return {
      dots,
      stack: make(svg, "path", { class: "stack" }),
      inside: make(svg, "path", { class: "inside" }),
      outside: make(svg, "path", { class: "outside" }),
      miss: make(svg, "path", { class: "miss" }),
      head: make(svg, "path", { class: "head" }),
      last: make(svg, "circle", { class: "last", r: 7 }),
      track: make(svg, "path", { class: "track" }),
      mouth: make(svg, "circle", { class: "mouth", r: 11 }),
      spout: make(svg, "circle", { class: "mouth", r: 4 }),
      rail: make(svg, "path", { class: "rail", d: `M0 ${view.rail}H${view.width}` }),
      cone: make(svg, "path", { class: "cone" }),
      ball: make(svg, "circle", { class: "ball" }),
      side: make(svg, "circle", { class: "ball", r: 4 }),
      count: make(svg, "text", { class: "num", x: view.width - 8, y: view.height - 5, "text-anchor": "end" }),
      missed: make(svg, "text", { class: "num halo" }),
    };
  }

  // Landed drops stacked over the front view, in columns 8 px wide.
  function stacked(landed) {
    const columns = new Map(), room = view.floor - view.rail - 34;
    for (let i = 0; i < landed; i++) {
      const column = Math.floor(atX(x[i]) / 8);
      columns.set(column, (columns.get(column) ?? 0) + 1);
    }
    const step = Math.min(6, room / Math.max(1, ...columns.values()));
    return [...columns].map(([c, n]) => `M${c * 8} ${view.floor - 1}v${px(-n * step)}h8v${px(n * step)}z`).join("");
  }

  function arrow(landed) {
    const i = landed - 1, [a, b] = [atX(x[i]), atY(y[i])], [dx, dy] = [a - view.cx, b - view.cy];
    const long = Math.hypot(dx, dy);
    if (long < 14) return ["", ""];
    const [ux, uy] = [dx / long, dy / long], [tx, ty] = [a - ux * 8, b - uy * 8];
    const wing = (side) => `${px(tx - ux * 8 - side * uy * 3.5)} ${px(ty - uy * 8 + side * ux * 3.5)}`;
    return [`M${view.cx} ${view.cy}L${px(tx - ux * 6)} ${px(ty - uy * 6)}`, `M${px(tx)} ${px(ty)}L${wing(1)}L${wing(-1)}z`];
  }

  // Between drop k and k + 1 the funnel moves in the first half, the ball falls in the second.
  function draw(t) {
    now = t;
    const landed = Math.max(0, Math.min(all, Math.floor(t + 1e-9)));
    const rest = options.reduced || landed === all ? 0 : t - landed;
    const move = Math.min(1, rest * 2), fall = Math.max(0, rest * 2 - 1);
    const here = Math.max(0, landed - 1), next = rest > 0 ? landed : here;
    const [mx, my] = [fx[here] + (fx[next] - fx[here]) * move, fy[here] + (fy[next] - fy[here]) * move];
    const [inside, outside] = [[], []];
    for (let i = 0; i < landed; i++) (miss[i] <= radius ? inside : outside).push(part.dots[i]);
    put(part.inside, { d: inside.join("") });
    put(part.outside, { d: outside.join("") });
    put(part.stack, { d: stacked(landed) });
    drawFunnel(mx, my, next === here ? null : here);
    drawBall(next, mx, my, fall);
    drawLast(landed);
    part.count.textContent = fill(say.drop, { n: landed, all });
  }

  function drawFunnel(mx, my, from) {
    const [a, b, r] = [atX(mx), atY(my), view.rail];
    put(part.mouth, { cx: a, cy: b });
    put(part.spout, { cx: a, cy: b });
    put(part.cone, { d: `M${a - 15} ${r - 4}h30l-11 16v8h-8v-8z` });
    put(part.track, { d: from === null ? "" : `M${atX(fx[from])} ${atY(fy[from])}L${a} ${b}` });
  }

  function drawBall(next, mx, my, fall) {
    const shown = fall > 0 ? "visible" : "hidden";
    const [a, b] = [mx + (x[next] - mx) * fall, my + (y[next] - my) * fall];
    put(part.ball, { visibility: shown, cx: atX(a), cy: atY(b), r: px(6.5 - 3 * fall) });
    put(part.side, { visibility: shown, cx: atX(a), cy: px(view.rail + 22 + (view.floor - view.rail - 26) * fall * fall) });
  }

  function drawLast(landed) {
    const i = landed - 1, visibility = landed ? "visible" : "hidden";
    const [line, head] = landed ? arrow(landed) : ["", ""];
    put(part.miss, { d: line });
    put(part.head, { d: head });
    put(part.last, { visibility, cx: landed ? atX(x[i]) : 0, cy: landed ? atY(y[i]) : 0 });
    put(part.missed, { visibility });
    if (!landed) return;
    const right = atX(x[i]) < view.width - 92;
    put(part.missed, {
      x: atX(x[i]) + (right ? 12 : -12), y: Math.max(30, Math.min(view.plan - 22, atY(y[i]) - 6)), "text-anchor": right ? "start" : "end",
    });
    part.missed.textContent = `${miss[i].toFixed(1)} mm`;
  }

  function toward(a, b) {
    const long = Math.hypot(a, b), sides = [];
    if (Math.abs(a) > long * 0.38) sides.push(a > 0 ? say.right : say.left);
    if (Math.abs(b) > long * 0.38) sides.push(b > 0 ? say.back : say.near);
    return sides.length ? `, ${sides.join(` ${say.and} `)}` : "";
  }

  function describe(t) {
    const landed = Math.max(0, Math.min(all, Math.floor(t + 1e-9)));
    if (!landed) return say.start;
    const i = landed - 1, off = Math.hypot(fx[i], fy[i]);
    const good = miss.slice(0, landed).filter((m) => m <= radius).length;
    return fill(say.landed, {
      n: landed, all, miss: miss[i].toFixed(1), where: toward(x[i], y[i]), inside: miss[i] <= radius ? say.inside : say.outside,
      stood: off < 0.05 ? say.over : fill(say.off, { off: off.toFixed(1), where: toward(fx[i], fy[i]) }),
      share: Math.round(100 * good / landed),
    });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

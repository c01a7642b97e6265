// The dice game: piles of pennies between stations, a die at each, and what came out against what the dice promise.
// The trace has one row for each round: rolls, moved and starved of all stations, waiting before stations 2, 3, … after the round.

const SVG = "http://www.w3.org/2000/svg";

const STRINGS = {
  round: "Round {round} of {rounds}",
  out: "{out} out",
  promise: "3.5 a round",
  ghost: "gray: the run before",
  chart: "pennies out",
  short: "{short} short",
  ahead: "{short} ahead",
  box: "box",
  start: "{stations} stations. {start} pennies wait before each but the first. Nobody has rolled yet.",
  alone: "One station with a box of pennies. Nobody has rolled yet.",
  now: "Round {round}: rolls {rolls}, moved {moved}. {waiting} {out} out so far; the dice promised {promised}.",
  waits: "Waiting before stations 2 to {stations}: {piles}.",
  wait: "Waiting before station 2: {piles}.",
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
const clamp = (value) => Math.max(0, Math.min(1, value));
const ease = (value) => value * value * (3 - 2 * value);
const ring = (x, y, r) => `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
// One penny seen from the side, lying at (x, y).
const slab = (x, y, w, h) => `M${px(x - w / 2)} ${px(y - h)}h${px(w)}v${px(h)}h${px(-w)}z`;

// Places of the pips on a 3 × 3 grid, in the order in which they fill up.
const PIPS = [[], [4], [0, 8], [0, 4, 8], [0, 2, 6, 8], [0, 2, 4, 6, 8], [0, 2, 3, 5, 6, 8], [0, 2, 3, 4, 5, 6, 8],
  [0, 1, 2, 3, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]];
const TALL = 10;                                               // pennies in one stack

export function mount(host, trace, options = {}) {
  const { rolls, moved, waiting } = trace.columns;
  const { stations, start, limit, cap, strong, mean, in_turn: inTurn } = trace.fixed;
  const all = rolls.length;
  const before = options.ghost && options.ghost.columns && options.ghost.columns.moved ? options.ghost.columns.moved : null;
  const ghost = before ? sums(before.map((row) => row.at(-1))) : null;
  const out = sums(moved.map((row) => row[stations - 1]));
  const say = { ...STRINGS, ...options.strings };
  let svg, part, view, now = 0;

  function sums(values) {
    let total = 0;
    return values.map((value) => (total += value));
  }

  const piles = (done) => (done > 0 ? waiting[done - 1] : new Array(stations - 1).fill(start));

  // Stations run in one row, or in two that turn around like a conveyor where there is not enough room.
  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620;
    const perRow = stations * 54 <= width - 12 ? stations : Math.ceil(stations / 2);
    const rows = Math.ceil(stations / perRow), cell = Math.min((width - 12) / (perRow + (rows === 1 ? 0.35 : 0.1)), 150);
    const rowHeight = wide ? 148 : rows > 1 ? 104 : 118, top = 26, chart = wide ? 150 : rows > 1 ? 82 : 112;
    const height = top + rows * rowHeight + chart;
    view = { width, wide, perRow, rows, cell, rowHeight, top, height, chart, left: (width - cell * perRow) / 2 };
    view.die = Math.min(wide ? 46 : 30, cell * 0.46);
    view.coin = Math.min(wide ? 20 : 14, (cell - view.die - 6) / 2 - 1);
    view.thick = wide ? 7 : rows > 1 ? 4.4 : 5.4;
    svg = make(host, "svg", { class: "scene-dice", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    part = { head: make(svg, "text", { class: "strong", x: 8, y: 16 }), sum: make(svg, "text", { class: "num strong", x: width - 8, y: 16, "text-anchor": "end" }) };
    part.stations = Array.from({ length: stations }, (_, i) => station(i));
    part.flying = make(svg, "path", { class: "flying" });
    part.stations.forEach((found, i) => {                      // above the pennies that go over
      found.note = make(svg, "text", { class: "lost halo", x: px(place(i).die), y: px(place(i).top - 5), "text-anchor": "middle" });
    });
    Object.assign(part, history());
  }

  // Where station i stands: the middle of its die and of the pile before it, and the height of its bench.
  function place(i) {
    const row = Math.floor(i / view.perRow), at = i % view.perRow, column = row % 2 ? view.perRow - 1 - at : at;
    const x = view.left + column * view.cell, y = view.top + (row + 1) * view.rowHeight - 26, back = row % 2;
    const room = view.cell - view.die - 4, pile = x + (back ? view.die + 4 : 0) + room / 2;
    return { x, y, back, room, pile, die: x + (back ? 2 + view.die / 2 : room + view.die / 2 + 2), top: y - view.die - 6 };
  }

  function station(i) {
    const { x, y, room, pile, die, top } = place(i), size = view.die;
    make(svg, "path", { class: "bench", d: `M${px(x + 2)} ${y}H${px(x + view.cell - 2)}` });
    if (limit === "kanban" && i > 0) roomLine(pile, y, room);
    const found = { coins: make(svg, "path", { class: "coin" }), count: make(svg, "text", { class: "num", x: px(pile), y: y + 17, "text-anchor": "middle" }) };
    make(svg, "text", { class: "soft", x: px(die), y: y + 17, "text-anchor": "middle" }, `${i + 1}`);
    found.die = make(svg, "rect", { class: "die", x: px(die - size / 2), y: px(top), width: px(size), height: px(size), rx: px(size / 6) });
    found.pips = make(svg, "path", { class: "pip" });
    found.unused = make(svg, "path", { class: "unused" });
    return found;
  }

  // The room before a station as a dashed cup, as high as it holds.
  function roomLine(pile, y, room) {
    const stacks = Math.max(1, Math.ceil(cap / TALL)), high = Math.min(cap, TALL) * view.thick + 3;
    const w = Math.min(room - 2, stacks * (view.coin + 1) + 5);
    make(svg, "path", { class: "room", d: `M${px(pile - w / 2)} ${y - 2}V${px(y - high)}H${px(pile + w / 2)}V${y - 2}` });
  }

  function history() {
    const { width, height, chart } = view, left = 36, right = width - 14, bottom = height - 10, up = height - chart + 26;
    const most = Math.max(mean * all, out.at(-1), ...(ghost ?? [0])) || 1;
    view.x = (t) => px(left + (right - left) * t / all);
    view.y = (count) => px(bottom - (bottom - up) * count / most);
    make(svg, "path", { class: "hair", d: `M${left} ${bottom}H${right}M${left} ${view.y(mean * all)}H${right}` });
    make(svg, "text", { class: "num soft", x: left - 6, y: bottom + 4, "text-anchor": "end" }, "0");
    make(svg, "text", { class: "num soft", x: left - 6, y: view.y(mean * all) + 4, "text-anchor": "end" }, `${Math.round(mean * all)}`);
    make(svg, "text", { class: "soft halo", x: 8, y: up - 12 }, ghost ? `${say.chart} (${say.ghost})` : say.chart);
    make(svg, "text", { class: "soft halo", x: right, y: up - 12, "text-anchor": "end" }, say.promise);
    const gap = make(svg, "path", { class: "gap" });
    make(svg, "path", { class: "promise", d: `M${view.x(0)} ${view.y(0)}L${view.x(all)} ${view.y(mean * all)}` });
    if (ghost) make(svg, "path", { class: "ghost", d: ghost.slice(0, all).reduce((d, count, i) => `${d}L${view.x(i + 1)} ${view.y(count)}`, `M${view.x(0)} ${view.y(0)}`) });
    return { gap, line: make(svg, "path", { class: "line" }), dot: make(svg, "circle", { class: "now", r: 4.5 }), short: make(svg, "text", { class: "lost halo" }) };
  }

  // While a round runs, the first third shows the rolls, and then the pennies go over.
  function draw(t) {
    now = t;
    const done = Math.max(0, Math.min(all, Math.floor(t + 1e-9))), rest = options.reduced || done === all ? 0 : t - done;
    const at = rest > 0 ? done : done - 1;
    part.head.textContent = at < 0 ? "" : fill(say.round, { round: at + 1, rounds: all });
    part.sum.textContent = fill(say.out, { out: done > 0 ? out[done - 1] : 0 });
    drawPiles(done, at, rest);
    drawDice(at, rest);
    drawHistory(done);
  }

  // How far the pennies of station i have gone over, from 0 to 1.
  function gone(i, rest) {
    if (!inTurn) return ease(clamp((rest - 0.38) / 0.55));
    const share = 0.6 / stations;
    return ease(clamp((rest - 0.36 - i * share) / share));
  }

  function drawPiles(done, at, rest) {
    const held = piles(done).slice();
    let flying = "";
    for (let i = 0; rest > 0 && i < stations; i++) {
      const go = gone(i, rest), count = moved[at][i];
      if (go <= 0) continue;
      if (i > 0) held[i - 1] -= count;
      if (go >= 1) { if (i < stations - 1) held[i] += count; continue; }
      flying += flight(i, count, go);
    }
    put(part.flying, { d: flying });
    part.stations.forEach((found, i) => {
      if (i === 0) { put(found.coins, { d: box() }); found.count.textContent = say.box; return; }
      put(found.coins, { d: pile(i, Math.max(0, held[i - 1])) });
      found.count.textContent = `${Math.max(0, held[i - 1])}`;
    });
  }

  // The pennies of one move, in an arc from the pile before station i to the one after it.
  function flight(i, count, go) {
    const from = place(i), end = i === stations - 1, to = end ? { pile: from.die + (from.back ? -1 : 1) * (view.die / 2 + 16), y: from.y } : place(i + 1);
    const lift = Math.sin(Math.PI * go) * view.die * 0.5 + view.die;
    let d = "";
    for (let k = 0; k < count; k++) {
      const x = from.pile + (to.pile - from.pile) * go, y = from.y + (to.y - from.y) * go - Math.sin(Math.PI * go) * lift - k * view.thick;
      d += slab(Math.max(view.coin / 2, Math.min(view.width - view.coin / 2, x)), y, view.coin, view.thick - 1);
    }
    return d;
  }

  // The box of the first station never runs out: two full stacks.
  const box = () => pile(0, 2 * TALL);

  // Stacks of ten beside each other; where they find no room, the last one grows. The number below says how many.
  function pile(i, count) {
    const { pile: middle, y, room } = place(i), pitch = view.coin + 1.5, fit = Math.max(1, Math.floor((room + 1) / pitch));
    const stacks = Math.min(fit, Math.ceil(count / TALL)), most = Math.floor((view.rowHeight - 52) / view.thick);
    const thick = Math.min(view.thick, view.thick * most / Math.max(1, Math.ceil(count / Math.max(1, stacks))));
    const first = middle - (stacks - 1) * pitch / 2;
    let d = "";
    for (let k = 0; k < count; k++) {
      const stack = stacks * TALL >= count ? Math.floor(k / TALL) : k % stacks, high = stacks * TALL >= count ? k % TALL : Math.floor(k / stacks);
      d += slab(first + stack * pitch, y - 1.5 - high * thick, view.coin, Math.max(1, thick - 1));
    }
    return d;
  }

  // Pips that moved a penny are filled; pips that were lost are rings.
  function drawDice(at, rest) {
    const tumbling = rest > 0 && rest < 0.2;
    part.stations.forEach((found, i) => {
      put(found.die, { class: `die${i === strong ? " strongdie" : ""}${at < 0 ? " resting" : ""}` });
      if (at < 0) { put(found.pips, { d: "" }); put(found.unused, { d: "" }); found.note.textContent = ""; return; }
      const shown = tumbling ? 1 + ((rolls[at][i] + i + Math.floor(rest * 40)) % 6) : rolls[at][i];
      const used = tumbling || (rest > 0 && rest < 0.36) ? shown : moved[at][i];
      const { die, top } = place(i), step = view.die * 0.27, r = px(view.die * 0.085);
      let full = "", empty = "";
      (PIPS[shown] ?? PIPS[9]).forEach((spot, k) => {
        const [x, y] = [die + (spot % 3 - 1) * step, top + view.die / 2 + (Math.floor(spot / 3) - 1) * step];
        if (k < used) full += ring(x, y, r); else empty += ring(x, y, r);
      });
      put(found.pips, { d: full });
      put(found.unused, { d: empty });
      const lost = tumbling || (rest > 0 && rest < 0.36) ? 0 : rolls[at][i] - moved[at][i];
      found.note.textContent = lost ? `−${lost}` : "";
    });
  }

  function drawHistory(done) {
    let line = `M${view.x(0)} ${view.y(0)}`;
    for (let i = 0; i < done; i++) line += `L${view.x(i + 1)} ${view.y(out[i])}`;
    const total = done > 0 ? out[done - 1] : 0, promised = mean * done, [x, y] = [view.x(done), view.y(total)];
    put(part.line, { d: done ? line : "" });
    put(part.gap, { d: done ? `${line}V${view.y(promised)}z` : "" });
    put(part.dot, { cx: x, cy: y });
    const short = promised - total, right = x > view.width * 0.55;
    part.short.textContent = done ? fill(short >= 0 ? say.short : say.ahead, { short: Math.abs(short) }) : "";
    put(part.short, { x: px(right ? x - 10 : x + 10), y: px(Math.min(view.height - 14, y + 18)), "text-anchor": right ? "end" : "start" });
  }

  function describe(t) {
    const done = Math.max(0, Math.min(all, Math.floor(t + 1e-9)));
    if (!done) return fill(stations > 1 ? say.start : say.alone, { stations, start });
    const i = done - 1, held = stations > 1 ? fill(stations > 2 ? say.waits : say.wait, { stations, piles: waiting[i].join(", ") }) : "";
    return fill(say.now, { round: done, rolls: rolls[i].join(", "), moved: moved[i].join(", "), waiting: held, out: out[i], promised: mean * done });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

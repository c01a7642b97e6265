// Job shop: orders as cards that wait before five stations, and a chart of what each station did in the last day. The trace has one row for
// each visit of an order to a station (min); fixed.orders are [kind, rush, due, out]; fixed.changeovers are [station, kind, from, to]. See model.md.

const SVG = "http://www.w3.org/2000/svg";
const FULL_BAR = 240; // min of work that fill the bar of a card

const STRINGS = {
  clock: "Day {day}, {hours} h", inside: "{n} inside, {late} late", ago: "{h} h ago", now: "now", more: "+{n}",
  legend: "On a card: the day it is due. Bar: work here. Flag: rush.", colors: "Red: past its date. Amber: changeover, or due within a day.",
  brief: "Number: day due. Red: late. Amber: setup.", before: "{n} inside at this moment in the run before",
  said: "Day {day}, {hours} hours: {inside} orders are inside, {late} of them past their date. {lathe} Waiting: {waiting}. {out} have left since day {first}, {outLate} of them late.",
  works: "On the {station}: {kind}, due on day {due}.", rushWorks: "On the {station}: {kind}, rush, due on day {due}.",
  changes: "The {station} is changed over to {kind}.", free: "The {station} is free.", each: "{station} {n}",
};

function make(parent, tag, attributes = {}, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== "") node.textContent = text;
  parent.append(node);
  return node;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const px = (value) => Math.round(value * 10) / 10;
const box = (x, y, w, h) => `M${px(x)} ${px(y)}h${px(w)}v${px(h)}h${px(-w)}z`;

// Visits with what their orders are, by station in the order in which they were begun.
function read(trace) {
  const { order, station, queued, started, ended } = trace.columns, { orders, stations, changeovers } = trace.fixed, visits = [];
  order.forEach((n, i) => {
    if (n < 0) return;
    const [kind, rush, due] = orders[n];
    visits.push({ kind, rush: rush === 1, due, station: station[i], queued: queued[i], started: started[i], ended: ended[i], number: i });
  });
  visits.sort((a, b) => a.started - b.started || a.queued - b.queued || a.number - b.number);
  return {
    end: trace.t.at(-1), visits, at: stations.map((_, k) => visits.filter((one) => one.station === k)),
    changed: stations.map((_, k) => changeovers.filter(([where]) => where === k).map(([, kind, from, to]) => ({ kind, from, to }))),
  };
}

const inside = (of, t) => of.visits.filter((one) => one.queued <= t && t < one.ended);

export function mount(host, trace, options = {}) {
  const { stations, kinds, orders, day, first } = trace.fixed, it = read(trace), say = { ...STRINGS, ...options.strings };
  const ghost = options.ghost && options.ghost.fixed && options.ghost.fixed.orders ? read(options.ghost) : null;
  let svg, moving, view, now = 0;

  const dayOf = (t) => first + Math.floor(t / day);
  const clock = (t) => (t < it.end ? { day: dayOf(t), hours: ((t % day) / 60).toFixed(1) } : { day: dayOf(t) - 1, hours: (day / 60).toFixed(1) });
  const look = (one, t) => (t > one.due ? "late" : one.due - t < day ? "soon" : "card");
  const working = (k, t) => it.at[k].find((one) => one.started <= t && t < one.ended);
  const changing = (k, t) => it.changed[k].find((one) => one.from <= t && t < one.to);
  // Who is set up for counts as begun; here a card stays in the queue until its work begins.
  const queue = (k, t) => it.at[k].filter((one) => one.queued <= t && t < one.started);

  function layout() {
    svg?.remove();
    const width = Math.max(280, host.clientWidth), wide = width >= 620;
    const row = wide ? 53 : 27, card = wide ? { w: 36, h: 34 } : { w: 25, h: 22 }, top = wide ? 34 : 22, name = wide ? 58 : 42;
    const machine = wide ? Math.round(width * 0.52) : width - card.w - 6, lane = wide ? row : 15;
    const chart = wide ? { left: machine + card.w + 26, right: width - 6, top } : { left: name, right: width - 4, top: top + row * stations.length + 19 };
    const foot = wide ? 44 : 36, height = chart.top + lane * stations.length + foot;
    view = { width, wide, row, card, top, name, machine, lane, chart, height };
    svg = make(host, "svg", { class: "scene-shop", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    ground();
    moving = make(svg, "g");
  }

  const rowAt = (k) => view.top + k * view.row;
  const laneAt = (k) => view.chart.top + k * view.lane;

  // What never moves: names, rails, places on the machines, lanes of the chart, the legend.
  function ground() {
    const { width, wide, row, card, name, machine, lane, chart, height } = view;
    stations.forEach((station, k) => {
      const y = rowAt(k) + row / 2;
      make(svg, "text", { class: "strong", x: 2, y: px(y + 4) }, station);
      make(svg, "path", { class: "rail", d: `M${name} ${px(rowAt(k) + row - (wide ? 5 : 1.5))}H${machine + card.w + 3}` });
      make(svg, "rect", { class: "place", x: machine - 3, y: px(y - card.h / 2 - 2), width: card.w + 6, height: card.h + 4, rx: 3 });
      if (!wide) make(svg, "text", { class: "soft", x: 2, y: px(laneAt(k) + lane / 2 + 4) }, station);
      make(svg, "rect", { class: "lane", x: px(chart.left), y: px(laneAt(k) + (wide ? 11 : 1)), width: px(chart.right - chart.left), height: lane - (wide ? 22 : 2) });
    });
    make(svg, "text", { class: "soft", x: px(chart.left), y: chart.top - 6 }, fill(say.ago, { h: day / 60 }));
    make(svg, "text", { class: "soft", x: px(chart.right), y: chart.top - 6, "text-anchor": "end" }, say.now);
    make(svg, "text", { class: "soft", x: 2, y: height - (wide ? 24 : 21) }, wide ? say.legend : say.brief);
    if (wide) make(svg, "text", { class: "soft", x: 2, y: height - 7 }, say.colors);
  }

  function draw(t) {
    now = t;
    moving.replaceChildren();
    const all = inside(it, t), late = all.filter((one) => one.due < t).length, { width, wide, machine, card, height } = view;
    make(moving, "text", { class: "num strong", x: 2, y: wide ? 18 : 13 }, fill(say.clock, clock(t)));
    make(moving, "text", { class: "num strong", x: wide ? machine + card.w + 3 : width - 4, y: wide ? 18 : 13, "text-anchor": "end" }, fill(say.inside, { n: all.length, late }));
    if (ghost) make(moving, "text", { class: "num soft", x: wide ? width - 6 : 2, y: height - (wide ? 24 : 5), "text-anchor": wide ? "end" : "start" }, fill(say.before, { n: inside(ghost, Math.min(t, ghost.end - 0.01)).length }));
    stations.forEach((_, k) => { drawQueue(k, t); drawMachine(k, t); drawLane(k, t); });
  }

  function drawCard(one, x, y, t, share = 0) {
    const { w, h } = view.card, kind = look(one, t), work = one.ended - one.started;
    make(moving, "rect", { class: kind, x: px(x), y: px(y), width: w, height: h, rx: 2.5 });
    if (one.rush) make(moving, "path", { class: "flag", d: `M${px(x)} ${px(y)}h${view.wide ? 11 : 8}l${view.wide ? -11 : -8} ${view.wide ? 11 : 8}z` });
    make(moving, "text", { class: `num ${kind}-text`, x: px(x + w / 2), y: px(y + (view.wide ? 19 : 14.5)), "text-anchor": "middle" }, `${dayOf(one.due)}`);
    const length = one.started < 2 * it.end ? (w - 6) * Math.min(1, work / FULL_BAR) * (1 - share) : 0;
    if (length > 0) make(moving, "path", { class: `${kind}-bar`, d: box(x + 3, y + h - (view.wide ? 8 : 5), length, view.wide ? 4 : 2.5) });
  }

  // Next in line stands nearest to the machine.
  function drawQueue(k, t) {
    const waiting = queue(k, t), { card, machine, name, row, wide } = view, pitch = card.w + (wide ? 5 : 3), y = rowAt(k) + (row - card.h) / 2;
    const room = Math.floor((machine - 8 - name) / pitch), shown = waiting.length > room ? room - 1 : waiting.length;
    waiting.slice(0, shown).forEach((one, i) => drawCard(one, machine - 8 - (i + 1) * pitch, y, t));
    if (shown < waiting.length) make(moving, "text", { class: "num soft", x: px(machine - 8 - shown * pitch - 4), y: px(rowAt(k) + row / 2 + 4), "text-anchor": "end" }, fill(say.more, { n: waiting.length - shown }));
  }

  function drawMachine(k, t) {
    const one = working(k, t), change = changing(k, t), { card, machine, row } = view, y = rowAt(k) + (row - card.h) / 2;
    if (one) drawCard(one, machine, y, t, (t - one.started) / (one.ended - one.started));
    else if (change) make(moving, "path", { class: "changed", d: box(machine, y, card.w * (t - change.from) / (change.to - change.from), card.h) });
  }

  // The last day: work in blue, work on orders already past their date in red, changeovers in amber.
  function drawLane(k, t) {
    const { left, right } = view.chart, from = t - day, at = (moment) => left + (right - left) * (moment - from) / day;
    const top = laneAt(k) + (view.wide ? 11 : 1), high = view.lane - (view.wide ? 22 : 2);
    const bar = (a, b) => (b > from && a < t ? box(at(Math.max(a, from)), top, Math.max(0.5, at(Math.min(b, t)) - at(Math.max(a, from)) - 0.8), high) : "");
    const bars = (list) => list.map((one) => bar(one.started, one.ended)).join("");
    const seen = it.at[k].filter((one) => one.ended > from && one.started < t);
    make(moving, "path", { class: "worked", d: bars(seen.filter((one) => one.due >= one.started)) });
    make(moving, "path", { class: "worked-late", d: bars(seen.filter((one) => one.due < one.started)) });
    make(moving, "path", { class: "changed", d: it.changed[k].map((one) => bar(one.from, one.to)).join("") });
    const midnight = Math.floor(t / day) * day;
    if (midnight > from && midnight < t) make(moving, "path", { class: "hair", d: `M${px(at(midnight))} ${px(top - 2)}v${px(high + 4)}` });
  }

  function describe(t) {
    const all = inside(it, t), gone = orders.filter(([, , , out]) => out > 0 && out <= t), busiest = stations.length > 1 ? 1 : 0;
    return fill(say.said, {
      ...clock(t), inside: all.length, late: all.filter((one) => one.due < t).length, lathe: told(busiest, t), first,
      waiting: stations.map((station, k) => fill(say.each, { station: station.toLowerCase(), n: queue(k, t).length })).join(", "),
      out: gone.length, outLate: gone.filter(([, , due, out]) => out > due).length,
    });
  }

  function told(k, t) {
    const one = working(k, t), change = changing(k, t), station = stations[k].toLowerCase();
    if (one) return fill(one.rush ? say.rushWorks : say.works, { station, kind: kinds[one.kind].toLowerCase(), due: dayOf(one.due) });
    return change ? fill(say.changes, { station, kind: kinds[change.kind].toLowerCase() }) : fill(say.free, { station });
  }

  layout();
  draw(0);
  return { draw, describe, resize() { layout(); draw(now); }, destroy() { svg.remove(); } };
}

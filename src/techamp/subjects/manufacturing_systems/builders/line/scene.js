// Replays the first hours of a run on the line's own picture: what each station does, what waits before it, parts on their way.
// The trace has one row for each thing a machine did: queued, started, ended, left (in its unit); see first_hours.py.

const SVG = "http://www.w3.org/2000/svg";
const WORDS = { busy: "works", blocked: "is blocked", starved: "has no part", down: "is down", setup: "is set up", off: "is off shift" };
const STATE = { busy: "working", blocked: "blocked", starved: "no part", down: "down", setup: "setup", off: "off shift" };
const MOST_NAMED = 8;

function read(trace) {
  const { station, machine, kind, part, queued, started, ended, left } = trace.columns;
  const rows = station.map((at, i) => ({ at, machine: machine[i], kind: kind[i], part: part[i], queued: queued[i], started: started[i], ended: ended[i], left: left[i] })).filter((row) => row.at >= 0);
  const stations = trace.fixed.names.map((name, k) => ({ name, machines: trace.fixed.machines[k], rows: rows.filter((row) => row.at === k) }));
  const outs = rows.filter((row) => row.kind === "work" && trace.fixed.last.includes(row.at)).map((row) => row.left).sort((a, b) => a - b);
  return { stations, outs };
}

// What a station does at a moment: of several machines the one that tells most.
function stateOf(rows, t) {
  const now = rows.filter((row) => row.started <= t && t < (row.kind === "work" ? row.left : row.ended));
  for (const [kind, name] of [["down", "down"], ["setup", "setup"], ["off", "off"]]) if (now.some((row) => row.kind === kind)) return name;
  if (now.some((row) => row.kind === "work" && t < row.ended)) return "busy";
  return now.some((row) => row.kind === "work") ? "blocked" : "starved";
}

const waiting = (rows, t) => rows.filter((row) => row.kind === "work" && row.queued <= t && t < row.started).length;

export function mount(host, trace) {
  const { stations, outs } = read(trace);
  const shown = () => [...host.querySelectorAll("svg")].find((svg) => svg.getClientRects().length) ?? host.querySelector("svg");
  let svg = null, parts = null;

  function take() {
    if (svg?.isConnected && svg === shown()) return;
    parts?.remove();
    svg = shown();
    parts = document.createElementNS(SVG, "g");
    parts.setAttribute("aria-hidden", "true");
    svg.append(parts);
  }

  const places = () => stations.map((_, k) => svg.querySelector(`[data-station="${k}"]`));

  function draw(t) {
    take();
    svg.classList.add("replaying");
    parts.replaceChildren();
    places().forEach((place, k) => {
      if (!place) return;
      const state = stateOf(stations[k].rows, t), box = place.querySelector(".st-box");
      for (const name of Object.keys(WORDS)) place.classList.toggle(`is-${name}`, name === state);
      const right = place.dataset.side === "right" ? Number(box.getAttribute("width")) : 0;
      text(Number(box.getAttribute("x")) + right, Number(box.getAttribute("y")) - 7, STATE[state], `st-state ${place.dataset.side}`);
      rack(k, waiting(stations[k].rows, t));
      onMachines(box, stations[k], t);
    });
  }

  function text(x, y, words, css) {
    const node = document.createElementNS(SVG, "text");
    node.setAttribute("x", x); node.setAttribute("y", y); node.setAttribute("class", css);
    node.textContent = words;
    parts.append(node);
  }

  function rack(k, count) {
    const mark = svg.querySelector(`[data-rack="${k}"]`);
    if (!mark) return;
    const label = mark.querySelector("text"), room = Number(label.dataset.places);
    label.textContent = count;
    mark.classList.toggle("some", count > 0);
    mark.classList.toggle("full", Number.isFinite(room) && count >= room && room > 0);
  }

  // A dot for each part on a machine, moving through the box as its work goes on.
  function onMachines(box, station, t) {
    const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
    for (const row of station.rows) {
      if (row.kind !== "work" || row.started > t || t >= row.left) continue;
      const share = Math.min(1, (t - row.started) / Math.max(1e-9, row.ended - row.started));
      const dot = document.createElementNS(SVG, "circle");
      dot.setAttribute("cx", (x + 9 + share * (w - 18)).toFixed(1));
      dot.setAttribute("cy", (y + h - 10 - 9 * (row.machine % 3)).toFixed(1));
      dot.setAttribute("r", 5); dot.setAttribute("class", "part");
      parts.append(dot);
    }
  }

  const count = (t) => outs.filter((out) => out <= t).length;

  function describe(t) {
    const said = stations.map((station) => ({ name: station.name, state: stateOf(station.rows, t), waits: waiting(station.rows, t) }));
    const tell = said.length > MOST_NAMED ? said.filter((one) => one.state !== "busy" && one.state !== "starved").slice(0, MOST_NAMED) : said;
    const words = tell.map((one) => `${one.name} ${WORDS[one.state]}${one.waits ? ` with ${one.waits} waiting` : ""}`).join("; ");
    const out = count(t);
    return `After ${Math.round(t * 10) / 10} ${trace.unit}: ${out} part${out === 1 ? "" : "s"} out. ${words}${words ? "." : ""}`;
  }

  function destroy() {
    parts?.remove();
    for (const one of host.querySelectorAll("svg")) {
      one.classList.remove("replaying");
      for (const place of one.querySelectorAll("[data-station]")) for (const name of Object.keys(WORDS)) place.classList.remove(`is-${name}`);
      for (const label of one.querySelectorAll("[data-places]")) { label.textContent = label.dataset.places; label.parentElement.classList.remove("some", "full"); }
    }
    svg = null;
  }

  return { draw, describe, resize: () => destroy(), destroy };
}

// Plays a run's trace on the picture, by the builder's own scene: play, step, scrub. With reduced motion it goes step by step.

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const SECONDS = 40; // for the whole trace
let scene = null, trace = null, time = 0, playing = false, last = 0, before = "";

const root = () => document.querySelector("[data-player]");
const part = (name) => root().querySelector(`[data-${name}]`);
const now = () => document.querySelector("[data-now]");

async function begin() {
  scene?.destroy();
  [scene, playing, time] = [null, false, 0];
  const text = document.querySelector("[data-trace]")?.textContent;
  const host = document.querySelector("[data-floor]");
  if (!root()) return;
  root().hidden = !text || !host;
  if (root().hidden) return;
  trace = JSON.parse(text);
  before = now()?.textContent ?? "";
  const { mount } = await import(root().dataset.scene);
  scene = mount(host, trace);
  part("scrub").value = 0;
  part("clock").textContent = `0 of ${end().toFixed(0)} ${trace.unit}`;
  part("play").setAttribute("aria-pressed", "false");
}

const end = () => trace.t.at(-1) ?? 0;

function show(t, say = true) {
  time = Math.max(0, Math.min(end(), t));
  scene.draw(time);
  part("scrub").value = Math.round((1000 * time) / (end() || 1));
  const clock = `${time.toFixed(end() < 20 ? 1 : 0)} of ${end().toFixed(0)} ${trace.unit}`;
  part("scrub").setAttribute("aria-valuetext", clock);
  part("clock").textContent = clock;
  if (say && now()) now().textContent = scene.describe(time);
}

function pause() {
  playing = false;
  part("play").setAttribute("aria-pressed", "false");
  show(time);
}

function step(way) {
  if (playing) pause();
  const next = way > 0 ? trace.t.find((t) => t > time + 1e-9) : trace.t.findLast((t) => t < time - 1e-9);
  show(next ?? (way > 0 ? end() : 0));
}

function frame(at) {
  if (!playing || !scene) return;
  show(time + ((at - last) / 1000) * (end() / SECONDS), false);
  last = at;
  if (time >= end()) return pause();
  requestAnimationFrame(frame);
}

function toggle() {
  if (playing) return pause();
  if (time >= end()) {           // played to its end: the picture of the whole run again
    scene.destroy();
    time = 0;
    part("scrub").value = 0;
    if (now()) now().textContent = before;
    part("clock").textContent = `0 of ${end().toFixed(0)} ${trace.unit}`;
    return;
  }
  if (reduced.matches) return step(1);
  playing = true;
  part("play").setAttribute("aria-pressed", "true");
  last = performance.now();
  requestAnimationFrame(frame);
}

document.addEventListener("click", (event) => {
  if (!scene) return;
  if (event.target.closest("[data-play]")) toggle();
  if (event.target.closest("[data-back]")) step(-1);
  if (event.target.closest("[data-forward]")) step(1);
});
document.addEventListener("input", (event) => { if (scene && event.target.matches("[data-scrub]")) { playing = false; show((end() * event.target.value) / 1000); } });
document.addEventListener("workshop:shown", begin);
addEventListener("resize", () => scene?.resize());
begin();

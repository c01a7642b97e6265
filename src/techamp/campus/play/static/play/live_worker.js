// Runs a simulation's kernel off the page's own thread. The page sends {module, live} once for each model and then
// {number, values, quantiles, first}; a newer request ends an older one between two runs.
// Answers: {number, runs, values, spans}: at once after the first run, and again when `first` is known to 1 % or after 30.
import { Kernel } from "./live_kernel.js";

const WANTED = 0.01, FEWEST = 5, BREATH = 4;                // share of the mean; runs; ms between looks for a newer request
const kernels = new Map();
let kernel = null, loading = Promise.resolve(), newest = 0;
const { port1, port2 } = new MessageChannel();
let go = () => {};
port1.onmessage = () => go();
// Let a message in that waits: a timer would wait for 4 ms.
const breathe = () => new Promise(resolve => { go = resolve; port2.postMessage(0); });

async function take({ module, live }) {
  if (!kernels.has(module)) kernels.set(module, await Kernel.load(module));
  kernel = kernels.get(module);
  kernel.take(live);
}

// Mean and the ends of its 95 % interval.
function spanOf(values, quantile) {
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1));
  const half = quantile * sd / Math.sqrt(n);
  return [mean, mean - half, mean + half];
}

async function answer({ number, values, quantiles, first }) {
  await loading;
  if (number !== newest) return;
  const begun = performance.now(), runs = [];
  let breathed = begun;
  const say = spans => postMessage({ number, values: runs[0], runs: runs.length, spans, worked: performance.now() - begun });
  while (runs.length <= quantiles.length) {
    runs.push(kernel.run({ ...values, seed: values.seed + runs.length }));
    if (runs.length === 1) say({});
    else if (runs.length >= FEWEST) {
      const [mean, low] = spanOf(runs.map(run => run[first]), quantiles[runs.length - 2]);
      if (mean - low <= WANTED * Math.abs(mean)) break;
    }
    if (performance.now() - breathed < BREATH) continue;
    await breathe();
    if (number !== newest) return;
    breathed = performance.now();
  }
  const spans = {};
  for (const name of Object.keys(runs[0])) spans[name] = spanOf(runs.map(run => run[name]), quantiles[runs.length - 2]);
  say(spans);
}

onmessage = ({ data }) => {
  if (data.live) loading = loading.then(() => take(data)).catch(error => postMessage({ failed: String(error) }));
  else { newest = data.number; answer(data).catch(error => postMessage({ number: data.number, failed: String(error) })); }
};

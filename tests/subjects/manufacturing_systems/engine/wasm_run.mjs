// node wasm_run.mjs MODULE BLOCK OUT: runs the steps named on stdin on a block of memory and writes the block back.
// stdin: {"steps": [[what, until or null, parts], …], "times": n}; prints statuses and the best seconds of n runs.
import { readFileSync, writeFileSync } from "node:fs";

const [module, block, out] = process.argv.slice(2);
const { steps, times } = JSON.parse(readFileSync(0));
const compiled = new WebAssembly.Module(readFileSync(module));
if (WebAssembly.Module.imports(compiled).length) throw new Error("the module imports something");
const { memory, kernel, __heap_base: base } = new WebAssembly.Instance(compiled, {}).exports;
const start = Math.ceil(base.value / 64) * 64;
const words = readFileSync(block);
const missing = start + words.length - memory.buffer.byteLength;
if (missing > 0) memory.grow(Math.ceil(missing / 65536));
let statuses = [];
let best = Infinity;
for (let i = 0; i < times; i++) {
  new Uint8Array(memory.buffer, start, words.length).set(words);
  const began = performance.now();
  statuses = steps.map(([what, until, parts]) => Number(kernel(BigInt(what), until ?? Infinity, BigInt(parts), start, start)));
  best = Math.min(best, (performance.now() - began) / 1000);
}
writeFileSync(out, new Uint8Array(memory.buffer, start, words.length));
console.log(JSON.stringify({ statuses, seconds: best }));

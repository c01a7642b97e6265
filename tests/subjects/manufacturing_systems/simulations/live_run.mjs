// node live_run.mjs LIVE_KERNEL MODULE FOLDER: runs each {live, values} of stdin as the page does; prints the measures,
// and writes the block before and after each run into the folder.
import { readFileSync, writeFileSync } from "node:fs";

const [script, module, folder] = process.argv.slice(2);
const { Kernel } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(script, "utf-8"))}`);
const kernel = new Kernel(await WebAssembly.instantiate(readFileSync(module), {}));
const found = JSON.parse(readFileSync(0)).map(({ live, values }, number) => {
  kernel.take(live);
  kernel.fill(values);
  writeFileSync(`${folder}/filled-${number}`, kernel.bytes);
  const measures = kernel.run(values);
  writeFileSync(`${folder}/run-${number}`, kernel.bytes);
  return measures;
});
console.log(JSON.stringify(found));

// A simulation's kernel in the browser: fills the block from the inputs, runs it, reads the measures.
// What the parts of `live` mean is said in the contract (contract/live.py); tests hold both to the same bits.
const OPERATORS = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => b ? a / b : NaN };

// A term's value: a number, or null where an input is empty. `marks` are DataViews of the block.
export function valueOf(term, values, marks = []) {
  if (!Array.isArray(term)) return term;
  const [operator, a, b, c, d] = term;
  if (operator === "given") return values[a];
  if (operator === "word") return c === "integer" ? Number(marks[a].getBigInt64(8 * b, true)) : marks[a].getFloat64(8 * b, true);
  if (operator === "otherwise") return valueOf(a, values, marks) ?? valueOf(b, values, marks);
  if (operator === "equals") return valueOf(valueOf(a, values, marks) === b ? c : d, values, marks);
  const [left, right] = [valueOf(a, values, marks), valueOf(b, values, marks)];
  return left === null || right === null ? null : OPERATORS[operator](left, right);
}

export class Kernel {
  #live; #kernel; #memory; #base; #constants;
  static async load(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return new Kernel(await WebAssembly.instantiate(await response.arrayBuffer(), {}));
  }
  constructor({ instance }) {
    const { memory, kernel, __heap_base: base } = instance.exports;
    [this.#memory, this.#kernel, this.#base] = [memory, kernel, Math.ceil(base.value / 64) * 64];
  }
  // From now on run this model.
  take(live) {
    this.#live = live;
    this.#constants = new BigInt64Array(live.size);
    for (const [at, bits] of live.block) this.#constants[at] = BigInt(bits);
    const missing = this.#base + 8 * live.size - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / 65536));
  }
  get #view() { return new DataView(this.#memory.buffer, this.#base, 8 * this.#live.size); }
  #mark() { return new DataView(this.#memory.buffer.slice(this.#base, this.#base + 8 * this.#live.size)); }
  // The block's bytes as they are now.
  get bytes() { return new Uint8Array(this.#mark().buffer); }
  fill(values) {
    new BigInt64Array(this.#memory.buffer, this.#base, this.#live.size).set(this.#constants);
    const view = this.#view;
    for (const [at, kind, term] of this.#live.places) {
      const value = valueOf(term, values);
      if (kind === "integer") view.setBigInt64(8 * at, BigInt(value), true); else view.setFloat64(8 * at, value, true);
    }
  }
  // One run: measure → value. RangeError where an input fits no word; Error where the kernel gives up.
  run(values) {
    this.fill(values);
    const marks = [];
    for (const [what, until, parts, mark] of this.#live.calls) {
      const status = this.#kernel(BigInt(what), valueOf(until, values), BigInt(parts), this.#base, this.#base);
      if (status !== 0n) throw new Error(`the kernel returned ${status}`);
      if (mark) marks.push(this.#mark());
    }
    return Object.fromEntries(Object.entries(this.#live.measures).map(([name, term]) => [name, valueOf(term, values, marks)]));
  }
}

// Numbers that follow the finger: a worker runs the simulation's own kernel while an input is moved. Nothing goes to the
// server; its run, when the input is let go, brings the picture and is the one that counts.
const INTEGER_STEP = "1", MOST_IN_LINE = 3;

export class Live {
  #form; #bench; #worker; #wanted; #number = 0; #asked = 0; #sent = null;
  constructor(form, bench) { [this.#form, this.#bench] = [form, bench]; }

  // On a phone the measures are out of sight behind the inputs: the first of them stand above the inputs too.
  get #line() { return this.#form.querySelector("[data-live-line]"); }

  // What the server's last answer holds: a model to run, or none.
  take() {
    const box = this.#bench.querySelector("[data-live]");
    this.#number++;                                         // answers under way are for numbers that are gone
    this.#bench.classList.remove("is-live");
    this.#line.hidden = true;
    this.#wanted = box ? JSON.parse(box.textContent) : null;
    if (!this.#wanted) return;
    if (!this.#worker) {
      this.#worker = new Worker(this.#wanted.worker, { type: "module" });
      this.#worker.addEventListener("message", ({ data }) => this.#show(data));
      this.#worker.addEventListener("error", event => { event.preventDefault(); this.#give_up(); });
      addEventListener("input", event => { if (this.#form.contains(event.target)) this.#ask(); });   // by now box and slider agree
    }
    const shape = JSON.stringify([this.#wanted.module, this.#wanted.live]);
    if (shape !== this.#sent) this.#worker.postMessage({ module: this.#wanted.module, live: this.#wanted.live });
    this.#sent = shape;
  }

  // Inputs as they stand in the form; null where one of them is out of range or needs another model.
  #values() {
    const { live, values, given } = this.#wanted;
    const found = { ...values };
    for (const name of [...live.follows, ...live.rests_on, "seed"]) {
      const named = this.#form.elements.namedItem(name);
      if (!named) continue;
      const box = named instanceof RadioNodeList ? [...named].at(-1) : named;
      if (live.rests_on.includes(name)) {
        if (box.value !== given[name]) return null;
      } else {
        const { rangeUnderflow, rangeOverflow, badInput } = box.validity;
        if (rangeUnderflow || rangeOverflow || badInput || (box.step === INTEGER_STEP && box.value % 1)) return null;
        found[name] = box.value === "" ? null : Number(box.value);
      }
    }
    return found.seed === null ? null : found;
  }

  #ask() {
    const values = this.#wanted && this.#values();
    if (!values) return;
    const number = ++this.#number;
    this.#asked = performance.now();
    this.#worker.postMessage({ number, values, quantiles: this.#wanted.quantiles, first: this.#wanted.first });
  }

  #show({ number, values, runs, spans, worked, failed }) {
    if (failed) return number === undefined ? this.#give_up() : undefined;
    if (number !== this.#number) return;
    const shown = [];
    for (const box of this.#bench.querySelectorAll("[data-measure]")) {
      const name = box.dataset.measure;
      box.classList.toggle("stale", !(name in values));
      if (!(name in values)) continue;
      const say = value => text(value, Number(box.dataset.decimals));
      const [output, span] = [box.querySelector("output"), box.querySelector("[data-span]")];
      output.textContent = say(values[name]);
      output.dataset.exact = values[name];
      shown.push(`${output.textContent}\u00a0${box.dataset.unit}`.trim());
      span.classList.toggle("older", !(name in spans));     // the interval of a moment ago, until there is a new one
      if (name in spans) span.textContent = Number.isFinite(spans[name][1]) ? fill(this.#wanted.says, [runs, ...spans[name].map(say)]) : "";
    }
    this.#line.hidden = false;
    this.#line.textContent = shown.slice(0, MOST_IN_LINE).join(" · ");
    this.#bench.querySelector("[data-live-note]").hidden = false;
    this.#bench.classList.add("is-live");
    const waited = performance.now() - this.#asked;
    this.#bench.dispatchEvent(new CustomEvent("live", { bubbles: true, detail: { number, values, runs, spans, waited, worked } }));
  }

  // No connection: what is shown is live, and does not count.
  offline() {
    const note = this.#bench.querySelector("[data-live-note]");
    if (note && !note.hidden) note.querySelector("[data-offline]").hidden = false;
  }

  #give_up() { this.#wanted = null; }
}

// As the server writes numbers: fixed decimals, a true minus sign, thin spaces from 10 000 on, an en dash for nothing.
function text(value, decimals) {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value).toFixed(decimals);
  const grouped = Math.abs(value) >= 9999.5 ? digits.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f") : digits;
  return value < 0 && /[1-9]/.test(digits) ? `\u2212${grouped}` : grouped;
}

const fill = (words, parts) => words.replace(/\{(\d)\}/g, (_all, at) => parts[at]);

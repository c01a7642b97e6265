// Keeps her place for another device, and shows in the list of parts where she is.
const DWELL = 4000; // ms at one place before it counts: looking around is not reading

export class KeepsPlace {
  #text; #parts; #voice; #sentences; #segments; #sent; #seen = ""; #since = 0;

  constructor(text, parts, voice) {
    [this.#text, this.#parts, this.#voice] = [text, parts, voice];
    this.#sentences = [...text.querySelectorAll(".s")];
    this.#segments = [...text.querySelectorAll(".segment")];
    this.#sent = text.dataset.at;
    let waiting = 0;
    addEventListener("scroll", () => { waiting ||= setTimeout(() => { waiting = 0; this.#look(); }, 150); }, { passive: true });
    this.#look();
    if (!text.dataset.place) return;
    setInterval(() => this.#keep(), DWELL);
    document.addEventListener("visibilitychange", () => document.hidden && this.#keep());
  }

  #look() {
    const line = innerHeight * .35;
    const here = this.#segments.filter(segment => segment.getBoundingClientRect().top <= line).at(-1);
    for (const link of this.#parts.querySelectorAll("a"))
      here && link.hash === `#${here.id}` ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    const at = this.#voice.at ?? this.#atLine(line, here);
    if (at !== this.#seen) [this.#seen, this.#since] = [at, Date.now()];
  }

  // The last sentence that begins above the line at which one reads; sentences lie in order, so half of them are ruled out each time.
  // Where only a heading stands above that line, it is the first one under it.
  #atLine(line, segment) {
    let low = 0, high = this.#sentences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      this.#sentences[middle].getBoundingClientRect().top <= line ? low = middle + 1 : high = middle;
    }
    const last = this.#sentences[Math.max(0, low - 1)];
    return (segment && !segment.contains(last) ? segment.querySelector(".s") : last)?.id ?? "";
  }

  #keep() {
    this.#look();
    const moved = scrollY > 0 || this.#voice.at;
    if (!moved || !this.#seen || this.#seen === this.#sent) return;
    if (!this.#voice.at && Date.now() - this.#since < DWELL - 500) return;
    const form = new FormData();
    form.set("do", "position");
    form.set("sentence", this.#seen);
    form.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    if (navigator.sendBeacon(this.#text.dataset.place, form)) this.#sent = this.#seen;
  }
}

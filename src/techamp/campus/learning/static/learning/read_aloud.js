// Reads the lecture with the browser's own voice, or plays a teacher's recording where a segment has one.
// Where there is neither a voice for its language nor a recording, there is no button.
import { spoken } from "./search.js";

const SPEED = "read-aloud-speed";

export class ReadsAloud {
  #text; #player; #start; #items = []; #index = 0; #voice; #playing = false; #run = 0; #handled = 0;

  constructor(text) {
    this.#text = text;
    this.#player = text.querySelector(".player");
    this.#start = text.querySelector(".player-start");
    const recorded = text.querySelector("audio[data-narration]") !== null;
    if (!("speechSynthesis" in window)) return;
    this.#findVoice();
    if (recorded) this.#start.hidden = false;
    speechSynthesis.addEventListener?.("voiceschanged", () => this.#findVoice());
    this.#listen();
  }

  // The sentence being read, or the one at which it was paused.
  get at() {
    const item = this.#items[this.#index];
    return !this.#player.hidden && item?.classList.contains("s") ? item.id : undefined;
  }

  #findVoice() {
    const language = document.documentElement.lang.split("-")[0] || "en";
    const own = speechSynthesis.getVoices().filter(voice => voice.lang.toLowerCase().startsWith(language));
    this.#voice = own.find(voice => voice.default) ?? own.find(voice => voice.localService) ?? own[0];
    if (this.#voice && this.#player.hidden) this.#start.hidden = false;
  }

  #part(name) { return this.#player.querySelector(`[data-player=${name}]`); }

  #listen() {
    this.#start.addEventListener("click", () => this.#open());
    this.#part("toggle").addEventListener("click", () => this.#playing ? this.#pause() : this.#play());
    this.#part("back").addEventListener("click", () => this.#step(-1));
    this.#part("on").addEventListener("click", () => this.#step(1));
    this.#part("close").addEventListener("click", () => this.#close());
    this.#part("slides").addEventListener("change", () => this.#collect());
    const speed = this.#part("speed");
    speed.value = localStorage.getItem(SPEED) ?? "1";
    if (!speed.value) speed.value = "1";
    speed.addEventListener("change", () => { localStorage.setItem(SPEED, speed.value); if (this.#playing) this.#play(); });
    this.#player.addEventListener("keydown", event => this.#key(event));
    for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => { this.#handled = Date.now(); }, { passive: true });
    addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  // Space pauses and the arrows step while the focus is in the player, but not in its list of speeds.
  #key(event) {
    if (event.target.matches("select") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " " && !event.target.matches("input")) this.#playing ? this.#pause() : this.#play();
    else if (event.key === "ArrowLeft") this.#step(-1);
    else if (event.key === "ArrowRight") this.#step(1);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
  }

  // Narration in order; sentences and pictures of slides only when asked for.
  #collect() {
    const now = this.#items[this.#index];
    const what = this.#part("slides").checked ? ".said .s, .slide .s, figure.figure" : ".said .s";
    this.#items = [...this.#text.querySelectorAll(what)];
    const known = this.#items.indexOf(now);
    if (known >= 0) this.#index = known;
    else if (now) this.#index = Math.max(0, this.#items.findIndex(item => now.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING));
  }

  #open() {
    this.#collect();
    const wanted = location.hash.slice(1) || (scrollY > 200 ? "" : this.#text.dataset.at);
    const named = this.#items.findIndex(item => item.id === wanted || item.closest(".segment").id === wanted);
    const inView = this.#items.findIndex(item => item.getBoundingClientRect().bottom > 80);
    this.#index = Math.max(0, wanted && named >= 0 ? named : inView);
    this.#start.hidden = true;
    this.#player.hidden = false;
    this.#part("toggle").focus();
    this.#play();
  }

  #close() {
    this.#halt();
    this.#mark(undefined);
    this.#player.hidden = true;
    this.#start.hidden = false;
    this.#start.querySelector("button").focus();
  }

  // The recording of the segment in which a sentence stands.
  #recording(item) { return item?.closest(".segment")?.querySelector("audio[data-narration]") ?? null; }

  #record(audio, run) {
    for (const other of this.#text.querySelectorAll("audio[data-narration]")) if (other !== audio) other.currentTime = 0;
    audio.playbackRate = Number(this.#part("speed").value);
    audio.onended = () => {
      if (run !== this.#run) return;
      audio.currentTime = 0;
      const own = audio.closest(".segment");
      this.#index = this.#items.findLastIndex(item => item.closest(".segment") === own);
      this.#next();
    };
    audio.play().catch(() => { if (run === this.#run) this.#pause(); });
  }

  // In a recording a step is ten seconds; with the voice it is a sentence.
  #step(by) {
    const audio = this.#recording(this.#items[this.#index]);
    if (audio && !(audio.currentTime === 0 && by < 0)) { audio.currentTime = Math.max(0, audio.currentTime + 10 * by); return; }
    this.#index = Math.min(this.#items.length - 1, Math.max(0, this.#index + by));
    this.#handled = 0;
    this.#playing ? this.#play() : this.#mark(this.#items[this.#index]);
  }

  // Some browsers drop a paused utterance, so a pause stops, and the sentence is begun again.
  #pause() { this.#halt(); this.#label(); }

  #halt() { this.#run += 1; this.#playing = false; this.#recording(this.#items[this.#index])?.pause(); speechSynthesis.cancel(); CSS.highlights?.delete("spoken-word"); }

  #play() {
    this.#halt();
    this.#playing = true;
    this.#label();
    this.#say();
  }

  #say() {
    const item = this.#items[this.#index], run = this.#run;
    if (!item) return this.#close();
    this.#mark(item);
    const audio = this.#recording(item);
    if (audio) return this.#record(audio, run);
    if (!this.#voice) return this.#next();
    const { words, places } = item.matches("figure") ? { words: item.dataset.say, places: [] } : mapped(item);
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice = this.#voice;
    utterance.lang = this.#voice.lang;
    utterance.rate = Number(this.#part("speed").value);
    utterance.onboundary = event => run === this.#run && event.name !== "sentence" && highlight(words, places, event.charIndex);
    utterance.onend = () => { if (run === this.#run) this.#next(); };
    utterance.onerror = event => { if (run === this.#run && event.error !== "interrupted" && event.error !== "canceled") this.#pause(); };
    speechSynthesis.speak(utterance);
  }

  #next() {
    CSS.highlights?.delete("spoken-word");
    if (this.#index + 1 >= this.#items.length) return this.#close();
    this.#index += 1;
    this.#say();
  }

  #label() {
    const button = this.#part("toggle");
    button.querySelector("span").textContent = this.#playing ? button.dataset.pause : button.dataset.play;
  }

  #mark(item) {
    for (const old of this.#text.querySelectorAll(".s.now, figure.now")) old.classList.remove("now");
    if (!item) return;
    item.classList.add("now");
    const { top, bottom } = item.getBoundingClientRect();
    const seen = top > innerHeight * .12 && bottom < innerHeight * .7;
    if (seen || Date.now() - this.#handled < 4000) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    item.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  }
}

// The words to say, and for each letter of them the text node and offset that it comes from; a formula's words come from none.
function mapped(sentence) {
  let words = "";
  const places = [];
  const add = (text, node) => { for (let i = 0; i < text.length; i++) { places.push(node && [node, i]); words += /\s/.test(text[i]) ? " " : text[i]; } };
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) add(node.data, node);
    else if (node.localName === "math") add(` ${node.getAttribute("alttext") ?? ""} `);
    else node.childNodes.forEach(walk);
  };
  walk(sentence);
  return { words, places };
}

function highlight(words, places, from) {
  if (!CSS.highlights) return;
  const length = words.slice(from).match(/^[\p{L}\p{N}.,’'-]+/u)?.[0].length ?? 0;
  const [first, last] = [places[from], places[from + length - 1]];
  if (!first || !last) { CSS.highlights.delete("spoken-word"); return; }
  const range = new Range();
  range.setStart(...first);
  range.setEnd(last[0], last[1] + 1);
  CSS.highlights.set("spoken-word", new Highlight(range));
}

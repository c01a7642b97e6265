// What a lecture page does beyond reading: finds words, keeps her place, reads aloud. Reading and answering need none of it.
import { KeepsPlace } from "./place.js";
import { Search } from "./search.js";

const text = document.querySelector(".lecture-text");
let voice;
new Search(document.querySelector(".lecture-side"), text);
new KeepsPlace(text, document.querySelector(".lecture-parts"), { get at() { return voice?.at; } });

// The voice comes when the page has been drawn: nobody waits for it to read.
import("./read_aloud.js").then(({ ReadsAloud }) => { voice = new ReadsAloud(text); });

// After an answer was swapped in, the reader stands at its verdict.
document.addEventListener("htmx:afterSettle", event => {
  const verdict = event.detail.elt.querySelector?.("[data-focus]");
  if (!verdict) return;
  verdict.tabIndex = -1;
  verdict.focus({ preventScroll: true });
  verdict.scrollIntoView({ block: "nearest" });
});

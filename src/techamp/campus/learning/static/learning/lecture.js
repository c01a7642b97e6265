// What a lecture page does beyond reading: finds words, keeps her place, reads aloud. Reading and answering need none of it.
import { KeepsPlace } from "./place.js";
import { ReadsAloud } from "./read_aloud.js";
import { Search } from "./search.js";

const text = document.querySelector(".lecture-text");
const voice = new ReadsAloud(text);
new Search(document.querySelector(".lecture-side"), text);
new KeepsPlace(text, document.querySelector(".lecture-parts"), voice);

// After an answer was swapped in, the reader stands at its verdict.
document.addEventListener("htmx:afterSettle", event => {
  const verdict = event.detail.elt.querySelector?.("[data-focus]");
  if (!verdict) return;
  verdict.tabIndex = -1;
  verdict.focus({ preventScroll: true });
  verdict.scrollIntoView({ block: "nearest" });
});

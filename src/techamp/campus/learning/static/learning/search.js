// Find words in the text while typing; the list is the same as the one that the server makes without this script.
const MOST = 50;
const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export class Search {
  #text; #box; #list; #sentences;

  constructor(side, text) {
    this.#text = text;
    this.#box = side.querySelector("input[type=search]");
    this.#list = side.querySelector("#lecture-hits");
    this.#box.addEventListener("input", () => this.#find());
    this.#box.form.addEventListener("submit", event => { event.preventDefault(); this.#find(); this.#list.querySelector("a")?.focus(); });
    if (this.#box.value) this.#find();
  }

  get #known() {
    this.#sentences ??= [...this.#text.querySelectorAll(".s")].map(node => ({ node, folded: fold(spoken(node)) }));
    return this.#sentences;
  }

  #find() {
    const words = fold(this.#box.value).split(/\s+/).filter(Boolean);
    const hits = words.length ? this.#known.filter(each => words.every(word => each.folded.includes(word))) : [];
    for (const each of this.#known) each.node.classList.toggle("hit", hits.includes(each));
    this.#list.replaceChildren(...(words.length ? [this.#count(hits.length), this.#links(hits.slice(0, MOST))] : []));
  }

  #count(found) {
    const line = document.createElement("p");
    line.className = "small";
    line.setAttribute("role", "status");
    line.textContent = found ? this.#list.dataset.some.replace("{n}", found) : this.#list.dataset.none;
    return line;
  }

  #links(hits) {
    const list = document.createElement("ol");
    list.className = "lecture-hits";
    for (const { node } of hits) {
      const link = Object.assign(document.createElement("a"), { href: `#${node.id}`, textContent: shortened(spoken(node)) });
      list.appendChild(document.createElement("li")).appendChild(link);
    }
    return list;
  }
}

// A sentence as it is said: formulas by their words.
export function spoken(node) {
  const copy = node.cloneNode(true);
  for (const math of copy.querySelectorAll("math")) math.replaceWith(math.getAttribute("alttext") ?? "");
  return copy.textContent.replace(/\s+/g, " ").trim();
}

const shortened = text => text.length > 110 ? `${text.slice(0, 109)}…` : text;

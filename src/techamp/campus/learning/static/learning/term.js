// A tap on a term opens its meaning beside it. Without this script the link leads to the glossary page.
const GAP = 8;
const meaning = document.getElementById("meaning");

function fill(link) {
  const [plain, example] = meaning.querySelectorAll("p");
  meaning.querySelector("b").textContent = link.dataset.term;
  plain.textContent = link.dataset.plain;
  example.textContent = `${meaning.dataset.example} ${link.dataset.example}`;
  example.hidden = !link.dataset.example;
  meaning.querySelector("a").href = link.href;
}

// On a phone the style sheet lays it along the lower edge; elsewhere it stands under the word, or over it where there is no room.
function place(link) {
  const word = link.getClientRects()[0], own = meaning.getBoundingClientRect();
  const narrow = matchMedia("(max-width: 40rem)").matches;
  const below = word.bottom + GAP + own.height < innerHeight;
  meaning.style.left = narrow ? "" : `${Math.max(GAP, Math.min(word.left, innerWidth - own.width - GAP))}px`;
  meaning.style.top = narrow ? "" : `${Math.max(GAP, below ? word.bottom + GAP : word.top - GAP - own.height)}px`;
}

if (meaning?.showPopover) {
  document.addEventListener("click", event => {
    const link = event.target.closest("a.term");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    fill(link);
    link.focus({ preventScroll: true });
    meaning.showPopover();
    place(link);
  });
  addEventListener("scroll", () => meaning.matches(":popover-open") && meaning.hidePopover(), { passive: true });
}

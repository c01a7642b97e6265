// What every page does: tell the server how wide charts may be, and make steppers work. Nothing here is needed to read or to submit.
const measure = () => { document.cookie = `w=${document.documentElement.clientWidth};path=/;max-age=31536000;samesite=lax`; };
measure();
addEventListener("resize", measure);

// −/+ beside a number box: [data-step="-1"] and [data-step="1"] buttons inside .stepper
document.addEventListener("click", event => {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const box = button.closest(".stepper").querySelector("input");
  button.dataset.step > 0 ? box.stepUp() : box.stepDown();
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
});

// A slider and its number box show the same value: both stand in one .ctl; the box has the name.
document.addEventListener("input", event => {
  const ctl = event.target.closest(".ctl");
  if (!ctl) return;
  for (const twin of ctl.querySelectorAll("input[type=range], .stepper input"))
    if (twin !== event.target) twin.value = event.target.value;
});

// A bar that is cut by the edge of a phone says so, and shows where she is.
for (const bar of document.querySelectorAll(".top nav ul, .steps")) {
  const cue = () => { bar.parentElement.dataset.more = bar.scrollLeft + bar.clientWidth < bar.scrollWidth - 4 ? "on" : ""; };
  const here = bar.querySelector("[aria-current]");
  if (here) bar.scrollLeft = Math.max(0, here.offsetLeft - bar.clientWidth / 3);
  bar.addEventListener("scroll", cue, { passive: true });
  addEventListener("resize", cue);
  cue();
}

// Focus what the server points at after a reload: the verdict, or the summary of errors.
const wanted = document.querySelector("[data-focus]");
if (wanted) { wanted.tabIndex = -1; wanted.focus({ preventScroll: false }); }

// A formula or table that is too wide for this screen scrolls sideways: let the keyboard reach it, and skip those that fit.
const WIDE = ".table-scroll:not([tabindex]), math[display=block], pre";
const reach = box => box.scrollWidth > box.clientWidth + 1 ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex");
const sizes = new ResizeObserver(all => all.forEach(one => reach(one.target)));
const watched = new Set();
const watch = () => {
  for (const box of document.querySelectorAll(WIDE)) {
    if (watched.has(box)) continue;
    watched.add(box);
    reach(box);
    sizes.observe(box);
  }
};
watch();
document.addEventListener("htmx:afterSettle", watch);       // what a run or an answer brings may be wide too
document.fonts?.ready.then(() => watched.forEach(reach));

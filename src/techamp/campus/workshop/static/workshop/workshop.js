// Sends each change as it is made and puts what comes back into the page, part by part, without taking away what is being typed.
// The server does all the work: without this file every form is sent by its button.

const parts = "[data-swap]";
let sending = false;
const queue = [];

// A part of the new page takes the place of the old one. A form with the same boxes is changed box by box: what is being
// typed, or was typed since the form was sent, stays.
function swap(page, sent) {
  for (const fresh of page.querySelectorAll(parts)) {
    const old = document.querySelector(`[data-swap="${fresh.dataset.swap}"]`);
    if (!old || fresh.parentElement.closest(parts) || old.outerHTML === fresh.outerHTML) continue;
    if (boxes(old) && boxes(old) === boxes(fresh)) merge(old, fresh, sent);
    else replace(old, fresh);
  }
}

const boxes = (part) => [...part.querySelectorAll("[data-box]")].map((box) => box.dataset.box).join();
const field = (box) => box.querySelector("input, select");

function merge(old, fresh, sent) {
  const mine = new Map([...old.querySelectorAll("[data-box]")].map((box) => [box.dataset.box, box]));
  for (const box of fresh.querySelectorAll("[data-box]")) {
    const was = mine.get(box.dataset.box), input = field(was);
    const typed = input && sent?.has(input.name) && sent.get(input.name) !== input.value;
    if (was.contains(document.activeElement) || typed) says(was, box);
    else if (was.outerHTML !== box.outerHTML || (input && input.value !== field(box)?.value)) was.replaceWith(box);
  }
  for (const part of fresh.querySelectorAll(parts)) {
    const mine = old.querySelector(`[data-swap="${part.dataset.swap}"]`);
    if (mine) replace(mine, part);
  }
  const verbs = old.querySelector(".verbs"), newer = fresh.querySelector(".verbs");
  if (verbs && newer && !verbs.contains(document.activeElement)) verbs.replaceWith(newer);
}

// A box that keeps its content says what is wrong with it.
function says(was, box) {
  const [old, fresh] = [was.querySelector(".fault"), box.querySelector(".fault")];
  if (old && fresh) old.textContent = fresh.textContent;
  was.classList.toggle("bad", box.classList.contains("bad"));
}

// What stands in the new part for what had focus in the old one: the same box, button, or station; or a button of the same verb.
function twin(focus, fresh) {
  if (focus.id && document.getElementById(focus.id)) return document.getElementById(focus.id);
  if (focus.dataset.place) return fresh.querySelector(`[data-place="${focus.dataset.place}"]`);
  if (!focus.matches("button[name][value]")) return null;
  const buttons = [...fresh.querySelectorAll(`button[name="${CSS.escape(focus.name)}"]:not(:disabled)`)];
  const verb = focus.value.split(":")[0];
  return buttons.find((button) => button.value === focus.value) ?? buttons.find((button) => button.value.split(":")[0] === verb);
}

// Puts focus back on the same box or button, and leaves open what was open.
function replace(old, fresh) {
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const open = [...old.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
  old.replaceWith(fresh);
  for (const summary of fresh.querySelectorAll("details > summary")) if (open.includes(summary.textContent)) summary.parentElement.open = true;
  if (!focus) return;
  const same = twin(focus, fresh);
  (same || fresh.querySelector("#panel") || fresh.querySelector("[tabindex]"))?.focus({ preventScroll: true });
}

async function show(request, sent, quiet = false) {
  document.body.classList.toggle("is-busy", !quiet);
  try {
    const answer = await request;
    if (!answer.headers.get("content-type")?.startsWith("text/html")) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector(parts)) return location.reload();
    if (answer.redirected || answer.url !== location.href) history.replaceState(null, "", answer.url);
    swap(page, sent);
    for (const input of page.querySelectorAll("input[name=revision]")) for (const mine of document.querySelectorAll("input[name=revision]")) mine.value = input.value;
    document.dispatchEvent(new CustomEvent("workshop:shown"));
    watch();
  } finally { document.body.classList.remove("is-busy"); }
}

// One at a time. What is pressed meanwhile waits its turn; what is typed meanwhile goes with what is sent next.
async function send(form, button) {
  if (sending) {
    if (button || !queue.length) queue.push([form, button]);
    return;
  }
  sending = true;
  try {
    const choice = button?.name && button.name !== "do" && form.querySelector(`select[name="${CSS.escape(button.name)}"]`);
    if (choice) choice.value = button.value; // a picture of one of its options was pressed
    const sent = new FormData(form);
    if (button && !choice) sent.set("do", button.value);
    await show(fetch(location.href, { method: "POST", body: sent, headers: { Accept: "text/html" } }), sent);
  } catch { form.isConnected && !button ? null : location.reload(); } finally {
    sending = false;
    if (queue.length) {
      const [next, pressed] = queue.shift();
      const alive = next.isConnected ? next : document.querySelector("[data-form]");
      if (alive) await send(alive, pressed);
    }
  }
}

// A run that goes on is looked after until it is over.
let timer = 0;
function watch() {
  clearTimeout(timer);
  if (!document.querySelector("[data-going]")) return;
  timer = setTimeout(() => document.querySelector(".held") ? watch() : show(fetch(location.href), null, true), 1000);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-form]");
  if (form) send(form, null);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-swap]") || form.method !== "post" || !form.querySelector("[name=do]")) return;
  event.preventDefault();
  send(form, event.submitter);
});
// Choosing something in the picture shows it in the panel; on a phone the panel comes into view.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-floor] a[data-place], .rest a");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const address = new URL(link.getAttribute("href"), location.href);
  history.replaceState(null, "", address.search);
  show(fetch(address)).then(() => {
    const panel = document.getElementById("panel");
    if (!panel) return;
    panel.focus({ preventScroll: matchMedia("(min-width: 64rem)").matches });
  });
});
// For editors: carry out a verb at a place, as its button would.
document.addEventListener("workshop:do", (event) => {
  const form = document.querySelector("[data-form]");
  if (form) send(form, { value: event.detail });
});
document.getElementById("link")?.addEventListener("focus", (event) => event.target.select());
watch();

// The bench: settings that matter, undo, and picking points on the chart. Every bit of it is also a box in the form.
import { Undo } from "./undo.js";
import { pickable } from "./picking.js";
import { listPicked } from "./row_list.js";

const form = document.querySelector("[data-bench]");

// A setting that another one makes meaningless is out of the way.
const sortSettings = () => {
  for (const box of form.querySelectorAll("[data-when]")) {
    const chosen = form.elements[box.dataset.when]?.value;
    box.hidden = !box.dataset.values.split(" ").includes(chosen) && !box.querySelector(".fault:not(:empty)");
  }
};

const refresh = () => {
  sortSettings();
  listPicked(form);
  pickable(document.querySelector("[data-pickable]"), form);
};

if (form) {
  refresh();
  const undo = new Undo(document.querySelector("[data-undo]"));
  form.addEventListener("change", () => { sortSettings(); listPicked(form); });
  document.body.addEventListener("htmx:afterSettle", event => {
    if (event.detail.elt.id === "result" || event.detail.target?.id === "result") { refresh(); undo.note(); }
  });
  document.body.addEventListener("htmx:pushedIntoHistory", () => undo.note());
}

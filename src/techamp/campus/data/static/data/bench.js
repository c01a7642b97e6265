// The bench: settings that matter, undo, and picking points on the chart. Every bit of it is also a box in the form.
import { Undo } from "./undo.js";
import { pickable } from "./picking.js";
import { listPicked } from "./row_list.js";
import { sortSettings } from "./settings.js";

const form = document.querySelector("[data-bench]");

const refresh = () => {
  sortSettings(form);
  listPicked(form);
  pickable(document.querySelector("[data-pickable]"), form);
};

if (form) {
  refresh();
  const undo = new Undo(document.querySelector("[data-undo]"));
  form.addEventListener("change", () => { sortSettings(form); listPicked(form); });
  document.body.addEventListener("htmx:afterSettle", event => {
    if (event.detail.elt.id === "result" || event.detail.target?.id === "result") { refresh(); undo.note(); }
  });
  document.body.addEventListener("htmx:pushedIntoHistory", () => undo.note());
}

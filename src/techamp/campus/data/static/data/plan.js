// The form of a plan: settings that matter.
import { sortSettings } from "./settings.js";

for (const form of document.querySelectorAll("[data-plan]")) {
  sortSettings(form);
  form.addEventListener("change", () => sortSettings(form));
}

// A setting that another one makes meaningless is out of the way.
export const sortSettings = form => {
  for (const box of form.querySelectorAll("[data-when]")) {
    const chosen = form.elements[box.dataset.when]?.value;
    box.hidden = !box.dataset.values.split(" ").includes(chosen) && !box.querySelector(".fault:not(:empty)");
  }
};

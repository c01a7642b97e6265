// Rows that were picked, as a list with a button to put each back. The text box beside it holds the same.
export const entries = box => box.value.split(/[;\n]/).map(part => part.trim()).filter(Boolean);

export const write = (box, list) => {
  box.value = list.join("; ");
  box.dispatchEvent(new Event("change", { bubbles: true }));
};

export const listPicked = form => {
  for (const list of form.querySelectorAll("[data-picked]")) {
    const box = form.elements[list.dataset.picked];
    list.replaceChildren(...entries(box).map(entry => item(box, entry)));
  }
};

const item = (box, entry) => {
  const row = document.createElement("li"), button = document.createElement("button");
  row.append(entry, " ", button);
  Object.assign(button, { type: "button", className: "btn plain", textContent: "✕" });
  button.setAttribute("aria-label", `${box.dataset.label}: ${entry} ✕`);
  button.addEventListener("click", () => write(box, entries(box).filter(other => other !== entry)));
  return row;
};

// Ordering with Up and Down in place of the lists of places. Without this file the lists of places do the same.
const button = (label, sign, name) => {
  const made = document.createElement("button");
  made.type = "button"; made.className = "btn quiet"; made.dataset.move = sign;
  made.textContent = sign < 0 ? "↑" : "↓";
  made.setAttribute("aria-label", `${label}: ${name}`);
  return made;
};

for (const list of document.querySelectorAll("ol[data-order]:not([data-still])")) {
  const says = list.parentElement.querySelector("[data-order-says]");
  const number = () => [...list.children].forEach((row, at) => {
    row.querySelector("select").value = String(at + 1);
    row.querySelector('[data-move="-1"]').disabled = at === 0;
    row.querySelector('[data-move="1"]').disabled = at === list.children.length - 1;
  });
  [...list.children]
    .sort((a, b) => a.querySelector("select").value - b.querySelector("select").value)
    .forEach(row => list.append(row));
  for (const row of list.children) {
    const name = row.querySelector(".entry").textContent.trim();
    row.querySelector("select").hidden = true;
    const pair = document.createElement("span");
    pair.className = "moves";
    pair.append(button(list.dataset.up, -1, name), button(list.dataset.down, 1, name));
    row.append(pair);
  }
  number();
  list.addEventListener("click", event => {
    const pressed = event.target.closest("[data-move]");
    if (!pressed) return;
    const row = pressed.closest("li");
    pressed.dataset.move < 0 ? row.previousElementSibling?.before(row) : row.nextElementSibling?.after(row);
    number();
    (pressed.disabled ? row.querySelector("[data-move]:not(:disabled)") : pressed).focus();
    says.textContent = `${row.querySelector(".entry").textContent.trim()}: ${list.dataset.moved} ${[...list.children].indexOf(row) + 1}`;
  });
}

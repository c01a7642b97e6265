// Undo and redo of every setting: the address holds them all, so a step back is an address before. Kept for the tab.
export class Undo {
  #key = `bench ${location.pathname}`;
  #state = { list: [], at: -1 };
  #back; #forth;

  constructor(host) {
    this.#back = host.querySelector("[data-step-back]");
    this.#forth = host.querySelector("[data-step-forth]");
    try { this.#state = JSON.parse(sessionStorage.getItem(this.#key)) ?? this.#state; } catch { /* a full or closed store: begin anew */ }
    this.#back.addEventListener("click", () => this.#go(-1));
    this.#forth.addEventListener("click", () => this.#go(1));
    host.hidden = false;
    this.note();
  }

  // The address changed: a new one ends what could be redone.
  note() {
    const state = this.#state, now = location.search;
    if (state.list[state.at] !== now) {
      state.list = [...state.list.slice(0, state.at + 1), now].slice(-50);
      state.at = state.list.length - 1;
      this.#keep();
    }
    this.#back.disabled = state.at <= 0;
    this.#forth.disabled = state.at >= state.list.length - 1;
  }

  #go(step) {
    this.#state.at += step;
    this.#keep();
    location.assign(location.pathname + this.#state.list[this.#state.at]);
  }

  #keep() {
    try { sessionStorage.setItem(this.#key, JSON.stringify(this.#state)); } catch { /* undo is a comfort; the boxes remain */ }
  }
}

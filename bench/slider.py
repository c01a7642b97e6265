"""A live slider in Chromium: how long its numbers take, and whether the page stands still meanwhile.

Chromium's debugger slows the page's own thread down, as a phone would be, but not the worker's: there the time that the
worker took is counted six times.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright
from tests.browser import chromium

from bench.campus import campus_on
from bench.figures import Figure, keep, show

PAGE = "/play/manufacturing_systems.the_line/"
THROTTLE, MOVES = 6, 60
TARGET, THROTTLED_TARGET, FRAME = 16, 150, 50
TEXT = (
    "The line's slider “places”, moved 60 times without letting go: from the move to the first number (one run of 240 "
    "hours, the bits of the server's run) and to a throughput known to 1 % (5 to 30 runs); and the time between "
    "two animation frames while it is moved. With the page's thread slowed down six times by the "
    "debugger; it does not slow workers down, so that the worker's time counts six times."
)
DRAG = """async moves => {
  const slider = document.querySelector(".ctl:has([name=places]) input[type=range]");
  const found = { first: [], precise: [], gaps: [], tasks: [] };
  const keep = list => found.tasks.push(...list.getEntries().map(task => task.duration));
  new PerformanceObserver(keep).observe({ type: "longtask" });
  let last = performance.now(), moving = true;
  const frame = now => { found.gaps.push(now - last); last = now; if (moving) requestAnimationFrame(frame); };
  requestAnimationFrame(now => { last = now; requestAnimationFrame(frame); });
  for (let i = 0; i < moves; i++) {
    const done = new Promise(resolve => {
      const hear = ({ detail }) => {
        if (detail.runs === 1) { found.first.push([detail.waited, detail.worked]); return; }
        found.precise.push([detail.waited, detail.worked]);
        removeEventListener("live", hear);
        resolve();
      };
      addEventListener("live", hear);
    });
    slider.value = 4 + (7 * i) % 30;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await done;
    await new Promise(requestAnimationFrame);
  }
  moving = false;
  return found;
}"""


def measure() -> list[Figure]:
    found = []
    with campus_on("SQLite") as campus, sync_playwright() as play:
        session = campus.run("learners", "1")[0]["session"]
        campus.start()
        browser = play.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        address = f"http://127.0.0.1:{campus.port}"
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        for rate in (1, THROTTLE):
            page = context.new_page()
            page.goto(address + PAGE, wait_until="networkidle")
            page.evaluate(DRAG, 5)  # the engine of the browser compiles while it runs
            found += [show(figure) for figure in _dragged(page, rate)]
            page.close()
        browser.close()
    keep("Slider in the page", TEXT, found)
    return found


def _dragged(page: Page, rate: int) -> list[Figure]:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    times: dict[str, Any] = page.evaluate(DRAG, MOVES)
    where = "here" if rate == 1 else f"at {rate} × CPU throttle"
    most = TARGET if rate == 1 else THROTTLED_TARGET
    figures = []
    for name, what in (("first", "first number"), ("precise", "throughput to 1 %")):
        waited, worked = np.array(times[name]).T
        p50, p95 = np.percentile(waited + (rate - 1) * worked, [50, 95])
        figures.append(Figure(f"slider, {what}, {where}: p50", float(p50), "ms", most=most, note=f"p95 {p95:.1f} ms"))
    gap = np.percentile(times["gaps"], [50, 95])
    tasks = f"{len(times['tasks'])} tasks over 50 ms" + (
        f", longest {max(times['tasks']):.0f}" if times["tasks"] else ""
    )
    figures.append(
        Figure(
            f"slider, frame to frame, {where}: p95", float(gap[1]), "ms", most=FRAME, note=f"p50 {gap[0]:.1f}; {tasks}"
        )
    )
    return figures

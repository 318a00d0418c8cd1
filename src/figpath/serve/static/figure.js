"use strict";
// A figure's page: a name lights up on the picture, in the caption and in the tables together, with a card that says
// what it is; the picture zooms and moves. Without this the page still reads.
for (const figure of document.querySelectorAll("[data-figure]")) {
  const tip = figure.querySelector("[data-tip]");
  const viewport = figure.querySelector("[data-viewport]");
  const canvas = figure.querySelector("[data-canvas]");

  // ---- names
  const marks = [...figure.querySelectorAll(".mark")];
  for (const mark of marks) mark.querySelector("title")?.remove(); // the card says it
  const line = (text, soft) => {
    const p = document.createElement("p");
    p.textContent = text;
    if (soft) p.className = "soft";
    return p;
  };
  const show = (mark) => {
    const { text, kind, meaning, score, chain } = mark.dataset;
    const head = document.createElement("p");
    const name = document.createElement("b");
    name.textContent = text;
    head.append(name, ` ${kind}`);
    tip.replaceChildren(head, line(meaning), line(`score ${score}${mark.classList.contains("unsure") ? ", uncertain" : ""}`, true), line(chain, true));
    tip.hidden = false;
    const box = mark.getBoundingClientRect(), card = tip.getBoundingClientRect();
    const below = box.bottom + 8 + card.height < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - card.width - 8))}px`;
    tip.style.top = `${Math.max(8, below ? box.bottom + 8 : box.top - card.height - 8)}px`;
  };
  const named = (target) => (target instanceof Element ? target.closest("[data-name]") : null);
  const light = (element, on) => {
    if (!element) return;
    for (const twin of figure.querySelectorAll(`[data-name="${CSS.escape(element.dataset.name)}"]`)) twin.classList.toggle("on", on);
    if (on && element.classList.contains("mark")) show(element);
    else tip.hidden = true;
  };
  for (const [event, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]])
    figure.addEventListener(event, (e) => light(named(e.target), on));
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") tip.hidden = true; });
  document.addEventListener("scroll", () => { tip.hidden = true; }, { capture: true, passive: true });

  // ---- zoom and pan
  const tools = figure.querySelector("[data-zoom]");
  const output = tools.querySelector("output");
  const steps = [1, 1.25, 1.5, 2, 3, 4, 6];
  let at = 0;
  const zoom = (to, x = viewport.clientWidth / 2, y = viewport.clientHeight / 2) => {
    const next = Math.max(0, Math.min(steps.length - 1, to));
    const grown = steps[next] / steps[at];
    const left = (viewport.scrollLeft + x) * grown - x, top = (viewport.scrollTop + y) * grown - y;
    at = next;
    canvas.style.width = `${steps[at] * 100}%`;
    canvas.style.minWidth = at ? "0" : "";
    viewport.classList.toggle("large", at > 0);
    viewport.scrollTo(left, top);
    output.textContent = `${Math.round(steps[at] * 100)} %`;
  };
  tools.hidden = false;
  for (const button of tools.querySelectorAll("button")) button.addEventListener("click", () => zoom(at + Number(button.dataset.by)));
  viewport.addEventListener("wheel", (e) => {
    if (!e.ctrlKey && !e.metaKey) return;
    e.preventDefault();
    const box = viewport.getBoundingClientRect();
    zoom(at + (e.deltaY < 0 ? 1 : -1), e.clientX - box.left, e.clientY - box.top);
  }, { passive: false });
  let held = null, moved = false;
  viewport.addEventListener("pointerdown", (e) => {
    moved = false;
    if (e.pointerType === "mouse" && e.button === 0 && at) held = { x: e.clientX + viewport.scrollLeft, y: e.clientY + viewport.scrollTop };
  });
  addEventListener("pointermove", (e) => {
    if (!held) return;
    moved = true;
    viewport.classList.add("moving");
    viewport.scrollTo(held.x - e.clientX, held.y - e.clientY);
  });
  addEventListener("pointerup", () => { held = null; viewport.classList.remove("moving"); });
  viewport.addEventListener("click", (e) => { if (moved) e.preventDefault(); }, true);
  viewport.addEventListener("dragstart", (e) => e.preventDefault());
}

"use strict";
// Goes on where one was, after each change: at the same height, with the name that has moved up in focus.
(() => {
  const key = `figpath-correct:${location.pathname}`;
  const names = () => [...document.querySelectorAll(".decide")];
  const keep = (form) => {
    const at = names().indexOf(form.closest(".decide"));
    try { sessionStorage.setItem(key, JSON.stringify({ at, y: scrollY })); } catch { /* storage is switched off */ }
  };
  for (const form of document.querySelectorAll("main form")) form.addEventListener("submit", () => keep(form));
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    sessionStorage.removeItem(key);
    if (!kept || location.hash) return;
    scrollTo(0, kept.y);
    if (kept.at >= 0) names()[kept.at]?.querySelector("button")?.focus({ preventScroll: true });
  } catch { /* it begins at the top */ }
})();
// Draws the box of a name that was missed, by mouse, pen, finger or arrow keys. The number fields hold the box: without
// this they are typed in.
(() => {
  const part = document.querySelector("[data-draw-part]");
  const overlay = document.querySelector(".overlay");
  const canvas = document.querySelector("[data-canvas]");
  const viewport = document.querySelector("[data-viewport]");
  if (!part || !overlay || !canvas) return;
  const button = part.querySelector("[data-draw]");
  const help = part.querySelector("[data-draw-help]");
  const fields = [...document.querySelectorAll("[data-corner]")];
  const text = document.querySelector("#add-text");
  const { width, height } = overlay.viewBox.baseVal;
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  shape.setAttribute("class", "drawn");
  shape.setAttribute("rx", "3");
  shape.setAttribute("tabindex", "0");
  shape.setAttribute("role", "img");
  let box = null, start = null, on = false;

  const clamp = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
  const set = (x0, y0, x1, y1) => {
    box = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
    shape.setAttribute("x", box[0]);
    shape.setAttribute("y", box[1]);
    shape.setAttribute("width", Math.max(1, box[2] - box[0]));
    shape.setAttribute("height", Math.max(1, box[3] - box[1]));
    shape.setAttribute("aria-label", `Box from ${box[0]}, ${box[1]} to ${box[2]}, ${box[3]}`);
    if (!shape.isConnected) overlay.append(shape);
    fields.forEach((field, n) => { field.value = box[n]; });
  };
  const point = (e) => {
    const seen = overlay.getBoundingClientRect();
    return [clamp((e.clientX - seen.left) * width / seen.width, width), clamp((e.clientY - seen.top) * height / seen.height, height)];
  };
  const draw = (wanted) => {
    on = wanted;
    button.setAttribute("aria-pressed", String(on));
    help.hidden = !on;
    canvas.classList.toggle("drawing", on);
    if (!on) return;
    if (!box) { // in the middle of what is seen, as large as a name
      const seen = overlay.getBoundingClientRect(), frame = viewport.getBoundingClientRect();
      const [x, y] = point({ clientX: (Math.max(seen.left, frame.left) + Math.min(seen.right, frame.right)) / 2, clientY: (Math.max(seen.top, frame.top) + Math.min(seen.bottom, frame.bottom)) / 2 });
      const across = Math.round(width / 16), down = Math.round(width / 50);
      set(clamp(x - across, width), clamp(y - down, height), clamp(x + across, width), clamp(y + down, height));
    }
    viewport.scrollIntoView({ block: "nearest" });
    shape.focus({ preventScroll: true });
  };

  part.hidden = false;
  button.addEventListener("click", () => draw(!on));
  canvas.addEventListener("pointerdown", (e) => {
    if (!on || e.button !== 0) return;
    e.preventDefault();
    e.stopPropagation(); // the picture is not moved meanwhile
    start = point(e);
    canvas.setPointerCapture(e.pointerId);
    set(...start, ...start);
  }, true);
  canvas.addEventListener("pointermove", (e) => { if (start) set(...start, ...point(e)); });
  canvas.addEventListener("pointerup", (e) => {
    if (!start) return;
    set(...start, ...point(e));
    start = null;
    text.focus({ preventScroll: true });
  });
  canvas.addEventListener("click", (e) => { if (on) { e.preventDefault(); e.stopPropagation(); } }, true);
  shape.addEventListener("keydown", (e) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (e.key === "Enter" || e.key === "Escape") {
      e.preventDefault();
      draw(false);
      (e.key === "Enter" ? text : button).focus();
    } else if (way) {
      e.preventDefault();
      const step = e.ctrlKey || e.metaKey ? 1 : Math.max(2, Math.round(width / 100));
      const [dx, dy] = [way[0] * step, way[1] * step];
      const [x0, y0, x1, y1] = box;
      if (e.shiftKey) set(x0, y0, Math.max(x0 + 1, clamp(x1 + dx, width)), Math.max(y0 + 1, clamp(y1 + dy, height)));
      else {
        const across = Math.max(-x0, Math.min(width - x1, dx)), down = Math.max(-y0, Math.min(height - y1, dy));
        set(x0 + across, y0 + down, x1 + across, y1 + down);
      }
    }
  });
  for (const field of fields) field.addEventListener("change", () => {
    const typed = fields.map((one) => Number(one.value));
    if (fields.every((one) => one.value !== "") && typed[0] < typed[2] && typed[1] < typed[3]) set(...typed);
  });
})();

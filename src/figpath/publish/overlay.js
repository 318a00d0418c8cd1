"use strict";
// A name lights up on the picture and in the table together; Escape closes the card. Without this the page still reads.
const root = document.documentElement;
const twins = (target) => {
  const found = target instanceof Element && target.closest("[data-mention]");
  return found ? document.querySelectorAll(`[data-mention="${found.dataset.mention}"]`) : [];
};
for (const [event, lit] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
  document.addEventListener(event, (e) => {
    if (lit) root.classList.remove("quiet");
    for (const element of twins(e.target)) element.classList.toggle("lit", lit);
  });
}
document.addEventListener("keydown", (e) => {
  if (e.key === "Escape") root.classList.add("quiet");
});

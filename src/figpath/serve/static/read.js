"use strict";
// Figures are dropped or pasted; while they are read the page says so. Without this the form works as it is.
(() => {
  const form = document.querySelector("[data-read-form]");
  if (!form) return;
  const input = form.querySelector('input[type="file"]'), drop = form.querySelector("[data-drop]"), status = form.querySelector("[data-read-status]");
  form.querySelector("[data-drop-hint]").hidden = false;
  const take = (files) => {
    if (!files.length) return false;
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    input.files = chosen.files;
    form.requestSubmit();
    return true;
  };
  for (const event of ["dragover", "dragenter"]) document.addEventListener(event, (e) => { e.preventDefault(); drop.classList.add("over"); });
  document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (e) => { e.preventDefault(); drop.classList.remove("over"); take(e.dataTransfer.files); });
  document.addEventListener("paste", (e) => { if (take(e.clipboardData.files)) e.preventDefault(); });
  form.addEventListener("submit", () => {
    form.classList.add("busy");
    const names = [...input.files].map((file) => file.name).join(", ");
    const begun = Date.now();
    const tell = () => { status.textContent = `Reading ${names} … ${Math.round((Date.now() - begun) / 1000)} s`; };
    tell();
    setInterval(tell, 1000);
  });
  addEventListener("pageshow", () => form.classList.remove("busy"));
})();

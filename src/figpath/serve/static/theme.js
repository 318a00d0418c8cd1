"use strict";
// Light, dark, or as the system has it; remembered in this browser only.
(() => {
  const themes = ["auto", "light", "dark"];
  const root = document.documentElement;
  let theme = "auto";
  try { theme = localStorage.getItem("figpath-theme") || "auto"; } catch { /* storage is switched off */ }
  const apply = () => { if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme; };
  apply();
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    const label = button.querySelector("span");
    button.hidden = false;
    label.textContent = theme;
    button.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      label.textContent = theme;
      apply();
      try { localStorage.setItem("figpath-theme", theme); } catch { /* it lasts for this page */ }
    });
  });
})();

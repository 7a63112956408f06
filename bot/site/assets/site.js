// Light or dark: as the system has it, or as the reader chose and this browser remembers.
"use strict";

(() => {
  const KEY = "claimwatch-colours";
  const page = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const ofSystem = () => (system.matches ? "dark" : "light");
  const shown = () => page.dataset.colours ?? ofSystem();

  // A browser may refuse to keep anything; the choice then lasts as long as the page.
  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function remember(chosen) {
    try {
      if (chosen) {
        localStorage.setItem(KEY, chosen);
      } else {
        localStorage.removeItem(KEY);
      }
    } catch {
      // The choice then lasts as long as the page.
    }
  }

  function choose(colours) {
    if (colours === ofSystem()) {
      delete page.dataset.colours;
      remember(null);
    } else {
      page.dataset.colours = colours;
      remember(colours);
    }
  }

  const kept = remembered();
  if (kept === "light" || kept === "dark") {
    page.dataset.colours = kept;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("colours");
    const name = () => {
      button.textContent = shown() === "dark" ? button.dataset.light : button.dataset.dark;
    };
    button.addEventListener("click", () => {
      choose(shown() === "dark" ? "light" : "dark");
      name();
    });
    system.addEventListener("change", name);
    name();
    button.hidden = false;
  });
})();

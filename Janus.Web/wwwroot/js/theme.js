// Runs before the first paint, so that no page ever flashes in the wrong theme.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem("janus.theme");
  const show = () => {
    const theme = chosen() ?? (dark.matches ? "dark" : "light");
    root.dataset.theme = theme;
    document.querySelectorAll("[data-theme-toggle]").forEach((button) => button.setAttribute("aria-pressed", theme === "dark"));
  };
  // The button is rendered anew with every page; whenever it comes, it says which theme is on.
  customElements.define("janus-theme", class extends HTMLElement {
    connectedCallback() { queueMicrotask(show); }
  });
  show();
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    localStorage.setItem("janus.theme", root.dataset.theme === "dark" ? "light" : "dark");
    show();
  });
})();

// What pages need from the browser beside Blazor: local times, drafts, the clipboard, focus, and asking before words are lost.
(() => {
  // A time in the reader's own zone: <janus-time datetime="..." form="ago|clock|full">.
  const rules = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
  const steps = [[60, "second", 1], [3600, "minute", 60], [86400, "hour", 3600], [7 * 86400, "day", 86400]];
  const ago = (date) => {
    const seconds = (date - Date.now()) / 1000;
    if (Math.abs(seconds) < 5) return "just now";
    for (const [below, unit, size] of steps) if (Math.abs(seconds) < below) return rules.format(Math.round(seconds / size), unit);
    return new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(date);
  };
  const live = new Set();
  class JanusTime extends HTMLElement {
    static observedAttributes = ["datetime"];
    connectedCallback() { this.root ??= this.attachShadow({ mode: "open" }); live.add(this); this.show(); }
    disconnectedCallback() { live.delete(this); }
    attributeChangedCallback() { if (this.root) this.show(); }
    show() {
      const date = new Date(this.getAttribute("datetime"));
      const form = this.getAttribute("form") ?? "ago";
      this.root.textContent = form === "clock" ? clock.format(date) : form === "full" ? full.format(date) : form === "day" ? day.format(date) : ago(date);
      if (form !== "full") this.title = full.format(date);
    }
  }
  customElements.define("janus-time", JanusTime);
  setInterval(() => live.forEach((time) => { if ((time.getAttribute("form") ?? "ago") === "ago") time.show(); }), 5000);

  // What is typed into a [data-draft] form is kept under its name with every keystroke, whatever becomes of the connection.
  const key = (name) => `janus.draft.${name}`;
  const read = (name) => {
    try {
      return JSON.parse(localStorage.getItem(key(name)) ?? "{}");
    } catch {
      localStorage.removeItem(key(name)); // Not ours, or broken: nothing that could be restored.
      return {};
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-draft]");
    const field = event.target.name;
    if (!form || !field) return;
    const draft = read(form.dataset.draft);
    draft[field] = event.target.value;
    localStorage.setItem(key(form.dataset.draft), JSON.stringify(draft));
  });

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest?.("[data-copy]");
    if (!copy) return;
    await navigator.clipboard.writeText(copy.dataset.copy);
    const label = copy.getAttribute("aria-label");
    copy.setAttribute("aria-label", "Copied");
    copy.classList.add("copied");
    setTimeout(() => { copy.setAttribute("aria-label", label); copy.classList.remove("copied"); }, 1500);
  });

  // A picture opens large in the dialog that follows it; a click beside it closes it again.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-enlarge]");
    if (opener) document.getElementById(opener.dataset.enlarge)?.showModal();
    if (event.target.matches?.("dialog.lightbox") || event.target.closest?.("[data-shut]")) event.target.closest("dialog")?.close();
  });

  // What closes gives the focus back to where it was opened from.
  document.addEventListener("click", (event) => {
    const close = event.target.closest?.("[data-close]");
    if (close?.dataset.return) document.querySelector(close.dataset.return)?.focus({ preventScroll: true });
  });

  // A dialog has the focus in its first field as soon as it stands, and gives it back when it goes, unless it went somewhere already.
  let standing = null, opener = null;
  new MutationObserver(() => {
    const dialog = [...document.querySelectorAll(".rz-dialog-content")].pop() ?? null;
    if (dialog === standing) return;
    opener ??= document.activeElement;
    standing = dialog;
    if (dialog) {
      if (!dialog.contains(document.activeElement)) dialog.querySelector("input, textarea, select, button")?.focus({ preventScroll: true });
      return;
    }
    if (document.activeElement === document.body && opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }).observe(document, { childList: true, subtree: true });

  // The library hears of Escape a round trip after its dialog stands, when it has given it its options. Who is quicker is heard then.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !standing || standing.options) return;
    event.stopImmediatePropagation();
    const dialog = standing;
    const again = () => {
      if (dialog !== standing) return;
      if (!dialog.options) requestAnimationFrame(again);
      else document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
    };
    requestAnimationFrame(again);
  }, { capture: true });

  // A menu closes when somebody goes on elsewhere, or says so.
  const menus = () => [...document.querySelectorAll("details[data-menu][open]")];
  document.addEventListener("click", (event) => menus().forEach((menu) => {
    if (!menu.contains(event.target) || event.target.closest("a, button")) menu.open = false;
  }));
  document.addEventListener("keydown", (event) => {
    const [menu] = event.key === "Escape" ? menus() : [];
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopImmediatePropagation(); // What lies below has an Escape of its own.
  }, { capture: true });
  document.addEventListener("focusin", (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));

  // Whoever signs out in one tab is gone from every other one of this browser.
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("[data-sign-out]")) localStorage.setItem("janus.signed-out", Date.now());
  });
  addEventListener("storage", (event) => { if (event.key === "janus.signed-out" && event.newValue) location.reload(); });

  // The month takes a post that is dropped on a day. The browser drops it only where somebody says so each time that it is asked.
  document.addEventListener("dragover", (event) => {
    if (event.target.closest?.(".month .rz-slot")) event.preventDefault();
  });

  window.janus = {
    alive: () => { document.documentElement.dataset.alive = ""; },
    readDraft: read,
    writeDraft: (name, draft) => localStorage.setItem(key(name), JSON.stringify(draft)),
    dropDraft: (name) => localStorage.removeItem(key(name)),
    stayIn: (selector) => {
      const place = document.querySelector(selector), focused = document.activeElement;
      if (place && (!focused || focused === document.body || place.contains(focused))) place.focus({ preventScroll: true });
    },
    // What is to get the focus may be drawn a moment after it was asked for.
    focus: (selector, frames = 60) => {
      const target = document.querySelector(selector);
      if (target) target.focus({ preventScroll: true });
      else if (frames > 0) requestAnimationFrame(() => window.janus.focus(selector, frames - 1));
    },
  };
})();

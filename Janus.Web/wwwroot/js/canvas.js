// The canvas's hands: pan, zoom, drag, keys. Blazor says what there is (cards with data-x and data-y, edges with data-d); this element
// says where it is on the screen. Blazor never writes a style here, so a live update moves nothing that a person has placed.
(() => {
  const LEAST = 0.15, MOST = 2, FAR = 0.5, FARTHER = 0.28;
  const HEAD = 142, MARGIN = 32; // Room for the status pill and the phase bar.
  const DRAG_AFTER = 4;
  let listener = null; // The page's own server, which knows what is selected.
  const views = new Map(); // The place looked at, by campaign; it outlives the element when a page is rendered anew.

  const stored = (id) => {
    try {
      return JSON.parse(localStorage.getItem(`janus.places.${id}`) ?? "{}");
    } catch {
      return {}; // Broken by hand: the plan's own places are right.
    }
  };

  // An edge of a card that a person moved: one curve from side to side, or around the right of two cards that stand above each other.
  const curve = (from, to) => {
    const y1 = from.y + from.h / 2, y2 = to.y + to.h / 2;
    const level = (x1, x2) => `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
    if (to.x >= from.x + from.w) return level(from.x + from.w, to.x);
    if (to.x + to.w <= from.x) return level(from.x, to.x + to.w);
    const reach = Math.max(from.x + from.w, to.x + to.w) + 60;
    return `M${from.x + from.w} ${y1}C${reach} ${y1} ${reach} ${y2} ${to.x + to.w} ${y2}`;
  };

  class JanusCanvas extends HTMLElement {
    connectedCallback() {
      this.campaign = this.dataset.campaign;
      this.places = stored(this.campaign);
      this.view = views.get(this.campaign) ?? null;
      this.shownZoom = null;
      this.pointers = new Map();
      this.stop = new AbortController();
      const on = (target, name, handler, options = {}) => target.addEventListener(name, handler.bind(this), { signal: this.stop.signal, ...options });
      on(this, "wheel", this.wheel, { passive: false });
      on(this, "mousedown", (event) => { if (event.shiftKey) event.preventDefault(); }); // Shift selects posts here, not letters.
      on(this, "pointerdown", this.down);
      on(this, "pointermove", this.move);
      on(this, "pointerup", this.up);
      on(this, "pointercancel", this.up);
      on(this, "click", this.click, { capture: true });
      on(this, "dragstart", (event) => event.preventDefault());
      on(this, "keydown", this.key);
      on(this, "focusin", this.focused);
      on(this, "scroll", () => this.scrollTo(0, 0)); // The browser scrolls to what gets focus; here the world moves, not the window.
      this.watch = new MutationObserver(() => this.lay());
      this.watch.observe(this, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-x", "data-y", "data-d"] });
      this.resize = new ResizeObserver(() => this.resized());
      this.resize.observe(this);
      this.lay();
    }

    disconnectedCallback() {
      this.stop.abort();
      this.watch.disconnect();
      this.resize.disconnect();
    }

    get world() { return this.querySelector(".world"); }

    cards() { return [...this.querySelectorAll(".post")]; }

    place(card) {
      const moved = this.places[card.dataset.pk];
      return { x: moved?.[0] ?? +card.dataset.x, y: moved?.[1] ?? +card.dataset.y, w: 264, h: +(card.dataset.h ?? 214) };
    }

    // Puts everything where it belongs. Called for what Blazor changed, before the browser paints it.
    lay() {
      if (!this.world) return;
      for (const card of this.cards()) this.put(card);
      this.drawEdges();
      if (!this.view && this.clientWidth > 0 && this.cards().length > 0) this.fit();
      this.show();
      if (!this.classList.contains("ready")) {
        this.classList.add("ready");
        if (performance.getEntriesByName("canvas-ready").length === 0) performance.mark("canvas-ready");
      }
      this.markCurrent();
    }

    put(card) {
      const { x, y } = this.place(card);
      const transform = `translate(${x}px, ${y}px)`;
      if (card.style.transform !== transform) card.style.transform = transform;
    }

    drawEdges() {
      const moved = this.places;
      for (const path of this.querySelectorAll(".edges path")) {
        const { from, to, d } = path.dataset;
        let line = d;
        if (moved[from] || moved[to]) {
          const a = this.querySelector(`.post[data-pk="${from}"]`), b = this.querySelector(`.post[data-pk="${to}"]`);
          if (a && b) line = curve(this.place(a), this.place(b));
        }
        if (path.getAttribute("d") !== line) path.setAttribute("d", line);
      }
    }

    // Called for every frame of a movement: only transforms change, so that nothing is laid out or painted anew.
    show() {
      if (!this.view) return;
      const { k } = this.view, x = Math.round(this.view.x), y = Math.round(this.view.y); // Whole pixels need no smoothing, and letters stay sharp.
      this.world.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
      const ground = this.querySelector(".ground"), dots = Math.max(11, 22 * k);
      ground.style.transform = `translate(${Math.round(x % dots)}px, ${Math.round(y % dots)}px)`;
      if (this.shownZoom !== k) {
        this.shownZoom = k;
        ground.style.backgroundSize = `${dots}px ${dots}px`;
        this.classList.toggle("far", k < FAR);
        this.classList.toggle("farther", k < FARTHER);
        const zoom = this.parentElement.querySelector(".zoom .percent");
        if (zoom) zoom.textContent = `${Math.round(k * 100)} %`;
      }
      for (const lane of this.parentElement.querySelectorAll(".lane")) {
        const left = x + lane.dataset.x * k, width = `${lane.dataset.w * k}px`;
        lane.style.transform = `translateX(${left}px)`;
        if (lane.style.width !== width) lane.style.width = width;
        // The name of a phase stays in sight for as long as any of its column is.
        lane.firstElementChild.style.transform = `translateX(${Math.max(0, Math.min(16 - left, lane.dataset.w * k - 220))}px)`;
      }
      views.set(this.campaign, this.view);
    }

    look(x, y, k) {
      this.view = { x, y, k: Math.min(MOST, Math.max(LEAST, k)) };
      if (this.painting) return;
      this.painting = requestAnimationFrame(() => { this.painting = 0; this.show(); });
    }

    bounds() {
      const all = this.cards().map((card) => this.place(card));
      return {
        left: Math.min(...all.map((p) => p.x)), top: Math.min(...all.map((p) => p.y)),
        right: Math.max(...all.map((p) => p.x + p.w)), bottom: Math.max(...all.map((p) => p.y + p.h)),
      };
    }

    fit() {
      if (this.cards().length === 0) return;
      const b = this.bounds(), width = this.clientWidth - 2 * MARGIN, height = this.clientHeight - HEAD - MARGIN - 40;
      const whole = Math.min(1, width / (b.right - b.left), height / (b.bottom - b.top));
      // A phone would show cards of two centimetres: there the first column is better than the whole.
      const k = Math.max(LEAST, this.clientWidth < 640 ? Math.max(whole, Math.min(1, width / 264)) : whole);
      const spare = width - (b.right - b.left) * k;
      this.look(MARGIN + Math.max(0, spare / 2) - b.left * k, HEAD - b.top * k, k);
    }

    zoom(factor, cx = this.clientWidth / 2, cy = this.clientHeight / 2) {
      const { x, y, k } = this.view, next = Math.min(MOST, Math.max(LEAST, k * factor));
      this.look(cx - (cx - x) * (next / k), cy - (cy - y) * (next / k), next);
    }

    resized() {
      if (!this.view) { this.lay(); return; }
      const current = this.querySelector(".post.sel");
      if (current) this.reveal(current);
    }

    // Moves the world just far enough that a card is wholly seen.
    reveal(card) {
      const p = this.place(card), { x, y, k } = this.view;
      const left = x + p.x * k, top = y + p.y * k, right = left + p.w * k, bottom = top + p.h * k;
      const dx = left < MARGIN ? MARGIN - left : right > this.clientWidth - MARGIN ? this.clientWidth - MARGIN - right : 0;
      const dy = top < HEAD ? HEAD - top : bottom > this.clientHeight - MARGIN ? this.clientHeight - MARGIN - bottom : 0;
      if (dx || dy) this.look(x + dx, y + dy, k);
    }

    toPhase(lane) {
      const { y, k } = this.view;
      this.look(MARGIN - lane.dataset.x * k, y, k);
    }

    wheel(event) {
      event.preventDefault();
      const box = this.getBoundingClientRect();
      const unit = event.deltaMode === 1 ? 16 : 1;
      if (event.shiftKey) this.look(this.view.x - (event.deltaX || event.deltaY) * unit, this.view.y, this.view.k);
      else this.zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX - box.left, event.clientY - box.top);
    }

    down(event) {
      if (event.button > 0 || !this.view) return;
      this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const card = event.target.closest(".post");
      const inner = event.target.closest("button, label, input");
      if (event.shiftKey && !inner && event.pointerType !== "touch") {
        this.lasso = { x: event.clientX, y: event.clientY, far: false };
        return;
      }
      this.grip = { card: inner ? null : card, x: event.clientX, y: event.clientY, view: this.view, place: card && this.place(card), far: false, still: Boolean(inner) };
      this.pinch = this.pointers.size === 2 ? this.span() : null;
    }

    span() {
      const [a, b] = [...this.pointers.values()], box = this.getBoundingClientRect();
      return { size: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2 - box.left, y: (a.y + b.y) / 2 - box.top, view: this.view };
    }

    move(event) {
      if (!this.pointers.has(event.pointerId)) return;
      this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (this.pinch && this.pointers.size === 2) {
        const now = this.span(), { view, size, x, y } = this.pinch, k = Math.min(MOST, Math.max(LEAST, view.k * now.size / size));
        this.look(now.x - (x - view.x) * (k / view.k), now.y - (y - view.y) * (k / view.k), k);
        this.grip.far = true;
        return;
      }
      if (this.lasso) { this.draw(event); return; }
      const grip = this.grip;
      if (!grip || grip.still) return;
      const dx = event.clientX - grip.x, dy = event.clientY - grip.y;
      if (!grip.far && Math.hypot(dx, dy) < DRAG_AFTER) return;
      if (!grip.far) {
        grip.far = true;
        this.setPointerCapture(event.pointerId);
        // A finger pans; only a mouse or a pen picks a card up, because a finger has no other way to move on a full canvas.
        if (event.pointerType === "touch") grip.card = null;
        grip.card ? grip.card.classList.add("dragging") : this.classList.add("panning");
      }
      if (grip.card) {
        this.places[grip.card.dataset.pk] = [Math.round(grip.place.x + dx / this.view.k), Math.round(grip.place.y + dy / this.view.k)];
        this.put(grip.card);
        this.drawEdges();
      } else {
        this.look(grip.view.x + dx, grip.view.y + dy, this.view.k);
      }
    }

    // A frame drawn with Shift selects every card that it touches.
    draw(event) {
      const { lasso } = this, box = this.getBoundingClientRect();
      if (!lasso.far && Math.hypot(event.clientX - lasso.x, event.clientY - lasso.y) < DRAG_AFTER) return;
      if (!lasso.far) {
        lasso.far = true;
        this.setPointerCapture(event.pointerId);
      }
      lasso.left = Math.min(lasso.x, event.clientX) - box.left;
      lasso.top = Math.min(lasso.y, event.clientY) - box.top;
      lasso.right = Math.max(lasso.x, event.clientX) - box.left;
      lasso.bottom = Math.max(lasso.y, event.clientY) - box.top;
      const frame = this.querySelector(".lasso");
      frame.hidden = false;
      frame.style.transform = `translate(${lasso.left}px, ${lasso.top}px)`;
      frame.style.width = `${lasso.right - lasso.left}px`;
      frame.style.height = `${lasso.bottom - lasso.top}px`;
    }

    caught() {
      const { x, y, k } = this.view, { left, top, right, bottom } = this.lasso;
      return this.cards().filter((card) => {
        const p = this.place(card);
        return x + p.x * k < right && x + (p.x + p.w) * k > left && y + p.y * k < bottom && y + (p.y + p.h) * k > top;
      });
    }

    add(cards) { listener?.invokeMethodAsync("AddAsync", cards.map((card) => +card.dataset.pk)); }

    toggle(card) { listener?.invokeMethodAsync("ToggleAsync", +card.dataset.pk); }

    up(event) {
      this.pointers.delete(event.pointerId);
      this.pinch = null;
      if (this.lasso?.far) {
        this.swallow = true;
        setTimeout(() => { this.swallow = false; });
        this.querySelector(".lasso").hidden = true;
        if (event.type === "pointerup") this.add(this.caught());
      }
      this.lasso = null;
      const grip = this.grip;
      if (grip?.far) {
        this.swallow = true;
        setTimeout(() => { this.swallow = false; });
        if (grip.card) this.keep();
      }
      grip?.card?.classList.remove("dragging");
      this.classList.remove("panning");
      this.grip = null;
    }

    // The click at the end of a drag opens nothing; with Shift or Control a click selects.
    click(event) {
      const card = event.shiftKey || event.ctrlKey || event.metaKey ? event.target.closest(".post") : null;
      const selects = card && !event.target.closest("button, label, input");
      if (!this.swallow && !selects) return;
      event.preventDefault();
      event.stopPropagation();
      if (!this.swallow) this.toggle(card);
      this.swallow = false;
    }

    keep() {
      localStorage.setItem(`janus.places.${this.campaign}`, JSON.stringify(this.places));
      this.toggleTidy();
    }

    tidy() {
      this.places = {};
      localStorage.removeItem(`janus.places.${this.campaign}`);
      this.lay();
      this.fit();
      this.toggleTidy();
    }

    toggleTidy() {
      const button = this.parentElement.querySelector("[data-canvas=tidy]");
      if (button) button.hidden = Object.keys(this.places).length === 0;
    }

    // One card is in the tab order; the arrows walk from it along edges and columns.
    markCurrent() {
      this.toggleTidy();
      const links = this.cards().map((card) => card.querySelector("a"));
      const active = links.find((link) => link === document.activeElement) ?? this.querySelector(".post.sel a") ?? links[0];
      for (const link of links) {
        const index = link === active ? 0 : -1;
        if (link.tabIndex !== index) link.tabIndex = index;
      }
    }

    focused(event) {
      const card = event.target.closest(".post");
      if (!card) return;
      for (const other of this.cards()) other.querySelector("a").tabIndex = other === card ? 0 : -1;
      this.hot(card);
      if (event.target.matches(":focus-visible")) this.reveal(card);
    }

    hot(card) {
      for (const path of this.querySelectorAll(".edges path"))
        path.classList.toggle("hot", path.dataset.from === card.dataset.pk || path.dataset.to === card.dataset.pk);
    }

    neighbour(card, way) {
      const p = this.place(card), at = (c) => this.place(c);
      const ends = (mine, theirs) => [...this.querySelectorAll(`.edges path[data-${mine}="${card.dataset.pk}"]`)]
        .map((path) => this.querySelector(`.post[data-pk="${path.dataset[theirs]}"]`)).filter(Boolean);
      const nearest = (list) => list.sort((a, b) => Math.abs(at(a).y - p.y) - Math.abs(at(b).y - p.y))[0];
      const others = this.cards().filter((c) => c !== card);
      if (way === "ArrowRight") return nearest(ends("from", "to")) ?? nearest(others.filter((c) => at(c).x > p.x + p.w).sort((a, b) => at(a).x - at(b).x).slice(0, 4));
      if (way === "ArrowLeft") return nearest(ends("to", "from")) ?? nearest(others.filter((c) => at(c).x + at(c).w < p.x).sort((a, b) => at(b).x - at(a).x).slice(0, 4));
      const column = others.filter((c) => Math.abs(at(c).x - p.x) < p.w / 2);
      return way === "ArrowDown"
        ? column.filter((c) => at(c).y > p.y).sort((a, b) => at(a).y - at(b).y)[0]
        : column.filter((c) => at(c).y < p.y).sort((a, b) => at(b).y - at(a).y)[0];
    }

    key(event) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
        event.preventDefault();
        this.add(this.cards());
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const card = event.target.closest(".post");
      const act = { "+": () => this.zoom(1.2), "=": () => this.zoom(1.2), "-": () => this.zoom(1 / 1.2), 0: () => this.fit() }[event.key];
      if (act) {
        act();
        event.preventDefault();
      } else if (event.key === " " && event.target.matches(".post a")) {
        event.preventDefault();
        this.toggle(card);
      } else if (card && event.key.startsWith("Arrow")) {
        event.preventDefault();
        this.neighbour(card, event.key)?.querySelector("a").focus({ preventScroll: true });
      } else if (card && (event.key === "Home" || event.key === "End")) {
        event.preventDefault();
        this.cards().at(event.key === "Home" ? 0 : -1).querySelector("a").focus({ preventScroll: true });
      }
    }
  }
  customElements.define("janus-canvas", JanusCanvas);
  window.janusCanvas = { follow: (page) => { listener = page; } };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-canvas], .lane");
    const canvas = button?.closest(".stage")?.querySelector("janus-canvas");
    if (!canvas?.view) return;
    if (button.matches(".lane")) canvas.toPhase(button);
    else ({ in: () => canvas.zoom(1.25), out: () => canvas.zoom(0.8), fit: () => canvas.fit(), tidy: () => canvas.tidy() })[button.dataset.canvas]();
  });

  // Escape closes the drawer from wherever the focus is, unless something that lies above it wants the key; the focus goes back to the card.
  // Where no drawer is open it clears the selection.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], .rz-dialog-wrapper") || event.target.closest?.("[data-keeps-escape]")) return;
    const close = document.querySelector(".drawer [data-close]") ?? document.querySelector(".dock [data-clear]");
    if (!close) return;
    event.preventDefault();
    close.click();
  });
})();

// Follows the campaign's events and renews the page's content in place; without a script the page is complete as it was sent.
const main = document.querySelector("main[data-live]");
if (main) {
  const source = new EventSource(`/live/${main.dataset.live}?after=${main.dataset.version}`);
  let pending = false;
  const renew = async () => {
    pending = false;
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("main[data-live]");
    if (fresh) document.querySelector("main[data-live]").innerHTML = fresh.innerHTML;
  };
  for (const kind of ["phase_changed", "step_done", "step_dead", "retry_requested", "content_accepted", "generation_cancelled"]) {
    source.addEventListener(kind, () => {
      if (pending) return;
      pending = true;
      setTimeout(renew, 400);
    });
  }
}

// Starts Blazor and keeps it connected. A page that lost its server says so quietly and goes on by itself: the same session when
// the server still has it, else a fresh page at the same address. What was typed is kept by draft.js.
(() => {
  const FIRST_WAIT = 250;
  const LONGEST_WAIT = 3000;
  let trying = false;

  const say = (text) => {
    const line = document.getElementById("connection");
    line.querySelector("span").textContent = text;
    line.classList.toggle("on", text !== "");
  };

  const wait = (ms) => new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() { clearTimeout(timer); removeEventListener("online", done); resolve(); }
    addEventListener("online", done);
  });

  const answers = async () => {
    try {
      return (await fetch("/alive", { cache: "no-store" })).ok;
    } catch {
      return false; // Not there yet; the loop asks again.
    }
  };

  const reconnect = async () => {
    if (trying) return;
    trying = true;
    say("Connecting again. Nothing is lost.");
    for (let pause = FIRST_WAIT; ; pause = Math.min(pause * 2, LONGEST_WAIT)) {
      if (await answers()) {
        // False: the server is a new one and does not know this session.
        if (!(await Blazor.reconnect().catch(() => false))) location.reload();
        break;
      }
      await wait(pause);
    }
    trying = false;
  };

  const up = () => say("");

  document.addEventListener("DOMContentLoaded", () => Blazor.start({
    circuit: {
      reconnectionHandler: { onConnectionDown: reconnect, onConnectionUp: up },
      configureSignalR: (builder) => builder.withServerTimeout(30000).withKeepAliveInterval(10000),
    },
  }));
})();

// Charts come alive when somebody points at one, touches it or reaches it by keyboard; until then
// the server's drawing stands, and a page with charts opens as fast as one without.
const KINDS = ["pointerover", "focusin"];

function wake({ target }) {
  if (!target.closest("[data-chart]")) return;
  for (const kind of KINDS) document.removeEventListener(kind, wake);
  import(document.querySelector("[data-live]").dataset.live);
}

for (const kind of KINDS) document.addEventListener(kind, wake);

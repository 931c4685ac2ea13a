// Which kinds of mention are coloured, and the lighting up of all pieces of one mention on pointing or focus.
export function layers(document) {
  const main = document.querySelector("main");
  const boxes = [...document.querySelectorAll('input[name="layer"]')];
  const show = () => {
    for (const box of boxes) main.classList.toggle(`show-${box.value}`, box.checked);
  };
  for (const box of boxes) box.addEventListener("change", show);
  show();

  const light = (event) => {
    const piece = event.target.closest?.("span[data-keys]");
    for (const lit of document.querySelectorAll(".near")) lit.classList.remove("near");
    if (!piece) return;
    const keys = piece.dataset.keys.split(" ");
    const report = piece.closest(".report");
    for (const other of report.querySelectorAll("span[data-keys]")) {
      if (other.dataset.keys.split(" ").some((key) => keys.includes(key))) other.classList.add("near");
    }
  };
  for (const kind of ["pointerover", "focusin"]) {
    for (const text of document.querySelectorAll(".report .text")) text.addEventListener(kind, light);
  }
}

// "#r-REPORT-START-END" (dossier) and "#START-END" (served report) light up those characters and bring them into view.
function reportOf(document, name) {
  if (name === null) return document.querySelector(".report");
  return document.getElementById(`report-${name}`);
}

export function passages(document, window) {
  const open = () => {
    const fragment = decodeURIComponent(window.location.hash.slice(1));
    const found = fragment.match(/^(?:r-(.+)-)?(\d+)-(\d+)$/);
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (!found) {
      const target = fragment ? document.getElementById(fragment) : null;
      const fold = target?.closest("details.lesser");
      if (fold && !fold.open) {
        fold.open = true;
        target.scrollIntoView();
      }
      return;
    }
    const report = reportOf(document, found[1] ?? null);
    if (!report) return;
    const [start, end] = [Number(found[2]), Number(found[3])];
    let first = null;
    for (const piece of report.querySelectorAll("span[data-start]")) {
      if (Number(piece.dataset.start) < end && start < Number(piece.dataset.end)) {
        piece.classList.add("lit");
        first ??= piece;
      }
    }
    (first ?? report).scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", open);
  open();

  // A click on a highlighted word puts its address in the bar, ready to be cited.
  document.addEventListener("click", (event) => {
    const piece = event.target.closest?.(".report span[data-start]");
    if (!piece || window.getSelection()?.toString()) return;
    const report = piece.closest(".report");
    const place = `${piece.dataset.start}-${piece.dataset.end}`;
    const dossier = document.body.classList.contains("dossier");
    window.history.replaceState(null, "", dossier ? `#r-${report.id.slice("report-".length)}-${place}` : `#${place}`);
    open();
  });
}

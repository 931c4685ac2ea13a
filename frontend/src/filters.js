// Filters the events of a story by words, grade, status, kind of source and party.
// A page that holds only some of the events ("data-partial") asks the server instead, which filters by the same query.
export function filters(form, window) {
  const story = form.closest(".story") ?? document;
  const events = [...story.querySelectorAll("article.event")];
  const output = form.querySelector("output");
  form.hidden = false;
  if ("partial" in form.dataset) {
    for (const choice of form.querySelectorAll("select")) choice.addEventListener("change", () => form.requestSubmit());
    return;
  }
  for (const button of form.querySelectorAll("button")) button.hidden = true;
  const served = form.method === "get" && form.hasAttribute("action");
  const apply = () => {
    const { grade, status, kind, party } = form.elements;
    const words = form.elements.words.value.trim().toLowerCase();
    let shown = 0;
    for (const event of events) {
      const fits = Number(event.dataset.grade) >= Number(grade.value)
        && (!status.value || event.dataset.status === status.value)
        && (!kind.value || event.dataset.kinds.split(" ").includes(kind.value))
        && (!party.value || event.dataset.parties.split(" ").includes(party.value))
        && (!words || event.textContent.toLowerCase().includes(words));
      event.classList.toggle("gone", !fits);
      if (fits) shown += 1;
    }
    for (const fold of story.querySelectorAll("details.lesser")) {
      const found = [...fold.querySelectorAll("article.event")].some((event) => !event.classList.contains("gone"));
      if (shown < events.length && found) fold.open = true;
    }
    const all = `${events.length} event${events.length === 1 ? "" : "s"}`;
    output.textContent = shown === events.length ? all : `${shown} of ${all}`;
  };
  const cite = () => {
    // The address in the bar is that of what is shown, so that it can be sent to somebody.
    const query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && !(name === "grade" && value === "0")));
    window.history.replaceState(null, "", `${window.location.pathname}${query.size ? `?${query}` : ""}${window.location.hash}`);
  };
  form.addEventListener("input", () => {
    apply();
    if (served) cite();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

// Filters the events of a story by words, grade, status and kind of source.
export function filters(form) {
  const story = form.closest(".story") ?? document;
  const events = [...story.querySelectorAll("article.event")];
  const output = form.querySelector("output");
  form.hidden = false;
  const apply = () => {
    const words = form.elements.words.value.trim().toLowerCase();
    const grade = Number(form.elements.grade.value);
    const { value: status } = form.elements.status;
    const { value: kind } = form.elements.kind;
    let shown = 0;
    for (const event of events) {
      const fits = Number(event.dataset.grade) >= grade
        && (!status || event.dataset.status === status)
        && (!kind || event.dataset.kinds.split(" ").includes(kind))
        && (!words || event.textContent.toLowerCase().includes(words));
      event.classList.toggle("gone", !fits);
      if (fits) shown += 1;
    }
    for (const fold of story.querySelectorAll("details.lesser")) {
      const found = [...fold.querySelectorAll("article.event")].some((event) => !event.classList.contains("gone"));
      if (shown < events.length && found) fold.open = true;
    }
    output.textContent = shown === events.length ? `${shown} events` : `${shown} of ${events.length} events`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

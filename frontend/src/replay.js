// The as-of slider: the picture at each moment when a report came, from states made beforehand.
export function replay(section) {
  const states = JSON.parse(section.querySelector("script").textContent);
  const slider = section.querySelector("input");
  const output = section.querySelector("output");
  const then = section.querySelector(".then");
  if (states.length < 2) return;
  section.hidden = false;
  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.textContent = text;
    return made;
  };
  const show = () => {
    const place = Number(slider.value);
    const state = states[place];
    const before = new Set(place ? states[place - 1].events.map((event) => event.join("|")) : []);
    output.textContent = `${state.at} · ${state.reports} reports`;
    slider.setAttribute("aria-valuetext", output.textContent);
    const list = document.createElement("ol");
    for (const event of state.events) {
      const [date, label, status, grade, name] = event;
      const item = element("li", "", place && !before.has(event.join("|")) ? "new" : "");
      item.append(element("span", date, "meta"), element("span", status === "happened" ? label : `${label} (${status})`), element("span", name, `grade g${grade}`));
      list.append(item);
    }
    then.replaceChildren(...(state.headline ? [element("p", state.headline, "headline")] : []), list);
  };
  slider.addEventListener("input", show);
  show();
}

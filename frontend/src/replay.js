// The as-of slider: the picture at each moment when a report came, from states made beforehand, in the page or at an address of their own.
const PAUSE = 2000;
const TRIES = 90;

export function replay(section) {
  const held = section.querySelector("script");
  if (held) slide(section, JSON.parse(held.textContent));
  else if (section.dataset.later) later(section, TRIES);
}

function later(section, tries) {
  // 202 says that the server is still working them out.
  fetch(section.dataset.later).then(async (answer) => {
    if (answer.status === 200) slide(section, await answer.json());
    else if (answer.status === 202 && tries > 1) setTimeout(() => later(section, tries - 1), PAUSE);
  });
}

function slide(section, states) {
  const slider = section.querySelector("input");
  const output = section.querySelector("output");
  const then = section.querySelector(".then");
  if (states.length < 2) return;
  slider.max = String(states.length - 1);
  slider.value = slider.max;
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
    output.textContent = `${state.at} · ${state.reports} report${state.reports === 1 ? "" : "s"}`;
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

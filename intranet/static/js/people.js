// Choosing people: the picker of a field, and @ in a text. Both ask the same address and show the same list.

const WAIT = 150;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function icon(name) {
  const sprite = document.querySelector(".icon use").getAttribute("href").split("#")[0];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

// The letters somebody typed, underlined where a word of the name begins with them.
function marked(label, letters) {
  const at = letters ? label.toLowerCase().search(new RegExp(`(^|[\\s-])${RegExp.escape?.(letters) ?? letters.replace(/\W/g, "\\$&")}`)) : -1;
  if (at < 0) return [label];
  const from = at + (/[\s-]/.test(label[at]) ? 1 : 0);
  return [label.slice(0, from), element("mark", {}, label.slice(from, from + letters.length)), label.slice(from + letters.length)];
}

// A list of found people below an input: fetches, shows, and follows the arrows. `choose` gets the person.
// Only a combobox may say whether its list is open; of a text area the status tells that people were found.
function foundList({ input, list, status, url, text, choose, leaveOut = () => false }) {
  let people = [];
  let active = -1;
  let timer = null;
  let asked = 0;
  const tell = (open) => input.getAttribute("role") === "combobox" && input.setAttribute("aria-expanded", String(open));

  function close() {
    asked += 1;
    clearTimeout(timer);
    list.hidden = true;
    active = -1;
    tell(false);
    input.removeAttribute("aria-activedescendant");
  }

  function show(found, letters) {
    people = found.filter((person) => !leaveOut(person.id));
    list.replaceChildren(
      ...people.map((person, index) =>
        element(
          "li",
          { class: "found", role: "option", id: `${list.id}-${index}`, "aria-selected": "false", "data-index": index },
          element("span", {}, ...marked(person.label, letters)),
          element("span", { class: "detail" }, person.detail ?? ""),
        ),
      ),
    );
    list.hidden = people.length === 0;
    tell(!list.hidden);
    status.textContent = people.length ? `${people.length} ${text.found}` : letters ? (text.none ?? "") : "";
    status.classList.toggle("unseen", people.length > 0);
    if (people.length && letters) point(0);
  }

  function point(index) {
    active = (index + people.length) % people.length;
    [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === active)));
    const row = list.children[active];
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  async function ask(letters) {
    const turn = (asked += 1);
    try {
      // A post: an address with a child's name in it would stay in the logs of servers.
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams({ q: letters }),
        headers: { "X-CSRFToken": input.form?.elements.csrf_token?.value ?? "", Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(`people refused: ${answer.status}`);
      const found = (await answer.json()).people;
      if (turn === asked) show(found, letters);
    } catch {
      if (turn !== asked) return;
      close();
      status.textContent = text.failed ?? "";
      status.classList.remove("unseen");
    }
  }

  function pick(index) {
    const person = people[index];
    close();
    choose(person);
  }

  // True when the key was for the list.
  function key(event) {
    if (list.hidden || event.isComposing) return false;
    if (event.key === "ArrowDown") point(active + 1);
    else if (event.key === "ArrowUp") point(active < 0 ? people.length - 1 : active - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) pick(active);
    else if (event.key === "Escape") close();
    else return false;
    if (event.key !== "Tab" || list.hidden) event.preventDefault();
    return true;
  }

  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-index]");
    if (row) pick(Number(row.dataset.index));
  });
  return { close, key, isOpen: () => !list.hidden, soon: (letters) => (clearTimeout(timer), (timer = setTimeout(ask, WAIT, letters))) };
}

function peoplePicker(field) {
  const text = { none: field.dataset.textNone, failed: field.dataset.textFailed, found: field.dataset.textFound };
  const roles = JSON.parse(field.dataset.roles ?? "[]");
  const search = field.querySelector("[data-picker-search]");
  const input = search.querySelector("input");
  const picked = field.querySelector("[data-picked]");
  const status = field.querySelector("[data-picker-status]");
  const has = (id) => picked.querySelector(`[data-person="${CSS.escape(id)}"]`);
  const changed = () => picked.dispatchEvent(new Event("change", { bubbles: true }));
  const say = (words) => ((status.textContent = words), status.classList.add("unseen"));

  function chip({ id, label, detail, role }) {
    const remove = element("button", { type: "button", class: "icon-button", "aria-label": `${field.dataset.textRemove} ${label}` }, icon("x"));
    const name = element("span", { class: "person-label" }, label, " ", element("span", { class: "detail" }, detail ?? ""));
    const made = element("li", { class: "picked-person", "data-person": id }, name, element("input", { type: "hidden", name: field.dataset.name, value: id }));
    if (roles.length) {
      const choice = element("select", { class: "control", name: `${field.dataset.name}-role-${id}`, "aria-label": `${field.dataset.textRole} ${label}` });
      choice.append(...roles.map(([code, words]) => element("option", { value: code, selected: code === role ? "" : null }, words)));
      made.append(choice);
    }
    made.append(remove);
    remove.addEventListener("click", () => {
      made.remove();
      say(`${label} ${field.dataset.textRemoved}`);
      input.focus();
      changed();
    });
    return made;
  }

  function choose(person) {
    input.value = "";
    if (!has(person.id)) picked.append(chip(person));
    say(`${person.label} ${field.dataset.textAdded}`);
    input.focus();
    changed();
  }

  const list = foundList({ input, list: field.querySelector("[role=listbox]"), status, url: field.dataset.url, text, choose, leaveOut: has });
  const look = () => (input.value.trim().length === 1 ? list.close() : list.soon(input.value.trim()));

  for (const row of [...picked.children]) {
    const { person, label, detail, role } = row.dataset;
    row.replaceWith(chip({ id: person, label, detail, role }));
  }
  field.querySelector("[data-picker-fallback]")?.remove();
  search.hidden = false;

  input.addEventListener("input", (event) => (event.stopPropagation(), look()));
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("click", () => list.isOpen() || look());
  input.addEventListener("blur", list.close);
  input.addEventListener("keydown", (event) => {
    if (list.key(event)) return;
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "ArrowDown") look();
    if (event.key === "Backspace" && !input.value) picked.lastElementChild?.querySelector("button").click();
  });
}

function mentions(field) {
  const input = field.querySelector("textarea");
  const named = () => [...field.querySelectorAll("input[type=hidden]")];
  let start = -1;

  // The letters between the @ and the cursor, or nothing when the cursor is not in a name.
  function lettersAtCursor() {
    const before = input.value.slice(0, input.selectionStart);
    const found = /(^|[\s("'])@([\p{L}'’-]{0,20}(?: [\p{L}'’-]{1,20})?)$/u.exec(before);
    start = found ? before.length - found[2].length - 1 : -1;
    return found?.[2];
  }

  function choose(person) {
    input.setRangeText(`@${person.label} `, start, input.selectionStart, "end");
    const value = `${person.id} ${person.label}`;
    if (!named().some((each) => each.value === value)) {
      field.append(element("input", { type: "hidden", name: field.dataset.name, value }));
    }
    input.dispatchEvent(new Event("input", { bubbles: true }));
    list.close();
  }

  // Somebody whose name was deleted from the text is no longer meant.
  function forgetUnnamed() {
    for (const each of named()) {
      const label = each.value.slice(each.value.indexOf(" ") + 1);
      if (!input.value.includes(`@${label}`)) each.remove();
    }
  }

  const text = { found: field.dataset.textFound };
  const list = foundList({
    input, text, choose, list: field.querySelector("[role=listbox]"), status: field.querySelector("[data-picker-status]"), url: field.dataset.url,
  });

  input.setAttribute("aria-controls", `${input.id}-found`);
  input.setAttribute("aria-autocomplete", "list");
  input.addEventListener("input", () => {
    const letters = lettersAtCursor();
    forgetUnnamed();
    if (letters === undefined || letters.length === 1) list.close();
    else list.soon(letters);
  });
  input.addEventListener("blur", list.close);
  input.addEventListener("keydown", (event) => list.key(event));
}

for (const field of document.querySelectorAll("[data-people-picker]")) peoplePicker(field);
for (const field of document.querySelectorAll("[data-mentions]")) mentions(field);

// Moving a lesson by dragging it to another week; the form on the page of the lesson does the same with keys.

const table = document.querySelector("[data-kanjer-drag]");
const form = document.querySelector("[data-kanjer-form]");
const NOBODY = "00000000-0000-0000-0000-000000000000";
let dragged = null;

function weekOf(event) {
  return event.target.closest?.("[data-week]");
}

function light(cell) {
  for (const each of table.querySelectorAll(".is-target")) if (each !== cell) each.classList.remove("is-target");
  cell?.classList.add("is-target");
}

function begin(event) {
  dragged = event.target.closest?.("[data-lesson]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  dragged.classList.add("is-dragged");
  table.classList.add("is-dragging");
}

function over(event) {
  const cell = dragged && weekOf(event);
  light(cell);
  if (!cell) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
}

function drop(event) {
  const cell = dragged && weekOf(event);
  if (!cell) return;
  event.preventDefault();
  if (cell.contains(dragged)) return;
  form.action = table.dataset.kanjerDrag.replace(NOBODY, dragged.dataset.lesson);
  form.elements.week.value = cell.dataset.week;
  form.requestSubmit();
}

function end() {
  dragged?.classList.remove("is-dragged");
  table.classList.remove("is-dragging");
  light(null);
  dragged = null;
}

if (table?.dataset.kanjerDrag && form) {
  for (const each of table.querySelectorAll("[data-lesson]")) each.draggable = true;
  table.addEventListener("dragstart", begin);
  table.addEventListener("dragover", over);
  table.addEventListener("drop", drop);
  table.addEventListener("dragend", end);
}

// What every page can do: receive the focus after an error, change colours, go blank, open dialogs, listen to a few keys.

const YEAR = 31536000;
const root = document.documentElement;

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

function focusErrorSummary() {
  document.querySelector("[data-error-summary]")?.focus();
}

// A link in the summary goes to the control, not only near it; of several choices, to the first.
function followErrorLink(event) {
  const link = event.target.closest?.("[data-error-summary] a");
  const field = link && document.getElementById(link.hash.slice(1));
  const control = field?.matches("fieldset") ? field.querySelector("input, select, textarea") : field;
  if (!control) return;
  event.preventDefault();
  control.focus();
  (control.closest(".field") ?? control).scrollIntoView({ block: "start" });
}

function chooseTheme(event) {
  if (!event.target.matches?.("[data-theme-choice] input")) return;
  const theme = event.target.value;
  remember("theme", theme);
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function chooseShortcuts(event) {
  if (!event.target.matches?.("[data-shortcuts-choice]")) return;
  document.body.dataset.shortcuts = event.target.checked ? "on" : "off";
  remember("shortcuts", document.body.dataset.shortcuts);
}

// The blank screen. Esc twice blanks; only the button brings the page back, so that more Esc does no harm.
const blank = document.querySelector("[data-blank]");
const title = document.title;
let lastEscape = -Infinity;
let focusedBefore = null;

function goBlank() {
  if (!blank || !blank.hidden) return;
  focusedBefore = document.activeElement;
  root.classList.add("is-blank");
  blank.hidden = false;
  document.title = "Geborgen";
  for (const part of document.body.children) if (part !== blank) part.inert = true;
  for (const open of document.querySelectorAll("dialog[open]")) open.close();
  for (const open of document.querySelectorAll(":popover-open")) open.hidePopover();
  blank.querySelector("button").focus({ preventScroll: true });
}

function comeBack() {
  for (const part of document.body.children) part.inert = false;
  root.classList.remove("is-blank");
  blank.hidden = true;
  document.title = title;
  focusedBefore?.focus?.({ preventScroll: true });
}

function onEscape(event) {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - lastEscape < 700) goBlank();
  lastEscape = event.timeStamp;
}

const writesText = (element) => element?.closest?.("input, textarea, select, [contenteditable]");

function onSlash(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.body.dataset.shortcuts === "off" || writesText(event.target)) return;
  const search = [...document.querySelectorAll("[data-search]")].find((each) => each.checkVisibility());
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

// Without this module the button opens the dialog as a popover; with it, as a real modal that keeps the focus inside.
function openDialog(event) {
  const button = event.target.closest?.("[data-opens], [data-closes]");
  if (!button) return;
  event.preventDefault();
  const dialog = document.getElementById(button.dataset.opens ?? button.dataset.closes);
  if (button.dataset.opens) dialog.showModal();
  else dialog.close();
}

function onClick(event) {
  followErrorLink(event);
  openDialog(event);
  if (event.target.closest?.("[data-privacy]")) goBlank();
  if (event.target.closest?.("[data-unblank]")) comeBack();
  if (event.target.closest?.("[data-print]")) window.print();
}

document.addEventListener("click", onClick);
document.addEventListener("change", chooseTheme);
document.addEventListener("change", chooseShortcuts);
document.addEventListener("keydown", onEscape, { capture: true });
document.addEventListener("keydown", onSlash);
document.addEventListener("htmx:after:swap", focusErrorSummary);
focusErrorSummary();

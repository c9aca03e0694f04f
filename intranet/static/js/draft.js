// Keeps the draft of a form on the server while somebody writes, and says so. Nothing is ever kept in the browser.

const WAIT = 800;
const AGAIN = 5000;

const timeNow = () => new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });

function keepDraft(form) {
  const status = form.querySelector("[data-autosave-status]");
  const text = form.dataset;
  let timer = null;
  let saving = false;
  let changed = false;
  let submitting = false;

  function say(words, failed = false) {
    if (!status) return;
    status.textContent = words;
    status.classList.toggle("is-failed", failed);
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    if (saving || submitting) return;
    saving = true;
    changed = false;
    let retry = false;
    try {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      const answer = await fetch(text.autosave, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": form.elements.csrf_token?.value ?? "", Accept: "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(15000),
      });
      if (answer.ok) {
        await rememberDraft(answer);
        say(`${text.textSaved} ${timeNow()}`);
      } else if (answer.type === "opaqueredirect" || answer.status === 401) {
        changed = true;
        say(text.textSignedOut, true);
      } else {
        throw new Error(`draft refused: ${answer.status}`);
      }
    } catch {
      changed = retry = true;
      say(text.textFailed, true);
    } finally {
      saving = false;
      if (retry) later(AGAIN);
      else if (changed && !submitting && !status?.classList.contains("is-failed")) later(WAIT);
    }
  }

  // The server may name the draft, so that the next save goes to the same one.
  async function rememberDraft(answer) {
    if (!answer.headers.get("Content-Type")?.includes("json")) return;
    const { draft } = await answer.json();
    if (draft && form.elements.draft) form.elements.draft.value = draft;
  }

  function onChange(event) {
    if (event.target.closest("[data-not-kept]")) return;
    changed = true;
    if (!status?.classList.contains("is-failed")) say(text.textSaving);
    later(WAIT);
  }

  form.addEventListener("input", onChange);
  form.addEventListener("change", onChange);
  form.addEventListener("submit", () => {
    submitting = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => (submitting = false));
  window.addEventListener("beforeunload", (event) => {
    if ((changed || saving) && !submitting) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) keepDraft(form);

// The body map: pointing at a place in the drawing chooses it in the list, and the drawing shows what is chosen there.

const list = document.querySelector(".body-places");

function show() {
  const chosen = list.querySelector("input:checked");
  for (const place of document.querySelectorAll("[data-place]")) {
    place.querySelector(".spot").classList.toggle("is-chosen", place.dataset.place === chosen?.value);
  }
  const line = list.querySelector("[data-chosen]");
  line.textContent = chosen ? chosen.closest("label").textContent.trim() : line.dataset.nothing;
}

if (list) {
  list.addEventListener("change", show);
  list.addEventListener("click", (event) => {
    const place = event.target.closest("[data-place]");
    if (!place) return;
    event.preventDefault();
    list.querySelector(`input[value="${place.dataset.place}"]`).checked = true;
    show();
  });
  show();
}

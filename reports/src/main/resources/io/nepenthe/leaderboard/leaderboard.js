
"use strict";
const form = document.getElementById("filters");

/* Sorting: rows without a value stay last, equal ones keep their order. */
for (const button of document.querySelectorAll(".sortable thead button")) {
  button.addEventListener("click", () => {
    const heading = button.parentElement;
    const up = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of heading.parentElement.children) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    const number = heading.classList.contains("number");
    const key = row => {
      const cell = row.cells[heading.cellIndex];
      if (number) return cell.dataset.value === undefined ? null : Number(cell.dataset.value);
      const text = cell.textContent.trim();
      return text === "" || text === "—" ? null : text;
    };
    const body = heading.closest("table").tBodies[0];
    const compare = (a, b) => number ? a - b : a.localeCompare(b, "en");
    const rows = [...body.rows].map(row => [key(row), row]).sort(([a], [b]) =>
      a === null || b === null ? (a === null) - (b === null) : up ? compare(a, b) : compare(b, a));
    body.append(...rows.map(([, row]) => row));
  });
}

/* Filters hide rows of other families and sections of other tasks. */
if (form) {
  const family = document.getElementById("family");
  const task = document.getElementById("task");
  const apply = () => {
    for (const row of document.querySelectorAll("tr[data-family]"))
      row.hidden = family.value !== "" && row.dataset.family !== family.value;
    for (const section of document.querySelectorAll("section.task"))
      section.hidden = task.value !== "" && section.dataset.task !== task.value;
    for (const section of document.querySelectorAll("section.overall"))
      section.hidden = task.value !== "";
    for (const board of document.querySelectorAll("section.board"))
      board.hidden = board.querySelector("section.task:not([hidden])") === null;
    const shown = document.querySelectorAll("section.task:not([hidden]) tr[data-family]:not([hidden])");
    document.getElementById("shown").textContent = shown.length + " rows shown";
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", event => event.preventDefault());
  apply(); /* a reloaded page keeps what was chosen */
}

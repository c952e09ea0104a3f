// Sorts tables by any column. Without this file they stand in the order in which they were written.
"use strict";

(() => {
  const collator = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
  const key = (row, at) => row.cells[at].dataset.sort ?? row.cells[at].textContent.trim();

  const sort = (table, at, down) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, key: key(row, at) }));
    // what is not known comes last, whichever way round
    const empty = (text) => text === "" || text === "–";
    rows.sort((a, b) => empty(a.key) - empty(b.key) || collator.compare(a.key, b.key) * (down ? -1 : 1));
    body.append(...rows.map(({ row }) => row));
    [...table.tHead.rows[0].cells].forEach((cell, index) => {
      if (index === at) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    if (table.tBodies[0].rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((cell, at) => {
      if ("unsorted" in cell.dataset) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...cell.childNodes);
      button.addEventListener("click", () => sort(table, at, cell.getAttribute("aria-sort") === "ascending"));
      cell.append(button);
    });
  }
})();

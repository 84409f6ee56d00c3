
'use strict';
(() => {
  const MISSING = '—';

  /** What a cell sorts by: its number (the last after an arrow), else its text; null for a dash. */
  function key(cell) {
    const first = cell && cell.firstChild;
    const text = first ? first.textContent.split('→').pop().trim() : '';
    if (text === '' || text === MISSING) return null;
    if (cell.tagName === 'TH') return text;
    const number = parseFloat(text.replace(/^<\s*/, '').replace('∞', 'Infinity'));
    return Number.isNaN(number) ? text : number;
  }

  /** Numbers before texts; what is missing last, whatever the direction. */
  function compare(a, b, sign) {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a !== typeof b) return (typeof a === 'string') - (typeof b === 'string');
    return a < b ? -sign : a > b ? sign : 0;
  }

  function makeSortable(table) {
    const heads = [...table.tHead.querySelectorAll('th[scope=col]')];
    const home = [...table.tBodies].map((body) => [body, [...body.rows]]);
    const rows = home.flatMap(([, own]) => own).filter((row) => !row.matches('.kind'));

    function sort(column, direction) {
      heads.forEach((head) => head.removeAttribute('aria-sort'));
      home.forEach(([body, own]) => body.append(...own));
      table.classList.toggle('sorted', direction !== null);
      if (direction === null) return;
      heads[column].setAttribute('aria-sort', direction);
      const sign = direction === 'ascending' ? 1 : -1;
      const keys = new Map(rows.map((row) => [row, key(row.cells[column])]));
      const sorted = [...rows].sort((a, b) => compare(keys.get(a), keys.get(b), sign));
      if (home.length > 0) home[0][0].append(...sorted);
    }

    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.title = 'Sort: ascending, descending, as it was';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const now = head.getAttribute('aria-sort');
        sort(column, now === null ? 'ascending' : now === 'ascending' ? 'descending' : null);
      });
    });
  }

  function makeFilter(form) {
    const unchecked = (name) =>
      new Set([...form.querySelectorAll(`[name=${name}]:not(:checked)`)].map((box) => box.value));

    function apply() {
      const words = form.elements.method.value.trim().toLowerCase();
      const families = unchecked('family');
      const tasks = unchecked('task');
      const all = new Set();
      const shown = new Set();
      for (const method of document.querySelectorAll('tbody th .method')) {
        const name = method.textContent;
        const row = method.closest('tr');
        row.hidden =
          families.has(method.dataset.family) || !name.toLowerCase().includes(words);
        all.add(name);
        if (!row.hidden) shown.add(name);
      }
      for (const kind of document.querySelectorAll('tr.kind')) {
        const ofKind = `.method[data-family="${CSS.escape(kind.dataset.family)}"]`;
        kind.hidden = [...kind.closest('table').querySelectorAll(ofKind)].every(
          (method) => method.closest('tr').hidden,
        );
      }
      for (const part of document.querySelectorAll('[data-task]')) {
        part.hidden = tasks.has(part.dataset.task);
      }
      form.querySelector('output').textContent = `${shown.size} of ${all.size} methods shown`;
    }

    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(apply));
    apply();
  }

  document.querySelectorAll('table.sortable').forEach(makeSortable);
  document.querySelectorAll('#filter').forEach(makeFilter);
})();

'use strict';
(() => {
  const MISSING = '—';

  /** What a cell sorts by: its value; else, in a column of numbers, the number it shows (the last after an arrow); else its text. */
  function key(cell) {
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    const text = cell.firstChild ? cell.firstChild.textContent.trim() : '';
    if (text === '' || text === MISSING) return null;
    if (!cell.matches('.n')) return text;
    const last = text.split('→').pop().trim();
    if (last === MISSING) return null;
    const number = parseFloat(last.replace(/^<\s*/, '').replace('−', '-').replaceAll(',', '').replace('∞', 'Infinity'));
    return Number.isNaN(number) ? text : number;
  }

  /** A number, or the numbers of a version. */
  const numbers = (text) => text.split('.').length > 2 ? text.split('.').map(Number) : [Number(text)];

  /** The order of two lists by the first parts that differ. */
  function ordered(a, b, by) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = by(a[i], b[i]);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }

  /** Texts by their words and the numbers among them: 9 layers before 10, version 1.9.0 before 1.10.0. */
  function natural(a, b) {
    const parts = (text) => text.match(/\d+(?:\.\d+)*(?:e[-+]?\d+)?|\D+/gi) ?? [];
    const isNumber = (part) => /^\d/.test(part);
    return ordered(parts(a), parts(b), (x, y) => isNumber(x) && isNumber(y)
      ? ordered(numbers(x), numbers(y), (n, m) => n - m)
      : x.localeCompare(y, 'en'));
  }

  /** Numbers before texts; what is missing last, whatever the direction. */
  function compare(a, b, sign) {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a !== typeof b) return (typeof a === 'string') - (typeof b === 'string');
    return sign * (typeof a === 'string' ? natural(a, b) : a < b ? -1 : a > b ? 1 : 0);
  }

  /** The headings of single columns, left to right. */
  const headings = (table) => [...table.tHead.querySelectorAll('th[scope=col]')];

  function makeSortable(table) {
    const heads = headings(table);
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
      for (const row of document.querySelectorAll('tbody tr[data-family]:not(.kind)')) {
        const name = (row.cells[0].querySelector('.method > span') ?? row.cells[0]).firstChild.textContent;
        row.hidden = families.has(row.dataset.family) || !name.toLowerCase().includes(words);
        all.add(name);
        if (!row.hidden) shown.add(name);
      }
      for (const kind of document.querySelectorAll('tr.kind')) {
        kind.hidden = ![...kind.closest('table').querySelectorAll('tr[data-family]:not(.kind):not([hidden])')]
          .some((row) => row.dataset.family === kind.dataset.family);
      }
      for (const part of document.querySelectorAll('[data-task]')) {
        part.hidden = tasks.has(part.dataset.task);
      }
      for (const table of document.querySelectorAll('table:has(th[data-task])')) {
        headings(table).forEach((head, column) => {
          if (head.dataset.task === undefined) return;
          for (const body of table.tBodies) {
            for (const row of body.rows) {
              if (!row.matches('.kind')) row.cells[column].hidden = head.hidden;
            }
          }
        });
      }
      form.querySelector('output').textContent = `${shown.size} of ${all.size} methods shown`;
    }

    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(apply));
    apply();
  }

  /** Opens the details around the place that the address names. */
  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const details = id && document.getElementById(id)?.closest('details');
    if (details && !details.open) {
      details.open = true;
      document.getElementById(id).scrollIntoView();
    }
  }

  document.querySelectorAll('table.sortable').forEach(makeSortable);
  document.querySelectorAll('#filter').forEach(makeFilter);

  const narrow = matchMedia('(max-width: 79.99rem)');
  const contents = document.querySelector('.contents details');
  const fold = () => { if (contents) contents.open = !narrow.matches; };
  narrow.addEventListener('change', fold);
  fold();

  window.addEventListener('hashchange', reveal);
  reveal();

  let folded = [];
  window.addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach((details) => { details.open = true; });
  });
  window.addEventListener('afterprint', () => folded.forEach((details) => { details.open = false; }));
})();

'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = id => document.getElementById(id);
  const FOLD = 30, SHOWN = 20, BATCH = 400, HEADING = 300;

  // All that comes from the data goes into text nodes.
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  const plain = text => text.replace(/\u001b\[[0-9;:]*m/g, '');
  let query = '';

  function appendText(target, text) {
    if (query) {
      const lower = text.toLowerCase();
      let done = 0;
      // Lower case can have another length than the text: then nothing is marked.
      let at = lower.length === text.length ? lower.indexOf(query) : -1;
      for (; at >= 0; at = lower.indexOf(query, done)) {
        target.append(text.slice(done, at));
        target.append(make('mark', '', text.slice(at, at + query.length)));
        done = at + query.length;
      }
      text = text.slice(done);
    }
    target.append(text);
  }

  class Colours {
    constructor() { this.reset(); }
    reset() { this.names = new Set(); this.fore = this.back = null; }
    get any() { return this.names.size > 0 || this.fore !== null || this.back !== null; }
    set(codes) {
      const simple = {1: 'bold', 2: 'faint', 3: 'italic', 4: 'under', 9: 'strike'};
      for (let i = 0; i < codes.length; i++) {
        const code = codes[i];
        if (code === 0) this.reset();
        else if (simple[code]) this.names.add(simple[code]);
        else if (code === 22) { this.names.delete('bold'); this.names.delete('faint'); }
        else if (code === 23) this.names.delete('italic');
        else if (code === 24) this.names.delete('under');
        else if (code === 29) this.names.delete('strike');
        else if (code >= 30 && code <= 37) this.fore = code - 30;
        else if (code >= 90 && code <= 97) this.fore = code - 90;
        else if (code === 39) this.fore = null;
        else if (code >= 40 && code <= 47) this.back = code - 40;
        else if (code >= 100 && code <= 107) this.back = code - 100;
        else if (code === 49) this.back = null;
        else if (code === 38 || code === 48) {
          let colour = null;
          if (codes[i + 1] === 5) { colour = palette(codes[i + 2]); i += 2; }
          else if (codes[i + 1] === 2) { colour = rgb(codes[i + 2], codes[i + 3], codes[i + 4]); i += 4; }
          if (code === 38) this.fore = colour; else this.back = colour;
        }
      }
    }
    apply(element) {
      for (const name of this.names) element.classList.add(name);
      if (typeof this.fore === 'number') element.classList.add('f' + this.fore);
      else if (this.fore) element.style.color = this.fore;
      if (typeof this.back === 'number') element.classList.add('b' + this.back);
      else if (this.back) element.style.backgroundColor = this.back;
    }
  }

  function rgb(...parts) {
    return parts.every(part => part >= 0 && part <= 255) ? `rgb(${parts.map(Number).join(',')})` : null;
  }

  function palette(index) {
    if (!(index >= 0 && index <= 255)) return null;
    if (index < 16) return index % 8;
    if (index >= 232) return rgb(...Array(3).fill(8 + 10 * (index - 232)));
    const step = value => value === 0 ? 0 : 55 + 40 * value, rest = index - 16;
    return rgb(step(Math.floor(rest / 36)), step(Math.floor(rest / 6) % 6), step(rest % 6));
  }

  function appendColoured(target, text, colours) {
    for (const part of text.split(/(\u001b\[[0-9;:]*m)/)) {
      if (part.startsWith('\u001b[')) colours.set(part.slice(2, -1).split(/[;:]/).map(Number));
      else if (part) {
        const place = colours.any ? make('span') : target;
        if (colours.any) { colours.apply(place); target.append(place); }
        appendText(place, part);
      }
    }
  }

  function copyButton(label, text) {
    const button = make('button', 'copy', label);
    button.type = 'button';
    button.addEventListener('click', async () => {
      let copied = false;
      try {
        await navigator.clipboard.writeText(text);
        copied = true;
      } catch (e) {
        const area = make('textarea');
        area.value = text;
        document.body.append(area);
        area.select();
        copied = document.execCommand('copy');
        area.remove();
        button.focus();
      }
      $('status').textContent = copied ? 'Copied.' : 'The browser does not allow to copy.';
    });
    return button;
  }

  /** Shows the parts of output, each stream's parts that follow each other as one block, and folds what is long. */
  function appendOutput(body, output) {
    const colours = [new Colours(), new Colours()];
    let index = 0;
    while (index < output.length) {
      const stream = output[index][1], at = output[index][0];
      let text = '';
      for (; index < output.length && output[index][1] === stream; index++) text += output[index][2];
      const row = make('div', 'row', (stream ? 'stderr' : 'stdout') + ', ' + at.toFixed(3) + ' s ');
      row.append(copyButton('Copy', plain(text)));
      const pre = make('pre', stream ? 'err' : 'out');
      const lines = text.split('\n');
      if (lines.length > FOLD && !query) {
        appendColoured(pre, lines.slice(0, SHOWN).join('\n') + '\n', colours[stream]);
        const rest = lines.slice(SHOWN).join('\n');
        const fold = make('button', 'fold', `Show ${lines.length - SHOWN} more lines`);
        const kept = colours[stream];
        colours[stream] = new Colours();
        fold.type = 'button';
        fold.addEventListener('click', () => { appendColoured(pre, rest, kept); fold.remove(); });
        body.append(row, pre, fold);
      } else {
        appendColoured(pre, text, colours[stream]);
        body.append(row, pre);
      }
    }
  }

  /** The beginning of what was done, and the rest, which shows when it is open. */
  function heading(event) {
    const end = event.x.search(/\n/), line = end < 0 ? event.x.length : end;
    let cut = Math.min(line, HEADING);
    if (/[\ud800-\udbff]/.test(event.x.charAt(cut - 1))) cut--;
    return [event.l + event.x.slice(0, cut), event.x.slice(cut)];
  }

  const isCommand = event => event.l.endsWith('$ ');

  function gauge(share) {
    const create = (tag, attributes) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      return element;
    };
    const svg = create('svg', {
      class: 'gauge', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true',
    });
    svg.append(
        create('rect', {class: 'track', width: 100, height: 6}),
        create('rect', {width: 100 * share, height: 6}));
    return svg;
  }

  /** Each figure, and those that are a part of a limit drawn as well. */
  function usageRow([figures, shares]) {
    const row = make('div', 'row used');
    figures.forEach((figure, index) => {
      const part = make('span');
      appendText(part, figure);
      if (shares[index] >= 0) part.append(gauge(shares[index]));
      row.append(part);
    });
    return row;
  }

  function fill(item) {
    const event = item.event;
    const code = item.details.querySelector('summary code'), [beginning, rest] = heading(event);
    code.textContent = '';
    appendText(code, beginning);
    if (rest) {
      const more = make('span', 'more');
      appendText(more, rest);
      code.append(more);
    }
    const body = make('div', 'body');
    for (const detail of event.d) {
      const row = make('div', 'row detail');
      appendText(row, detail);
      body.append(row);
    }
    if (event.f?.length) {
      const findings = make('pre', 'findings');
      appendText(findings, event.f.join('\n'));
      body.append(findings);
    }
    if (event.u) body.append(usageRow(event.u));
    appendOutput(body, event.o);
    if (isCommand(event)) {
      const row = body.querySelector('.used') ?? make('div', 'row');
      row.append(copyButton('Copy command', event.x));
      if (!row.parentNode) body.prepend(row);
    }
    item.details.querySelector('.body')?.remove();
    item.details.append(body);
  }

  const items = data.events.map(event => ({event, element: null, details: null, hay: null}));

  function render(item) {
    const event = item.event;
    const [beginning, rest] = heading(event);
    const hasBody = rest || isCommand(event) || event.d.length || event.f?.length || event.o.length;
    const element = make('li', (event.ok === false ? 'bad' : '') + (hasBody ? '' : ' leaf'));
    const details = make('details');
    const summary = make('summary');
    const code = make('code', '', beginning + (rest ? ' \u2026' : ''));
    summary.append(make('time', '', event.t.toFixed(3) + ' s'), code);
    if (event.r) summary.append(make('span', 'result', event.r));
    details.append(summary);
    element.append(details);
    details.addEventListener('toggle', () => { if (details.open && !details.querySelector('.body')) fill(item); });
    item.element = element;
    item.details = details;
    return element;
  }

  let rendered = 0;
  function renderTo(count) {
    const fragment = document.createDocumentFragment();
    for (; rendered < count && rendered < items.length; rendered++) fragment.append(render(items[rendered]));
    $('events').append(fragment);
  }
  function renderRest() {
    if (rendered < items.length) {
      renderTo(rendered + BATCH);
      setTimeout(renderRest, 0);
    }
  }

  function text(item) {
    if (item.hay === null) {
      const event = item.event;
      // A word may be in several parts of one stream.
      const streams = [0, 1].map(stream => event.o.filter(part => part[1] === stream).map(part => part[2]).join(''));
      const used = event.u?.[0] ?? [], findings = event.f ?? [];
      const parts = [event.l + event.x, event.r, ...used, ...event.d, ...findings, ...streams];
      item.hay = plain(parts.join('\n')).toLowerCase();
    }
    return item.hay;
  }

  function filter() {
    renderTo(items.length);
    query = $('search').value.toLowerCase();
    const onlyFailed = $('failed').checked;
    const found = items.filter(item =>
        (!query || text(item).includes(query)) && (!onlyFailed || item.event.ok === false));
    const shown = new Set(found);
    for (const item of items) {
      item.element.hidden = !shown.has(item);
      if (item.details.open) fill(item);
      // What was marked or folded in it may no longer be: it is filled when it opens.
      else item.details.querySelector('.body')?.remove();
    }
    if (query && found.length <= 20) for (const item of found) { item.details.open = true; fill(item); }
    $('status').textContent = query || onlyFailed ? `${found.length} of ${items.length} events` : '';
  }

  document.title = data.title;
  $('title').textContent = data.title;
  const failures = items.filter(item => item.event.ok === false).length;
  $('opened').textContent = `Opened ${data.opened}. ${items.length} events, ${failures} failed.`
      + (data.omitted ? ` ${data.omitted} earlier events left out.` : '');
  for (const fact of data.facts) $('facts').append(make('li', '', fact));
  renderTo(BATCH);
  setTimeout(renderRest, 0);
  if (items.length <= 50) for (const item of items) item.details.open = true;

  let waiting = 0;
  $('search').addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  $('failed').addEventListener('change', filter);
  $('tools').addEventListener('submit', event => event.preventDefault());
  const all = open => () => {
    renderTo(items.length);
    for (const item of items) if (!item.element.hidden) item.details.open = open;
  };
  $('open').addEventListener('click', all(true));
  $('close').addEventListener('click', all(false));
  $('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const theme = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    root.dataset.theme = theme === 'dark' ? 'light' : 'dark';
  });
  document.addEventListener('keydown', event => {
    const summary = document.activeElement.closest('#events summary');
    if (event.key === '/' && document.activeElement !== $('search')) {
      event.preventDefault();
      $('search').focus();
    } else if (event.key === 'Escape' && document.activeElement === $('search')) {
      $('search').value = '';
      filter();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && summary) {
      event.preventDefault();
      const next = event.key === 'ArrowDown' ? 'nextElementSibling' : 'previousElementSibling';
      let item = summary.closest('li')[next];
      while (item && item.hidden) item = item[next];
      if (item) item.querySelector('summary').focus();
    }
  });
})();

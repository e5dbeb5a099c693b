// Small helps; every page works without them. The first part runs before the page is drawn, so that it never flashes in the other colours.
(() => {
  'use strict';
  const root = document.documentElement;
  const stored = () => { try { return localStorage.getItem('sundry-theme'); } catch { return null; } };
  const system = () => matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const chosen = stored();
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;

  const theme = () => {
    const button = document.querySelector('[data-theme-toggle]');
    if (!button) return;
    const show = () => {
      const other = (root.dataset.theme || system()) === 'dark' ? 'Light' : 'Dark';
      button.textContent = other;
      button.setAttribute('aria-label', other + ' colours');
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      root.dataset.theme = (root.dataset.theme || system()) === 'dark' ? 'light' : 'dark';
      try { localStorage.setItem('sundry-theme', root.dataset.theme); } catch { /* not kept, then */ }
      show();
    });
    show();
  };

  const live = () => {
    const part = document.querySelector('[data-live]');
    const button = document.querySelector('[data-live-toggle]');
    if (!part || !button) return;
    let on = true, busy = false;
    const show = words => { button.textContent = words; button.setAttribute('aria-pressed', String(on)); };
    button.hidden = false;
    button.addEventListener('click', () => { on = !on; show(on ? 'Updating every five seconds' : 'Updates paused'); });
    setInterval(async () => {
      // whoever reads figures or has the focus inside is not disturbed
      if (!on || busy || document.hidden || part.contains(document.activeElement) || part.querySelector('details[open]')) return;
      busy = true;
      try {
        const answer = await fetch(location.href, { credentials: 'same-origin', redirect: 'error' });
        if (!answer.ok) throw new Error(answer.status);
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
        if (page) part.replaceChildren(...page.childNodes);
        if (on) show('Updating every five seconds');
      } catch {
        show('The server does not answer');
      } finally {
        busy = false;
      }
    }, 5000);
  };

  const json = () => {
    const text = document.querySelector('[data-json]');
    if (!text) return;
    const state = document.querySelector('[data-json-state]');
    const button = document.querySelector('[data-json-format]');
    const check = () => {
      try {
        const value = JSON.parse(text.value);
        text.removeAttribute('aria-invalid');
        state.textContent = '';
        return value;
      } catch (problem) {
        text.setAttribute('aria-invalid', 'true');
        state.textContent = 'Not JSON yet: ' + problem.message;
        return undefined;
      }
    };
    text.addEventListener('change', check);
    if (button) {
      button.hidden = false;
      button.addEventListener('click', () => {
        const value = check();
        if (value !== undefined) text.value = JSON.stringify(value, null, 2);
      });
    }
    // what was asked for is where one looks first
    document.getElementById('trial-result')?.focus();
  };

  document.addEventListener('DOMContentLoaded', () => { theme(); live(); json(); });
})();

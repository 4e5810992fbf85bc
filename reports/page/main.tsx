import { render } from 'preact';
import { App } from './app.tsx';
import { loadReport } from './load.ts';
import { modelOf } from './model.ts';

const page = document.querySelector('#page');
const data = document.querySelector('#report');

async function show(page: Element): Promise<void> {
  const model = modelOf(await loadReport(data?.textContent ?? ''));
  data?.remove();
  const draw = (printing: boolean): void => render(<App model={model} printing={printing} />, page);
  page.replaceChildren();
  draw(false);
  addEventListener('beforeprint', () => draw(true));
  addEventListener('afterprint', () => draw(false));
}

if (page) {
  show(page).catch(() => {
    page.textContent = 'This browser cannot unpack the report: it is too old, or the file is damaged.';
  });
}

import { render } from 'preact';
import type { Report } from '../writers/report.ts';
import { App } from './app.tsx';
import { modelOf } from './model.ts';

const data = document.querySelector('#report')?.textContent ?? '';
const page = document.querySelector('#page');
if (page) render(<App model={modelOf(JSON.parse(data) as Report)} />, page);

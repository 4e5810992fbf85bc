import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Run } from '../../reports/record/index.ts';
import { html } from '../../reports/writers/html.ts';
import { sampleRun } from '../../reports/writers/sample-run.test.ts';

const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const found = existsSync(executable);

/** What a title of a group of tests ends with where there is no browser. */
export const unlessThere: string = found ? '' : ` (skipped: no chromium at ${executable})`;

/** A browser without a window, which looks nothing up by itself. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Opens reports in a browser, and holds after each test that the page asked for nothing and complained of nothing. */
export interface Opener {
  /** The report on a run as a page; `at` is a fragment of its address. */
  readonly open: (run?: Run, options?: BrowserContextOptions & { readonly at?: string }) => Promise<Page>;
  /** What the page wrote to the console. */
  readonly complaints: string[];
}

/** Starts a browser for the tests around; to be called inside `describe`. */
export function useBrowser(): Opener {
  let browser: Browser;
  let folder = '';
  const complaints: string[] = [];
  const requested: string[] = [];
  const written = new Map<Run, string>();

  before(async function () {
    if (!found) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'scimulator-page-'));
    browser = await launchBrowser();
  });

  after(async () => {
    if (!found) return;
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    complaints.length = 0;
    requested.length = 0;
  });

  afterEach(async () => {
    if (!found) return;
    await Promise.all(browser.contexts().map(context => context.close()));
    expect(complaints).to.deep.equal([]);
    expect(requested.filter(url => !url.startsWith('file:'))).to.deep.equal([]);
  });

  const fileOf = (run: Run): string => {
    const file = written.get(run) ?? join(folder, `report-${written.size}.html`);
    if (!written.has(run)) writeFileSync(file, html.write(run));
    written.set(run, file);
    return file;
  };

  return {
    complaints,
    open: async (run = sampleRun, { at = '', ...options } = {}) => {
      const page = await (await browser.newContext(options)).newPage();
      page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', error => complaints.push(error.message));
      page.on('request', request => requested.push(request.url()));
      await page.goto(pathToFileURL(fileOf(run)).href + at);
      await page.locator('main').waitFor();
      return page;
    },
  };
}

/** How many pixels of the page stand outside of the window to the right; at most 0 where nothing does. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - innerWidth');

/** How many lines of lists and tables are in the document. */
export const lines = (page: Page): Promise<number> => page.evaluate(`document.querySelectorAll('li, tr').length`);

/** The checks of the verdicts that are listed. */
export const checks = (page: Page): Promise<string[]> => page.locator('.verdict .id').allInnerTexts();

/** Goes to a place as an address that was typed does, and waits until it is drawn. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`new Promise(drawn => {
    if (location.hash === ${JSON.stringify(hash)} || (location.hash === '' && ${JSON.stringify(hash)} === '#')) return drawn();
    addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(drawn)), { once: true });
    location.hash = ${JSON.stringify(hash)};
  })`);
}

import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Run } from '../../reports/record/index.ts';
import { html } from '../../reports/writers/html.ts';
import { hostile, largeRun, sampleRun } from '../../reports/writers/sample-run.test.ts';

const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const found = existsSync(executable);

/** Contrast of each text on the page with what is behind it: those below WCAG AA, as `ratio text`. */
const LOW_CONTRAST = `(() => {
  const rgb = color => color.match(/[\\d.]+/g).map(Number);
  const luminance = color => rgb(color).slice(0, 3).map(c => c / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if ((rgb(color)[3] ?? 1) === 1) return color;
    }
    throw new Error('nothing is painted behind');
  };
  return [...document.querySelectorAll('main *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== ''))
    .map(e => {
      const [a, b] = [getComputedStyle(e).color, behind(e)].map(luminance);
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.textContent.slice(0, 40)];
    })
    .filter(([ratio]) => ratio < 4.5)
    .map(([ratio, text]) => ratio.toFixed(2) + ' ' + text);
})()`;

describe(`The HTML report in a browser${found ? '' : ` (skipped: no chromium at ${executable})`}`, () => {
  let browser: Browser;
  let folder = '';
  let complaints: string[] = [];
  let requested: string[] = [];

  before(async function () {
    if (!found) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'scimulator-page-'));
    browser = await chromium.launch({
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
  });

  after(async () => {
    if (!found) return;
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    complaints = [];
    requested = [];
  });

  afterEach(async () => {
    if (!found) return;
    await Promise.all(browser.contexts().map(context => context.close()));
    expect(complaints).to.deep.equal([]);
    expect(requested.filter(url => !url.startsWith('file:'))).to.deep.equal([]);
  });

  async function open(run: Run = sampleRun, options: BrowserContextOptions = {}): Promise<Page> {
    const file = join(folder, 'report.html');
    writeFileSync(file, html.write(run));
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => requested.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  const checks = (page: Page): Promise<string[]> => page.locator('.verdicts .check .id').allInnerTexts();
  const unfold = (page: Page, title: string): Promise<void> =>
    page.getByRole('button', { name: title, expanded: false }).click();
  const focused = (page: Page): Promise<string> => page.locator(':focus').innerText();
  const clickAll = (page: Page, selector: string): Promise<void> =>
    page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).forEach(button => button.click())`);
  const overflow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - innerWidth');

  it('opens from a file and shows target, result and counts', async () => {
    const page = await open();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).to.equal(sampleRun.header.target);
    expect(await page.locator('.lead').innerText()).to.match(/^Not passed. 4 failures from 3 causes/);
    expect(await page.getByRole('button', { name: '4 failures' }).count()).to.equal(1);
    expect(await checks(page)).to.have.length(sampleRun.verdicts.length);
  });

  it('filters by what a verdict means, and back', async () => {
    const page = await open();
    const counter = page.locator('.counters button', { hasText: 'inconclusive' });
    await counter.click();
    expect(await counter.getAttribute('aria-pressed')).to.equal('true');
    expect(await checks(page)).to.deep.equal([
      'patch.add',
      'patch.replace',
      'patch.remove',
      'replace.status',
      'delete.gone',
    ]);
    await counter.click();
    expect(await checks(page)).to.have.length(sampleRun.verdicts.length);
  });

  it('filters by cause', async () => {
    const page = await open();
    await page.locator('.causes button').first().click();
    expect(await checks(page))
      .to.have.length(6)
      .and.include.members(['create.status', 'create.location', 'patch.add']);
  });

  it('searches, says how much it found, and shows all again', async () => {
    const page = await open();
    await page.getByLabel('Search').fill('nickName');
    expect(await checks(page)).to.deep.equal(['ne.absent']);
    expect(await page.getByRole('status').innerText()).to.equal('1 of 14 verdicts');
    await page.getByLabel('Search').fill('nowhere');
    expect(await page.locator('.nothing').innerText()).to.equal('Nothing matches.');
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await checks(page)).to.have.length(sampleRun.verdicts.length);
  });

  it('unfolds a verdict by keyboard alone', async () => {
    const page = await open();
    await page.getByLabel('Search').focus();
    await page.keyboard.press('Tab');
    const button = page.locator('.check button').first();
    expect(await focused(page)).to.equal(await button.innerText());
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).to.equal('true');
    const more = page.locator(`#${await button.getAttribute('aria-controls')}`);
    expect(await more.innerText())
      .to.include('the one group named "Engineering"')
      .and.include('Only matching resources are returned.');
    await page.keyboard.press('Space');
    expect(await more.isVisible()).to.equal(false);
  });

  it('shows expected and actual, the clause and the decisive exchange of a failure', async () => {
    const page = await open();
    await unfold(page, 'A created user is answered with 201');
    const detail = page.locator('.detail');
    const text = await detail.innerText();
    for (const part of [
      'status 201',
      'status 400',
      'A successful create answers 201.',
      'application/scim+json',
      '[redacted]',
    ]) {
      expect(text).to.include(part);
    }
    expect(await detail.locator('pre').nth(1).innerText()).to.include('"scimType": "invalidValue"');
  });

  it('goes from a blocked verdict to the one that blocked it, also out of a filter', async () => {
    const page = await open();
    await page.locator('.counters button', { hasText: 'inconclusive' }).click();
    await unfold(page, 'patch.add works on a user');
    await page.getByRole('button', { name: 'create.status', exact: true }).click();
    const button = page.getByRole('button', { name: 'A created user is answered with 201', expanded: true });
    await button.waitFor();
    expect(await focused(page)).to.equal('A created user is answered with 201');
  });

  it('tells a scenario as a time line with its requests', async () => {
    const page = await open();
    expect(await page.locator('.steps > li').count()).to.equal(4);
    await page.getByRole('button', { name: '2 requests' }).click();
    expect(await page.locator('.steps .line .path').allInnerTexts()).to.deep.equal(['/Users', '/Groups/g-1']);
    await page.locator('.steps .line').nth(1).click();
    expect(await page.locator('.steps pre').innerText()).to.include('"path": "members"');
  });

  it('shows what a hostile target sent as text', async () => {
    const page = await open();
    await unfold(page, 'A filter finds the groups that match and no other');
    const detail = page.locator('.detail');
    const text = await detail.innerText();
    expect(text)
      .to.include(hostile.script)
      .and.include(hostile.image)
      .and.include('\\u001b[2J')
      .and.include('user\\u202etxt.exe');
    expect(await page.locator('main img, main script, main iframe').count()).to.equal(0);
    expect(await page.evaluate('globalThis.broken')).to.equal(undefined);
  });

  it('lets no script run that is not its own', async () => {
    const page = await open();
    await page.evaluate(`{
      const script = document.createElement('script');
      try { script.text = 'globalThis.broken = true'; document.body.append(script); } catch {}
    }`);
    expect(await page.evaluate('globalThis.broken')).to.equal(undefined);
    expect(complaints.splice(0).join('\n')).to.match(/Content Security Policy|Trusted/);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read in ${colorScheme} colours`, async () => {
      const page = await open(sampleRun, { colorScheme });
      await clickAll(page, '.check button');
      await page.locator('.detail').last().waitFor();
      expect(await page.evaluate(LOW_CONTRAST)).to.deep.equal([]);
    });
  }

  it('has two looks', async () => {
    const background = async (colorScheme: 'light' | 'dark'): Promise<unknown> =>
      (await open(sampleRun, { colorScheme })).evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background('light')).to.not.equal(await background('dark'));
  });

  it('fits a phone with everything unfolded', async () => {
    const page = await open(sampleRun, { viewport: { width: 360, height: 740 } });
    await clickAll(page, '.check button');
    await page.locator('.detail').last().waitFor();
    await clickAll(page, '.line[aria-expanded=false]');
    await page.locator('.line[aria-expanded=false]').waitFor({ state: 'detached' });
    expect(await overflow(page)).to.be.at.most(0);
  });

  it('unfolds failures for print and hides what paper cannot do', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.locator('.detail').count()).to.equal(4);
    expect(await page.getByLabel('Search').isVisible()).to.equal(false);
  });

  it('copes with a thousand verdicts and three thousand exchanges, and makes details only when asked', async () => {
    const page = await open(largeRun(1000));
    expect(await page.locator('.verdicts .row').count()).to.equal(1000);
    expect(await page.locator('.detail').count()).to.equal(0);
    await page.getByLabel('Search').fill('check-777');
    expect(await checks(page)).to.deep.equal(['topic-17.check-777']);
    await page.locator('.check button').click();
    expect(await page.locator('.exchanges > li').count()).to.equal(3);
  });
});

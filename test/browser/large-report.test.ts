import { expect } from 'chai';
import { fold, type Run } from '../../reports/record/index.ts';
import { exchange, sampleHeader, verdict } from '../../reports/writers/sample-run.test.ts';
import { checks, goTo, lines, unlessThere, useBrowser } from './open-report.ts';

/** As many verdicts and exchanges as a page has to take, in topics, clauses and scenarios. */
function hugeRun(): Run {
  const played = Array.from({ length: 100 }, (_, index) => `long/${index + 1}`);
  const names = Array.from({ length: 900 }, (_, index) => `topic-${index % 40}.check-${index}`).concat(played);
  const clauses = Object.keys(sampleHeader.clauses);
  const came = {
    id: 'u-1',
    userName: 'ada',
    emails: Array.from({ length: 10 }, (_, at) => ({ value: `a${at}@example.com` })),
  };
  return fold([
    sampleHeader,
    ...names.flatMap(name =>
      Array.from(
        { length: 20 },
        (_, at) => ({ kind: 'exchange', exchange: exchange(name, at + 1, 'GET /Users/1', 200, { came }) }) as const,
      ),
    ),
    ...played.map((scope, at) => ({ kind: 'step', scenario: 'long', scope, n: at + 1, title: scope }) as const),
    ...names.map(
      (check, index) =>
        ({
          kind: 'verdict',
          verdict: verdict({
            check,
            clause: clauses[index % clauses.length] ?? '',
            exchanges: Array.from({ length: 20 }, (_, at) => `${check}#${at + 1}`),
            ...(index % 10 === 0 && index < 900 && { outcome: 'fail', expected: 'one', actual: 'two' }),
            ...(index % 30 === 0 && { known: { reason: 'It is known.' } }),
          }),
        }) as const,
    ),
  ]);
}

describe(`The HTML report on 1,000 verdicts and 20,000 exchanges${unlessThere}`, () => {
  const { open } = useBrowser();
  const run = hugeRun();

  const places = [
    '#',
    '#view=verdicts',
    '#view=topics&kind=failure',
    '#view=clauses',
    '#view=scenarios',
    '#view=exchanges',
    '#verdict=topic-17.check-777',
  ];
  it('has at most 200 lines in the document at every place', async () => {
    const page = await open(run, { viewport: { width: 1600, height: 2400 } });
    for (const at of places) {
      await goTo(page, at);
      expect(await lines(page), at).to.be.within(1, 200);
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
      await page.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
      expect(await lines(page), `${at} at its end`).to.be.within(1, 200);
    }
  });

  it('opens in a few seconds and scrolls to the last of 20,000', async () => {
    const started = performance.now();
    const page = await open(run, { at: '#view=exchanges' });
    expect(performance.now() - started).to.be.below(20_000);
    expect(await page.getByRole('status').innerText()).to.equal('20,000 exchanges');
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    await page.locator('.exchange', { hasText: 'long/100#20' }).waitFor();
    expect(await page.locator('li[aria-posinset="20000"]').count()).to.equal(1);
  });

  it('finds one of a thousand verdicts', async () => {
    const page = await open(run, { at: '#view=verdicts' });
    await page.getByLabel('Search').fill('check-777');
    expect(await checks(page)).to.deep.equal(['topic-17.check-777']);
    await page.locator('.verdict').click();
    expect(await page.locator('.exchanges > li').count()).to.equal(20);
  });

  it('lets the arrow keys go through the lines beyond those in the document', async () => {
    const page = await open(run, { at: '#view=verdicts' });
    await page.locator('.verdict').first().focus();
    for (let at = 0; at < 60; at += 1) await page.keyboard.press('ArrowDown');
    expect(await page.locator('li:has(:focus)').getAttribute('aria-posinset')).to.equal('61');
  });

  it('loses none of the arrow keys that come faster than the window is drawn', async () => {
    const page = await open(run, { at: '#view=verdicts' });
    await page.locator('.verdict').first().focus();
    await page.evaluate(`(async () => {
      for (let at = 0; at < 60; at += 1) {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
        await Promise.resolve();
      }
    })()`);
    expect(await page.locator('li:has(:focus)').getAttribute('aria-posinset')).to.equal('61');
  });
});

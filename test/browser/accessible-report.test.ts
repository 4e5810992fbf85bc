import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fold } from '../../reports/record/index.ts';
import { sampleEvents, verdict } from '../../reports/writers/sample-run.test.ts';
import { goTo, unlessThere, useBrowser } from './open-report.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that are broken, with the first places of each. */
const AUDIT = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 150)).join(' | ')))`;

const run = fold([
  ...sampleEvents.slice(0, -1),
  ...['Ticket 7', 'Ticket 8'].map(
    (reason, at) =>
      ({
        kind: 'verdict',
        verdict: verdict({ check: `old.fault-${at}`, outcome: 'fail', known: { reason } }),
      }) as const,
  ),
  {
    kind: 'verdict',
    verdict: verdict({
      check: 'asked.question',
      answers: 'Does it empty the group?',
      outcome: 'fail',
      expected: 'a',
      actual: 'b',
    }),
  },
  ...sampleEvents.slice(-1),
]);

const places = [
  '#',
  '#view=verdicts&q=user&kind=failure',
  '#view=topics',
  '#view=clauses',
  '#view=rules',
  '#view=providers',
  '#view=providers&only=idp%3Ajumpcloud',
  '#view=scenarios',
  '#view=exchanges',
  '#view=exchanges&status=4xx&q=nowhere',
  '#verdict=create.status',
  '#view=verdicts&verdict=filter.eq+%5BdisplayName%5D',
  '#view=verdicts&verdict=ne.absent',
  '#exchange=delete.gone%231',
  '#verdict=nowhere',
];

describe(`Accessibility of the HTML report${unlessThere}`, () => {
  const { open } = useBrowser();
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe objects to at any place in ${colorScheme} colours`, async () => {
      // The policy of the page lets no other script in, so this context alone goes past it.
      const page = await open(run, { colorScheme, bypassCSP: true });
      await page.evaluate(axe);
      const objections: string[] = [];
      for (const at of places) {
        await goTo(page, at);
        await page.evaluate(
          `document.querySelectorAll('details').forEach(each => { each.open = true; });
          document.querySelectorAll('.step-head button').forEach(each => each.click());`,
        );
        const found = (await page.evaluate(AUDIT)) as string[];
        objections.push(...found.map(objection => `${at} ${objection}`));
      }
      expect(objections).to.deep.equal([]);
    });
  }
});

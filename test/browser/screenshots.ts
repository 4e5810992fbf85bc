/** `npm run screenshots`: takes the pictures of docs/screenshots anew, of a run on SCIMMY and of a story on the bridge. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { inFolder, root, runCli } from '../run-cli.ts';
import { startScimmy } from '../servers/scimmy.ts';
import { launchBrowser } from './open-report.ts';

interface Picture {
  readonly name: string;
  readonly of: 'conform' | 'play';
  /** Fragment of the address. */
  readonly at: string;
  /** The first verdict that is listed there, opened. */
  readonly opened?: true;
  readonly context?: BrowserContextOptions;
}

const dark = { colorScheme: 'dark' } as const;
const phone = { viewport: { width: 390, height: 844 } } as const;
const failures = '#view=verdicts&kind=failure';

const pictures: readonly Picture[] = [
  { name: 'overview', of: 'conform', at: '' },
  { name: 'overview-dark', of: 'conform', at: '', context: dark },
  { name: 'verdict', of: 'conform', at: failures, opened: true },
  { name: 'verdict-dark', of: 'conform', at: failures, opened: true, context: dark },
  { name: 'verdicts-phone', of: 'conform', at: '#view=verdicts', context: phone },
  { name: 'by-clause', of: 'conform', at: '#view=clauses' },
  { name: 'by-provider', of: 'conform', at: '#view=providers' },
  { name: 'exchanges', of: 'conform', at: '#view=exchanges' },
  { name: 'by-rule-dark', of: 'play', at: '#view=rules', context: dark },
  { name: 'scenario', of: 'play', at: '#view=scenarios&part=leaver-in-two-groups' },
  { name: 'scenario-phone', of: 'play', at: '#view=scenarios&part=leaver-in-two-groups', context: phone },
];

async function take(page: Page, { name, at, opened }: Picture, file: string): Promise<void> {
  await page.goto(pathToFileURL(file).href + at);
  await page.locator('main').waitFor();
  if (opened) {
    await page.locator('a.verdict').first().click();
    await page.locator('article h2').waitFor();
  }
  await page.screenshot({ path: join(root, 'docs/screenshots', `${name}.png`) });
  console.log(name);
}

await inFolder(async folder => {
  const token = 'token-of-the-screenshots';
  const files = { conform: join(folder, 'conform.html'), play: join(folder, 'play.html') };
  const server = await startScimmy(token);
  const judged = ['conform', server.url, '--token-env', 'T', '--report', `html=${files.conform}`];
  const played = ['play', 'leaver-in-two-groups', '--report', `html=${files.play}`];
  for (const args of [judged, played]) {
    const { code, err } = await runCli([...args, '--out', join(folder, 'out')], { T: token });
    if (code !== 0 && code !== 1) throw new Error(err);
  }
  await server.close();
  const browser = await launchBrowser();
  for (const picture of pictures) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...picture.context });
    await take(await context.newPage(), picture, files[picture.of]);
    await context.close();
  }
  await browser.close();
});

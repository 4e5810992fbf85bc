import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { fold } from '../../reports/record/index.ts';
import { hostile, sampleEvents, sampleRun, verdict } from '../../reports/writers/sample-run.test.ts';
import { checks, goTo, overflow, unlessThere, useBrowser } from './open-report.ts';

describe(`The HTML report in a browser${unlessThere}`, () => {
  const { open, complaints } = useBrowser();
  const heading = (page: Page): Promise<string> => page.locator('article h2').innerText();
  const focused = (page: Page): Promise<string> => page.locator(':focus').innerText();
  const address = (page: Page): string => new URL(page.url()).hash;

  it('opens from a file and shows target, result, identity providers, counts and causes on the first screen', async () => {
    const page = await open(undefined, { viewport: { width: 1200, height: 720 } });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).to.equal(sampleRun.header.target);
    expect(await page.locator('.lead').innerText()).to.match(/^Not passed. 4 failures from 3 causes/);
    expect(await page.locator('.works li').allInnerTexts()).to.satisfy(
      ([okta, entra, jumpcloud]: string[]) =>
        okta?.includes('Okta') && entra?.includes('Not known') && jumpcloud?.includes('No\n'),
    );
    expect(await page.locator('.counters a').first().innerText())
      .to.include('4')
      .and.include('failures');
    const last = await page.locator('.causes li').last().boundingBox();
    expect((last?.y ?? Infinity) + (last?.height ?? 0)).to.be.below(720);
  });

  it('tells disputed clauses, known deviations and a stale baseline apart from failures', async () => {
    const known = { reason: 'Ticket 7 is open', owner: 'identity team', expires: '2027-01-31' };
    const page = await open(
      fold([
        ...sampleEvents.filter(({ kind }) => kind !== 'footer'),
        {
          kind: 'verdict',
          verdict: verdict({ check: 'old.fault', outcome: 'fail', expected: 'a', actual: 'b', known }),
        },
        {
          kind: 'footer',
          ended: '2026-03-01T10:00:04.500Z',
          exitCode: 1,
          lostSince: '',
          leftBehind: [],
          notes: [],
          baseline: ['old.other is listed and passes'],
        },
      ]),
    );
    const section = (title: string): Promise<string> =>
      page.locator('section', { has: page.getByRole('heading', { name: title }) }).innerText();
    expect(await section('Disputed clauses'))
      .to.include('Whether ne finds')
      .and.include('RFC7644-3.4.2.2-17');
    expect(await section('Known deviations'))
      .to.include('Ticket 7 is open')
      .and.include('identity team')
      .and.include('until 2027-01-31');
    expect(await section('The baseline is out of date')).to.include('old.other is listed and passes');
  });

  it('filters by what a verdict means, in the address, and back', async () => {
    const page = await open(undefined, { at: '#view=verdicts' });
    const counter = page.locator('.counters a', { hasText: 'inconclusive' });
    await counter.click();
    expect(await counter.getAttribute('aria-current')).to.equal('true');
    expect(address(page)).to.equal('#view=verdicts&kind=inconclusive');
    const open5 = ['patch.add', 'patch.replace', 'patch.remove', 'replace.status', 'delete.gone'];
    expect(await checks(page)).to.deep.equal(open5);
    await page.goBack();
    await page.locator('.counters a[aria-current]').waitFor({ state: 'detached' });
    expect(await checks(page)).to.have.length(sampleRun.verdicts.length);
  });

  it('leads from a cause to what it breaks', async () => {
    const page = await open();
    await page.locator('.causes a').first().click();
    expect(await page.locator('.because').innerText()).to.include('POST /Users is answered with 400');
    expect(await checks(page))
      .to.have.length(6)
      .and.include.members(['create.status', 'create.location', 'patch.add']);
  });

  it('searches, says how much it found, keeps it in the address and shows all again', async () => {
    const page = await open(undefined, { at: '#view=verdicts' });
    await page.getByLabel('Search').fill('nickName');
    expect(await checks(page)).to.deep.equal(['ne.absent']);
    expect(await page.getByRole('status').innerText()).to.equal('1 of 14 verdicts');
    expect(address(page)).to.equal('#view=verdicts&q=nickName');
    await page.getByLabel('Search').fill('nowhere');
    expect(await page.locator('.nothing').innerText()).to.equal('Nothing matches.');
    await page.getByRole('link', { name: 'Show all' }).click();
    expect(await checks(page)).to.have.length(sampleRun.verdicts.length);
  });

  it('opens at a verdict, and goes back to the list it was in', async () => {
    const page = await open(undefined, { at: '#view=topics&q=group&verdict=filter.eq+%5BdisplayName%5D' });
    expect(await heading(page)).to.equal('A filter finds the groups that match and no other');
    await page.getByRole('link', { name: '‹ By topic' }).click();
    expect(address(page)).to.equal('#view=topics&q=group');
    expect(await page.getByLabel('Search').inputValue()).to.equal('group');
  });

  it('opens at an exchange and tells what rests on it', async () => {
    const page = await open(undefined, { at: '#view=exchanges&exchange=create.status%231' });
    expect(await heading(page)).to.equal('POST /Users');
    expect(await page.locator('article .notes li').count()).to.equal(5);
    expect(await page.locator('.json').nth(1).innerText()).to.include('"scimType": "invalidValue"');
  });

  it('says so where an address names what is not there', async () => {
    const page = await open(undefined, { at: '#verdict=gone' });
    expect(await page.locator('main').innerText()).to.include('There is no verdict gone in this run.');
  });

  it('can be used by keyboard alone', async () => {
    const page = await open(undefined, { at: '#view=verdicts' });
    await page.keyboard.press('/');
    await page.keyboard.type('201');
    await page.locator('.verdict').nth(1).waitFor({ state: 'detached' });
    await page.getByLabel('Search').fill('');
    await page.keyboard.press('Tab');
    expect(await focused(page)).to.include('filter.eq');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await heading(page)).to.equal('A created user is answered with 201');
    expect(await focused(page)).to.equal('A created user is answered with 201');
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'A created user has its address' }).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'A created user is answered with 201' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.lines').waitFor();
    expect(address(page)).to.equal('#view=verdicts');
  });

  it('brings the back button to the line that was followed', async () => {
    const page = await open(undefined, { at: '#view=verdicts', viewport: { width: 800, height: 500 } });
    const link = page.locator('.verdict', { hasText: 'ne.absent' });
    await link.scrollIntoViewIfNeeded();
    const before = await page.evaluate('scrollY');
    expect(before).to.be.above(0);
    await link.click();
    await page.locator('article').waitFor();
    expect(await page.evaluate('scrollY')).to.equal(0);
    await page.goBack();
    await page.locator('.verdict:focus', { hasText: 'ne.absent' }).waitFor();
    expect(await page.evaluate('scrollY')).to.equal(before);
  });

  it('shows expected and actual, clause, weight, commands and the decisive exchange of a failure', async () => {
    const page = await open(undefined, { at: '#verdict=create.status' });
    const text = await page.locator('article').innerText();
    for (const part of [
      'status 201',
      'status 400',
      'A successful create answers 201.',
      'SHALL: the document requires it.',
      'scimulator rerun create.status https://bridge.example.com/scim/v2 --profile jumpcloud',
    ]) {
      expect(text).to.include(part);
    }
    await page.locator('.sides summary', { hasText: '2 headers' }).last().click();
    expect(await page.locator('.sides').innerText()).to.include('application/scim+json');
    expect(await page.locator('.sides mark').allInnerTexts()).to.deep.equal([
      '400',
      '"scimType": "invalidValue"',
      '"detail": "Attribute externalId is required for ada-k3v9q2xw"',
    ]);
  });

  it('tells of a failure how to fix it and why it matters to each identity provider', async () => {
    const page = await open(undefined, { at: '#verdict=create.status' });
    const section = (title: string): Promise<string> =>
      page.locator('section', { has: page.getByRole('heading', { name: title }) }).innerText();
    expect(await section('How to fix'))
      .to.include('Answer a POST that made the user with 201.')
      .and.include('The server demands something that this request does not bring');
    expect(await section('Why it matters')).to.match(/Okta[^]*It creates them too\.[^]*JumpCloud/);
    await page.getByRole('link', { name: 'JumpCloud' }).click();
    expect(address(page)).to.equal('#view=providers&only=idp%3Ajumpcloud');
  });

  it('marks a header that is missing where a judgement speaks of it', async () => {
    const page = await open(undefined, { at: '#verdict=create.location' });
    expect(await page.locator('.sides .headers').last().innerText()).to.include('location: not there');
  });

  it('says of each identity provider what it counts on, what breaks first', async () => {
    const page = await open(undefined, { at: '#view=providers' });
    expect(await page.locator('.heading .label').allInnerTexts()).to.deep.equal(['JumpCloud', 'Breaks']);
    expect(await checks(page)).to.include.members(['create.status', 'create.location', 'leaver-in-two-groups:1']);
  });

  it('copies the script that shows a failure again', async () => {
    const page = await open(undefined, {
      at: '#verdict=create.status',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByText('Shell script that shows this again').click();
    await page.getByRole('button', { name: 'Copy script' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).to.match(/^#!\/bin\/sh/);
  });

  it('goes from a blocked verdict to the one that blocked it', async () => {
    const page = await open(undefined, { at: '#view=verdicts&kind=inconclusive&verdict=patch.add' });
    await page.getByRole('link', { name: 'create.status', exact: true }).click();
    expect(await heading(page)).to.equal('A created user is answered with 201');
  });

  it('has a tree of clauses that folds', async () => {
    const page = await open(undefined, { at: '#view=clauses' });
    const headings = (): Promise<string[]> => page.locator('.heading .label').allInnerTexts();
    expect(await headings()).to.include.members(['JumpCloud', 'RFC 7644', 'Section 3.3', 'RFC7644-3.3-04']);
    expect(await page.locator('.heading', { hasText: 'RFC 7644' }).first().innerText())
      .to.include('SCIM: protocol')
      .and.match(/5 of 25/);
    expect(await page.locator('.heading', { hasText: 'Section 3.3' }).innerText())
      .to.include('creating resources')
      .and.match(/3 of 5/);
    await page.getByRole('button', { name: 'RFC 7644' }).click();
    expect(await headings()).to.not.include('Section 3.3');
    expect(await page.getByRole('button', { name: 'RFC 7644' }).getAttribute('aria-expanded')).to.equal('false');
  });

  it('keeps provisioning rules in a view of their own', async () => {
    const page = await open(undefined, { at: '#view=rules' });
    expect(await page.locator('.heading .label').allInnerTexts()).to.deep.equal(['JumpCloud', 'JC-49']);
    expect(await checks(page)).to.deep.equal(['leaver-in-two-groups:1']);
  });

  it('tells a scenario as a time line with its requests', async () => {
    const page = await open(undefined, { at: '#view=scenarios' });
    expect(await page.locator('.steps > li').count()).to.equal(4);
    expect(await page.locator('.steps .path').allInnerTexts()).to.deep.equal(['/Users', '/Groups/g-1', '/Users/u-1']);
    await page.locator('.steps .line').nth(1).click();
    expect(await heading(page)).to.equal('PATCH /Groups/g-1');
    expect(await page.locator('.json').innerText()).to.include('"path": "members"');
  });

  it('tells what each step of a scenario changed on either side, and both sides whole on demand', async () => {
    const page = await open(undefined, { at: '#view=scenarios' });
    const changes = (step: number): Promise<string[]> =>
      page
        .locator('.steps > li')
        .nth(step - 1)
        .locator('.change')
        .allInnerTexts();
    expect(await changes(1)).to.have.length(2);
    expect((await changes(2)).map(text => text.replace(/\s+/g, ' '))).to.deep.equal(['Endpoint ada active']);
    expect((await changes(3)).join(' ')).to.match(/Directory\s+eng\s+bound: ada\s+→\s+bound: nobody/);
    expect((await changes(4)).join(' ')).to.match(/Endpoint\s+ada\s+active\s+→\s+inactive/);
    expect(await page.locator('.steps > li').nth(3).locator('.change mark').allInnerTexts()).to.deep.equal([
      'inactive',
    ]);
    await page.getByRole('button', { name: 'Both sides' }).last().click();
    const table = page.locator('.both-sides');
    expect(await table.locator('tbody th').allInnerTexts()).to.deep.equal(['ada', 'eng']);
    expect(await table.locator('mark').allInnerTexts()).to.deep.equal(['inactive']);
  });

  it('shows what a hostile target sent as text', async () => {
    const page = await open(undefined, { at: '#verdict=filter.eq+%5BdisplayName%5D' });
    expect(await page.locator('article').innerText())
      .to.include(hostile.script)
      .and.include(hostile.image)
      .and.include('\\u001b[2J')
      .and.include('user\\u202etxt.exe');
    expect(await page.locator('#page img, #page script, #page iframe').count()).to.equal(0);
    expect(await page.evaluate('globalThis.broken')).to.equal(undefined);
  });

  it('is not moved by hostile text in its address, nor by checks of such names', async () => {
    const values = Object.values(hostile);
    const odd = values.map(check => ({ kind: 'verdict', verdict: verdict({ check, outcome: 'fail' }) }) as const);
    const page = await open(fold([...sampleEvents, ...odd]));
    for (const value of values) {
      await goTo(
        page,
        `#${new URLSearchParams({ view: 'verdicts', q: value.slice(0, 12), verdict: value }).toString()}`,
      );
      expect(await page.locator('article').count(), value).to.equal(1);
      expect(await page.locator('#page img, #page script, #page iframe').count(), value).to.equal(0);
      expect(await page.evaluate('globalThis.broken'), value).to.equal(undefined);
    }
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

  it('has two looks', async () => {
    const background = async (colorScheme: 'light' | 'dark'): Promise<unknown> =>
      (await open(sampleRun, { colorScheme })).evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background('light')).to.not.equal(await background('dark'));
  });

  const places = [
    '#',
    '#view=verdicts',
    '#view=clauses',
    '#view=providers',
    '#view=scenarios',
    '#view=exchanges',
    '#verdict=filter.eq+%5BdisplayName%5D',
    '#exchange=filter.eq%232',
  ];
  it('fits a phone at every place', async () => {
    const page = await open(undefined, { viewport: { width: 360, height: 740 } });
    for (const at of places) {
      await goTo(page, at);
      await page.evaluate(
        `document.querySelectorAll('details, .line[aria-expanded=false]').forEach(each => each.click())`,
      );
      expect(await overflow(page), at).to.be.at.most(0);
    }
  });

  it('unfolds failures for print and hides what paper cannot do', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.locator('.printed').count()).to.equal(4);
    expect(await page.locator('.printed .json').count()).to.be.above(4);
    expect(await page.locator('.menu').isVisible()).to.equal(false);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await page.locator('.printed').count()).to.equal(0);
  });
});

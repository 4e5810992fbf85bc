import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { fold } from '../record/index.ts';
import { hostile, sampleEvents, sampleHeader, sampleRun, verdict } from './sample-run.test.ts';
import { html } from './html.ts';
import { toReport } from './report.ts';

const page = html.write(sampleRun);

/** What stands between these two marks, which occur once. */
function between(text: string, start: string, end: string): string {
  expect(text.split(start), start).to.have.length(2);
  const [, rest = ''] = text.split(start);
  return rest.slice(0, rest.indexOf(end));
}

const dataOf = (text: string): string => between(text, '<script type="text/plain" id="report">', '</script>');
const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Directives of the policy in the page's own meta element. */
function policyOf(text: string): ReadonlyMap<string, string> {
  const content = between(text, '<meta http-equiv="Content-Security-Policy" content="', '"').replaceAll('&#39;', "'");
  return new Map(
    content.split('; ').map(directive => [directive.replace(/ .*/, ''), directive.replace(/^[\w-]+ /, '')]),
  );
}

describe('The HTML report', () => {
  it('holds the run, unchanged', () => {
    const text = inflateSync(Buffer.from(dataOf(page), 'base64')).toString();
    expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(toReport(sampleRun))));
  });

  it('lets no value out of the data block', () => {
    const data = dataOf(page);
    expect(data).to.match(/^[A-Za-z0-9+/]+={0,2}$/);
    for (const value of [hostile.script, hostile.comment, hostile.image]) {
      expect(page).to.not.include(value);
    }
  });

  it('lets no value out of the title', () => {
    const target = 'http://x/</title><script>alert(1)</script>"&';
    const text = html.write(fold([{ ...sampleHeader, target }]));
    expect(between(text, '<title>', '</title>'))
      .to.include('&lt;/title&gt;&lt;script&gt;')
      .and.include('&quot;&amp;');
  });

  it('has as many elements that run whatever the run holds', () => {
    const count = (text: string): number => text.match(/<script/g)?.length ?? 0;
    const more = [...sampleEvents, { kind: 'verdict', verdict: verdict({ check: hostile.script }) }] as const;
    expect(count(html.write(fold(more))))
      .to.equal(count(html.write(fold([sampleHeader]))))
      .and.equal(2);
  });

  it('forbids everything but its own script and style, by their hashes', () => {
    const policy = policyOf(page);
    expect(policy.get('default-src')).to.equal("'none'");
    expect(policy.get('script-src')).to.equal(sha256(between(page, '<script>', '</script>')));
    expect(policy.get('style-src')).to.equal(sha256(between(page, '<style>', '</style>')));
    expect(policy.get('base-uri')).to.equal("'none'");
    expect(policy.get('form-action')).to.equal("'none'");
  });

  it('states the policy before anything it could apply to', () => {
    const policy = page.indexOf('http-equiv');
    for (const element of ['<style', '<script', '<link', '<img']) {
      const at = page.indexOf(element);
      if (at !== -1) expect(at, element).to.be.above(policy);
    }
  });

  it('refers to nothing outside of itself', () => {
    const markup = page.replace(dataOf(page), '').replace(between(page, '<script>', '</script>'), '');
    expect(markup).to.not.match(/\b(?:src|href)=/);
    expect(between(page, '<style>', '</style>')).to.not.match(/url\(|@import/);
  });
});

import { expect } from 'chai';
import { eventsOf, fold, parseRecord } from '../record/index.ts';
import { sampleRun } from './sample-run.test.ts';
import { writerFor, writers } from './index.ts';

describe('writers', () => {
  it('are found by their format', () => {
    expect([...writers.keys()]).to.include.members(['text', 'json', 'html']);
    for (const [format, writer] of writers) {
      expect(writer.format).to.equal(format);
      expect(writerFor(format)).to.equal(writer);
    }
  });

  it('are none for a name that is no format', () => {
    for (const name of ['', 'pdf', 'constructor']) expect(writerFor(name), name).to.equal(undefined);
  });

  for (const writer of writers.values()) {
    it(`write the same twice: ${writer.format}`, () => {
      expect(writer.write(sampleRun)).to.equal(writer.write(sampleRun)).and.not.equal('');
    });

    it(`write the same again from the record: ${writer.format}`, () => {
      const record = eventsOf(sampleRun).map(event => `${JSON.stringify(event)}\n`);
      expect(writer.write(fold(parseRecord(record.join(''))))).to.equal(writer.write(sampleRun));
    });
  }
});

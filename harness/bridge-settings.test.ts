import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBridgeSettings, SettingsError } from './bridge-settings.ts';

describe('bridge settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scimulator-'));
  after(() => rmSync(folder, { recursive: true }));
  const load = (text: string) => {
    const file = join(folder, 'settings.json');
    writeFileSync(file, text);
    return loadBridgeSettings(file);
  };

  it('are read from a file, the rest keeps its default', () => {
    const settings = load(
      '{"bulk": false, "removeValue": "all", "defaultPageSize": 7, "baseUrl": "https://h.example/scim"}',
    );
    expect(settings).to.include({
      bulk: false,
      removeValue: 'all',
      defaultPageSize: 7,
      baseUrl: 'https://h.example/scim',
    });
    expect(settings).to.include({ patch: true, maxDepth: 24 });
  });

  const mistakes: readonly [string, string, RegExp][] = [
    ['no JSON', '{bulk', /settings\.json: /],
    ['no object', '[]', /an object of settings/],
    ['a misspelt setting', '{"bulc": true}', /no setting bulc \(did you mean bulk\?\)/],
    [
      'a word that is none of the choices',
      '{"removeValue": "some"}',
      /removeValue takes listed, all, refuse, not "some"/,
    ],
    ['a value of another type', '{"sort": "no"}', /sort takes a boolean, not "no"/],
    ['null', '{"me": null}', /me takes an object, not null/],
    ['a limit below one', '{"maxDepth": 0}', /maxDepth is 0; give a whole number above 0/],
    ['a member of every object', '{"constructor": 1}', /no setting constructor/],
  ];
  for (const [what, text, message] of mistakes) {
    it(`refuse ${what} and say what to do`, () => {
      expect(() => load(text)).to.throw(SettingsError, message);
    });
  }

  it('refuse a file that is not there', () => {
    expect(() => loadBridgeSettings(join(folder, 'nowhere.json'))).to.throw(
      SettingsError,
      /nowhere\.json.*no such file/,
    );
  });
});

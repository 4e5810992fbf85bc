import type { RunEvent } from '../reports/record/index.ts';

/** Ids of the bridge, and of the simulated directory, which hold the time as JumpCloud's do. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{24}\b/gi;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;
const HTTP_DATE = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g;

/**
 * A record with run mark, ids, times, versions and ports mapped to placeholders. Ids are numbered as they appear. Ledger
 * lines are written the moment something happens, so between concurrent checks their order is the clock's: they are sorted.
 */
export function canonical(events: readonly RunEvent[]): string[] {
  const run = events.find(event => event.kind === 'header')?.run ?? '';
  const isLedger = (event: RunEvent) => 'endpoint' in event;
  const mask = (event: RunEvent): string =>
    JSON.stringify(event, (key, value: unknown) => (key === 'at' || key === 'ms' ? 0 : value))
      .replaceAll(run, 'RUN')
      .replaceAll(run.toUpperCase(), 'RUN')
      // A probe asks for parts of an id, another writes its first character as an escape.
      .replace(/id%20(co|sw|ew)%20%22[0-9a-f-]+%22/g, 'id $1 PART')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{11}(?![0-9a-f])/g, 'PART')
      .replace(/\/%(3\d|6[1-6])(?=[0-9a-f]{7}-)/gi, (_, code: string) => `/${String.fromCharCode(parseInt(code, 16))}`)
      .replaceAll('%3A', ':')
      .replaceAll('%2B', '+')
      .replace(TIME, 'TIME')
      .replace(HTTP_DATE, 'TIME')
      .replace(/W\/\\"[^"\\]*\\"/g, 'VERSION')
      .replace(/127\.0\.0\.1:\d+/g, 'HOST')
      .replace(/[?&]cursor=[^"&]*/g, 'CURSOR')
      .replace(/"(?:nextC|previousC|c)ursor":"[^"]*"/g, 'CURSOR');
  const ids = new Map<string, string>();
  const numbered = (line: string) =>
    line.replace(ID, written => {
      const id = written.toLowerCase();
      if (!ids.has(id)) ids.set(id, `ID${ids.size}`);
      return ids.get(id) ?? id;
    });
  const main = events.filter(event => !isLedger(event)).map(event => numbered(mask(event)));
  const ledger = events.filter(isLedger).map(event => numbered(mask(event)));
  return [...main, ...ledger.sort()];
}

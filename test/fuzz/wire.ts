import type { Json } from '../../scim/wire/message.ts';
import type { Random } from './random.ts';
import type { Known } from './requests.ts';

/** The bearer token that may do everything. */
export const TOKEN = 'fuzz-full-access';
/** The bearer token that may read. */
export const READ_TOKEN = 'fuzz-read-only';

const mediaTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'application/scim+json; charset="utf-8"',
  'application/scim+json;charset=latin1',
  'text/plain',
  '',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  ';',
  'application/*',
  'APPLICATION/SCIM+JSON',
];

/** The headers of a request: mostly what it takes. */
export function headers(random: Random, known: Known, isConditional: boolean): Readonly<Record<string, string>> {
  const authorization = random.weighted<string | undefined>([
    [95, `Bearer ${TOKEN}`],
    [1, `bearer  ${TOKEN} `],
    [2, `Bearer ${READ_TOKEN}`],
    [1, undefined],
    [
      1,
      random.pick([
        'Bearer',
        'Bearer  ',
        'Bearer wrong',
        'Basic dTpw',
        'Bearer a b',
        '__proto__',
        `Bearer ${'x'.repeat(3000)}`,
      ]),
    ],
  ]);
  const tag = (): string =>
    known.tags.length > 0 && random.chance(0.7)
      ? random.pick(known.tags)
      : random.pick(['*', 'W/"x"', '"', 'W/', '"a", W/"b"', '']);
  return {
    ...(authorization !== undefined && { authorization }),
    'content-type': random.chance(0.96) ? 'application/scim+json' : random.pick(mediaTypes),
    ...(random.chance(0.2) && {
      accept: random.chance(0.8)
        ? random.pick(['*/*', 'application/json', 'application/scim+json'])
        : random.pick(['text/html', '', ';q=', 'application/json;q=0', '*/*;q=0.1, text/html', 'a/b;q=x']),
    }),
    ...(isConditional && random.chance(0.05) && { 'if-match': tag() }),
    ...(random.chance(0.03) && { 'if-none-match': tag() }),
    ...(random.chance(0.01) && { 'content-encoding': random.pick(['gzip', 'identity', 'br', '__proto__']) }),
    ...(random.chance(0.01) && {
      host: random.pick(['a b', 'evil.example/x?', '[::1]', 'x'.repeat(300), 'h:99999999']),
    }),
    ...(random.chance(0.01) && { 'x-http-method-override': 'DELETE' }),
  };
}

/** The bytes of a body: mostly JSON. */
export function encode(random: Random, json: Json): Buffer {
  const whole = JSON.stringify(json);
  if (random.chance(0.95)) return Buffer.from(whole);
  return random.weighted<() => Buffer>([
    [3, () => Buffer.from(whole.slice(0, random.below(whole.length)))],
    [
      2,
      () =>
        spliced(
          random,
          whole,
          Buffer.from(random.pick([[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0]])),
        ),
    ],
    [
      2,
      () =>
        spliced(random, whole, Buffer.from(random.pick(['{', '}', ',', '"', '\\', '\ufeff', '1e999', '/**/', 'NaN']))),
    ],
    [1, () => Buffer.from('['.repeat(1 + random.below(20_000)))],
    [
      1,
      () => {
        const depth = 1 + random.below(3000);
        return Buffer.from(`${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`);
      },
    ],
    [
      1,
      () =>
        Buffer.from(
          whole.replace(/^\{/, '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},'),
        ),
    ],
    [1, () => Buffer.from(whole.replace(/^\{/, '{"schemas":[],"userName":"double",'))],
    [1, () => Buffer.from(random.pick(['', 'null', '[]', '0', '"text"', 'true', '\ufeff{}', ' ', '{}']))],
    [1, () => Buffer.from(whole, 'utf16le')],
  ])();
}

function spliced(random: Random, whole: string, bytes: Buffer): Buffer {
  const buffer = Buffer.from(whole);
  const at = random.below(buffer.length + 1);
  return Buffer.concat([buffer.subarray(0, at), bytes, buffer.subarray(at)]);
}

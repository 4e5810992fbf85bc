import { readFileSync } from 'node:fs';
import { controlActs, type ControlAct } from '../scim/control-acts.ts';
import { MADE, table } from './page.ts';

const example = (): string => readFileSync(new URL('control-module.mjs', import.meta.url), 'utf8').trimEnd();

const takes = ({ takes: members, takesMore }: ControlAct): string =>
  [...Object.entries(members).map(([name, what]) => `\`${name}\` ${what}`), ...(takesMore ? ['more'] : [])].join(', ');

/** The page of what can be done to an account from behind: over HTTP, and by a module of one's own. */
export const controlPage = (): string =>
  [
    '# Control of an account',
    MADE,
    '',
    'SCIM shows one side of an account. The other one, what people and administrators do there, the mails and the clock, is its control: the simulated 1Password account has one, and for an account of your own you write one.',
    '',
    '- `serve bridge --profile hosted --control-token-env CONTROL_TOKEN` serves it at `/control`, to that token alone.',
    '- `conform`, `rerun` and `play --target` take one: `--control-url http://127.0.0.1:8080/control --control-token-env CONTROL_TOKEN`, or `--control-module <file>`. Checks act only on people and groups that they have made themselves; stories do what they say. Without a control, or with one that lacks an act, what needs it is not applicable.',
    '- In code: `bridge.control`, `connectControl({ url, token })`, `loadControl(file)`, and the option `control` of `conform` and `playScenarios`.',
    '',
    '## Acts',
    '',
    'Over HTTP an act is a path below `/control` with its name; it takes and gives JSON, and gives 204 where it has nothing to give. `GET /control` lists all. A member that ends in `?` may be left out. People are named by id or address, groups by id or name, `by` is the one who acts, an owner by default. Refusals are `{code, message}`, with `rule` where a rule of [the list](onepassword-rules.md) refuses.',
    '',
    ...table(
      ['act', 'what it does', 'method', 'takes', 'gives'],
      Object.entries<ControlAct>(controlActs).map(([name, act]) => [
        `\`${name}\``,
        act.title,
        act.method,
        takes(act),
        act.gives === 'anything' ? '' : act.gives,
      ]),
    ),
    '',
    '## The move from a bridge to hosted provisioning',
    '',
    '```sh',
    'export SCIM_TOKEN=secret CONTROL_TOKEN=other',
    'npx scimulator serve bridge --profile self-hosted --port 8080 --token-env SCIM_TOKEN --control-token-env CONTROL_TOKEN',
    '```',
    '',
    'In another terminal:',
    '',
    '```sh',
    'export CONTROL_TOKEN=other',
    'act() { curl -fsS -H "Authorization: Bearer $CONTROL_TOKEN" ${2:+--json "$2"} http://127.0.0.1:8080/control/$1; echo; }',
    'act migrate \'{"identityProvider":"okta"}\'  # {"url":"/hosted/scim/v2","token":"…"}: what the identity provider gets now',
    'act service                                # "hosted":"migrating": until it is done both addresses answer 503',
    'act advance \'{"ms":600000}\'',
    'act service                                # "hosted":"on"; the old address answers 500 from now on',
    '```',
    '',
    'People, groups and ids stay. It is refused, and nothing changes, when an owner or administrator does not ask for it (OP-7), when domains of members are missing or public (OP-8a, OP-8b), for the plan `msp` (OP-9) and for identity providers that do not migrate (OP-51a). There is no way back (OP-48b).',
    '',
    '## A module of your own',
    '',
    'A module exports `control`: an object, or an instance of a class, with a function for each act that it can do, typed as `Control`. [docs/control-module.mjs](control-module.mjs) is one:',
    '',
    '```js',
    example(),
    '```',
    '',
    '```sh',
    'export SCIM_TOKEN=secret CONTROL_TOKEN=other',
    'npx scimulator serve bridge --profile hosted --port 8080 --token-env SCIM_TOKEN --control-token-env CONTROL_TOKEN',
    '```',
    '',
    '```sh',
    'ACCOUNT_TOKEN=other npx scimulator conform http://127.0.0.1:8080/scim/v2 --token-env SCIM_TOKEN \\',
    "  --profile 1password-hosted --only 'onepassword.*' --control-module docs/control-module.mjs",
    'ACCOUNT_TOKEN=other npx scimulator play invited-and-accepted leaver-who-joined --account hosted \\',
    '  --target http://127.0.0.1:8080/scim/v2 --token-env SCIM_TOKEN --control-module docs/control-module.mjs',
    '```',
    '',
    'A module that cannot be used is refused with its name and what is wrong, before anything is sent. What an act throws blocks the check or the story that asked for it, and is told there. Checks know one word of an account: whoever is `pending` after signing up is confirmed.',
    '',
  ].join('\n');

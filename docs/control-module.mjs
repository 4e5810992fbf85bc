/**
 * Acts on the account behind a service provider, for `--control-module`. This one asks the control API of `serve bridge`, so
 * that there is something to try it on; yours asks whatever your account offers. An act that is left out is one that nobody
 * can do: checks and stories that need it are not applicable.
 */
if (!process.env.ACCOUNT_TOKEN) throw new Error('set ACCOUNT_TOKEN to the token of the control API');

async function ask(act, given) {
  const { ACCOUNT_URL = 'http://127.0.0.1:8080/control', ACCOUNT_TOKEN } = process.env;
  const response = await fetch(`${ACCOUNT_URL}/${act}`, {
    method: given === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${ACCOUNT_TOKEN}`, 'content-type': 'application/json' },
    ...(given !== undefined && { body: JSON.stringify(given) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text === '' ? undefined : JSON.parse(text);
}

/** @type {import('scimulator').Control} */
export const control = {
  /** What somebody does who follows the invitation. Gives the person: `{ id, address, name, state, role }`. */
  accept: ({ person }) => ask('accept', { person }),
  confirm: ({ person }) => ask('confirm', { person }),
  confirmAddress: ({ person }) => ask('confirmAddress', { person }),
  deleteForGood: ({ person }) => ask('deleteForGood', { person }),
  /** A group that provisioning does not manage. Gives the group: `{ id, name, members, managed, permissions }`. */
  addGroup: group => ask('addGroup', group),
  selectGroups: ({ groups }) => ask('selectGroups', { groups }),
  people: () => ask('people'),
  outbox: () => ask('outbox'),
};

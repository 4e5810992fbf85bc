/** What names stand for in the tables of expressions. */
export const exampleContext = {
  s: 'héllo',
  n: null,
  i: 7,
  f: 1.5,
  b: true,
  a: [3, 1, 2],
  as: ['x', 'y'],
  m: { k: 'v', z: null, n: { d: 1 } },
  objs: [
    { type: 'home', v: 1 },
    { type: 'work', v: 2 },
  ],
  e: [],
  jcUser: { firstname: 'Ada', lastname: 'Lovelace' },
};

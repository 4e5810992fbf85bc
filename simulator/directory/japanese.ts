/** A name and its reading in Latin letters: the reading cannot be told from the characters. */
type Read = readonly [name: string, reading: string];

/** Common Japanese family names. */
export const familyNames: readonly Read[] = [
  ['佐藤', 'sato'],
  ['鈴木', 'suzuki'],
  ['高橋', 'takahashi'],
  ['田中', 'tanaka'],
  ['伊藤', 'ito'],
  ['渡辺', 'watanabe'],
  ['山本', 'yamamoto'],
  ['中村', 'nakamura'],
  ['小林', 'kobayashi'],
  ['加藤', 'kato'],
  ['吉田', 'yoshida'],
  ['山田', 'yamada'],
  ['松本', 'matsumoto'],
  ['井上', 'inoue'],
  ['木村', 'kimura'],
  ['清水', 'shimizu'],
];

/** Common Japanese given names. */
export const givenNames: { readonly female: readonly Read[]; readonly male: readonly Read[] } = {
  female: [
    ['陽子', 'yoko'],
    ['恵子', 'keiko'],
    ['さくら', 'sakura'],
    ['美咲', 'misaki'],
    ['真由美', 'mayumi'],
    ['直美', 'naomi'],
    ['葵', 'aoi'],
    ['結衣', 'yui'],
  ],
  male: [
    ['健太', 'kenta'],
    ['大輔', 'daisuke'],
    ['拓也', 'takuya'],
    ['翔太', 'shota'],
    ['直樹', 'naoki'],
    ['誠', 'makoto'],
    ['隆', 'takashi'],
    ['浩', 'hiroshi'],
  ],
};

// A small invented release in RF2's columns, for tests: no content of SNOMED CT.
import type { Rf2Kind, Rf2Release } from './rf2.js';

const module_ = '900000000000207008';
const fsn = '900000000000003001';
const synonym = '900000000000013009';

const root = '100001';
const finding = '200001';
const inflamed = '200002';
const inflamedArm = '200003';
const retired = '200009';
const site = '300001';
const body = '400001';
const arm = '400002';
const hand = '400003';
const list = '500001';
const replacedBy = '900000000000526001';
export const ids = { root, finding, inflamed, inflamedArm, retired, site, body, arm, hand, list, replacedBy };

const names: Readonly<Record<string, string>> = {
  [root]: 'Everything',
  [finding]: 'Finding',
  [inflamed]: 'Inflammation',
  [inflamedArm]: 'Inflammation of arm',
  [retired]: 'Sore arm',
  [site]: 'Site',
  [body]: 'Body part',
  [arm]: 'Arm',
  [hand]: 'Hand',
  [list]: 'List of findings',
  [replacedBy]: 'REPLACED BY',
};

const parents: readonly (readonly [string, string])[] = [
  [finding, root],
  [inflamed, finding],
  [inflamedArm, inflamed],
  [body, root],
  [arm, body],
  [hand, arm],
];

const relationship = (source: string, target: string, type: string, group = '0') => [
  ...['1', '20250101', '1', module_, source, target, group, type],
  ...['900000000000011006', '900000000000451002'],
];

const rows: Readonly<Record<Rf2Kind, readonly (readonly string[])[]>> = {
  concept: Object.keys(names).map((id) => [id, '20250101', id === retired ? '0' : '1', module_, '900000000000074008']),
  description: Object.entries(names).flatMap(([id, name]) => [
    [`${id}1`, '20250101', '1', module_, id, 'en', fsn, `${name} (invented)`, ''],
    [`${id}2`, '20250101', '1', module_, id, 'en', synonym, `Other word for ${name}`, ''],
    [`${id}3`, '20250101', '1', module_, id, 'en', synonym, name, ''],
    [`${id}4`, '20250101', '0', module_, id, 'en', synonym, `Old word for ${name}`, ''],
  ]),
  language: Object.keys(names).map((id) => [
    ...['x', '20250101', '1', module_, '900000000000509007', `${id}3`, '900000000000548007'],
  ]),
  relationship: [
    ...parents.map(([child, parent]) => relationship(child, parent, '116680003')),
    relationship(inflamedArm, arm, site, '1'),
    relationship(inflamed, body, site, '1'),
  ],
  concrete: [],
  simple: [['x', '20250101', '1', module_, list, inflamed]],
  association: [['x', '20250101', '1', module_, replacedBy, retired, inflamedArm]],
};

export const sampleRelease: Rf2Release = { rows: (kind) => rows[kind], progress: () => undefined };
export const sampleVersion = 'http://snomed.info/sct/900000000000207008/version/20250101';
export const sampleOptions = { version: sampleVersion, dialect: '900000000000509007', language: 'en-US' };

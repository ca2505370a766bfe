import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findValueSet } from '../../terminology/content.js';
import { evaluateEcl } from '../../terminology/ecl/evaluate.js';
import { ordinalsOf } from '../../terminology/editions/hierarchy-selection.js';
import { expand } from '../../terminology/operations/expand.js';
import { lookup } from '../../terminology/operations/lookup.js';
import { subsumes } from '../../terminology/operations/subsumes.js';
import { entriesNamed, translate } from '../../terminology/operations/translate.js';
import { validate } from '../../terminology/operations/validate.js';
import { plainOptions, scopeOf } from '../../terminology/scope.js';
import { editionOfRf2 } from '../../terminology/sources/rf2.js';
import { ids, sampleOptions, sampleRelease, sampleVersion } from '../../terminology/sources/rf2-sample.js';
import { readEdition, readHeader, writeEdition } from './edition-file.js';
import { loadEditions } from './installed-editions.js';
import { rf2Release } from './rf2-files.js';

const folder = mkdtempSync(join(tmpdir(), 'editions-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const built = editionOfRf2(sampleRelease, sampleOptions);
const path = writeEdition(folder, built.stated, built.sections);
const edition = readEdition(path);
const system = 'http://snomed.info/sct';
const scope = scopeOf(loadEditions(folder), plainOptions);

describe('an edition on disk', () => {
  it('says what it is without being read', () => {
    expect(readHeader(path)).toMatchObject({ url: system, version: sampleVersion, concepts: 11 });
  });

  it('finds every code, and none that is not there', () => {
    for (const code of Object.values(ids)) expect(edition.code(edition.find(code))).toBe(code);
    expect(edition.find('999999')).toBe(-1);
  });

  it('is not there before it is whole: what a killed import left is neither read nor kept', () => {
    const other = mkdtempSync(join(tmpdir(), 'killed-'));
    writeFileSync(join(other, 'snomed-1.edition.unfinished'), 'CONCTERM');
    expect(loadEditions(other).codeSystemUrls()).toEqual([]);
    writeEdition(other, built.stated, built.sections);
    expect(readdirSync(other)).toEqual([basename(path)]);
    rmSync(other, { recursive: true });
  });

  it('is refused when it was cut short, and when a byte was altered', () => {
    const bytes = readFileSync(path);
    const [short, altered] = ['short', 'altered'].map((name) => join(folder, name));
    writeFileSync(short!, bytes);
    truncateSync(short!, bytes.length - 100);
    bytes[bytes.length - 300]! ^= 1;
    writeFileSync(altered!, bytes);
    expect(() => readEdition(short!)).toThrow('it ends too early');
    expect(() => readEdition(altered!)).toThrow('does not fit its digest');
  });
});

describe('what an edition answers', () => {
  it.each([
    [`<< ${ids.finding}`, [ids.finding, ids.inflamed, ids.inflamedArm]],
    [`< ${ids.finding} : ${ids.site} = << ${ids.arm}`, [ids.inflamedArm]],
    [`< ${ids.finding} : { [1..1] ${ids.site} = * }`, [ids.inflamed, ids.inflamedArm]],
    [`< ${ids.finding} : [0..0] ${ids.site} = ${ids.arm}`, [ids.inflamed]],
    [`<< ${ids.finding} MINUS ^ ${ids.list}`, [ids.finding, ids.inflamedArm]],
    [`(<! ${ids.root} OR ${ids.arm}) AND << ${ids.body}`, [ids.body, ids.arm]],
    [`${ids.inflamedArm} {{ +HISTORY-MOD }}`, [ids.inflamedArm, ids.retired]],
    [`${ids.inflamedArm} {{ +HISTORY-MIN }}`, [ids.inflamedArm]],
    [`${ids.inflamedArm} . ${ids.site}`, [ids.arm]],
    [`>! ${ids.hand} |Hand|`, [ids.arm]],
  ])('computes %s', (expression, expected) => {
    const found = Array.from(ordinalsOf(evaluateEcl(expression, edition).bits), (each) => edition.code(each));
    expect(found).toEqual([...expected].sort());
  });

  it.each(['<<', '< 99999999', '1 OR 2 AND 3', '< 200001 : ', '(< 200001', '< 200001 ~'])(
    'refuses %s',
    (expression) => {
      expect(() => evaluateEcl(expression, edition)).toThrow();
    },
  );

  it('finds by the beginnings of words', () => {
    expect(Array.from(edition.matching('inflam ar'), (each) => edition.code(each))).toEqual([ids.inflamedArm]);
    expect(edition.matching('nothing')).toHaveLength(0);
  });

  it('tells the preferred term, attributes and what stands above', () => {
    const found = lookup({ system, code: ids.inflamedArm }, scope, []);
    expect(found.display).toBe('Inflammation of arm');
    expect(found.properties.map(({ element }) => element)).toContainEqual({ code: ids.site, valueCode: ids.arm });
    expect(found.properties.map(({ element }) => element)).toContainEqual({ code: 'parent', valueCode: ids.inflamed });
  });

  it('knows which code subsumes which', () => {
    const outcome = (a: string, b: string) => subsumes({ system, code: a }, { system, code: b }, scope);
    expect(outcome(ids.finding, ids.inflamedArm)).toBe('subsumes');
    expect(outcome(ids.hand, ids.body)).toBe('subsumed-by');
    expect(outcome(ids.hand, ids.finding)).toBe('not-subsumed');
    expect(outcome(ids.hand, ids.hand)).toBe('equivalent');
  });

  it.each([system, 'http://snomed.info/sct/900000000000207008', sampleVersion])(
    'translates an inactive concept by the map that %s has by nature',
    (base) => {
      const maps = entriesNamed(`${base}?fhir_cm=${ids.replacedBy}`, scope.content).map((entry) => entry.resource());
      const options = { dependencies: [], isReverse: false };
      const [match, ...more] = translate({ system, code: ids.retired }, maps, scope.content, options);
      const target = { system, version: sampleVersion, code: ids.inflamedArm, display: 'Inflammation of arm' };
      expect(match).toMatchObject({ equivalence: 'equivalent', target });
      expect(more).toEqual([]);
      expect(translate({ system, code: ids.hand }, maps, scope.content, options)).toEqual([]);
    },
  );

  it.each([ids.list, '900000000000527005', 'x'])('has no map of %s', (set) => {
    expect(entriesNamed(`${system}?fhir_cm=${set}`, scope.content)).toEqual([]);
    expect(entriesNamed(`${system}/1?fhir_cm=${ids.replacedBy}`, scope.content)).toEqual([]);
  });

  const implicit = (query: string) => findValueSet(scope.content, `${system}?fhir_vs${query}`)!.resource();
  const isIn = (query: string, code: string) =>
    validate({ kind: 'coding', coding: { system, code } }, scope, {
      valueSet: implicit(query),
      abstractAllowed: true,
      lenientDisplay: false,
      membershipOnly: false,
    }).result;

  it('expands implicit value sets', () => {
    const options = { excludeNested: false, includeDesignations: false, designations: [], properties: [], limit: 100 };
    const codes = (query: string) => expand(implicit(query), scope, options).codes.map(({ code }) => code);
    expect(codes(`=isa/${ids.body}`)).toEqual([ids.body, ids.arm, ids.hand]);
    expect(codes(`=refset/${ids.list}`)).toEqual([ids.inflamed]);
    expect(codes(`=ecl/${encodeURIComponent(`< ${ids.body}`)}`)).toEqual([ids.arm, ids.hand]);
    expect(codes('')).toHaveLength(11);
  });

  it('has no value set of what is no reference set', () => {
    expect(findValueSet(scope.content, `${system}?fhir_vs=refset/${ids.arm}`)).toBeUndefined();
    expect(findValueSet(scope.content, `${system}?fhir_vs=isa/99999999`)).toBeUndefined();
  });

  const checked = (code: string, display?: string) =>
    validate(
      { kind: 'code', coding: { system, code, ...(display !== undefined && { display }) }, inferSystem: false },
      scope,
      {
        valueSet: undefined,
        abstractAllowed: true,
        lenientDisplay: false,
        membershipOnly: false,
      },
    );

  it('takes a display that is no longer in use, and says which are', () => {
    const { result, issues } = checked(ids.arm, 'Old word for Arm');
    expect([result, issues.map(({ severity, message }) => `${severity}: ${message.text}`)]).toEqual([
      true,
      [
        `warning: 'Old word for Arm' is no longer considered a correct display for code '${ids.arm}' (status = inactive). The correct display is one of Arm,"Arm (invented)","Other word for Arm".`,
      ],
    ]);
    expect(checked(ids.arm, 'Leg').result).toBe(false);
  });

  it.each([
    [
      `${ids.finding}:${ids.site}=1`,
      'Not a valid expression: Concept not found (next char = "1", in "200001:300001=1") at character 15',
    ],
    [`${ids.finding}:${ids.site}=999999`, 'Not a valid expression: Concept 999999 not found'],
    [`${ids.arm}|Leg|`, 'Not a valid expression: The term "Leg" is none of concept 400002'],
    [`${ids.finding}:${ids.site}`, 'Not a valid expression: concepts, attributes and marks are out of order'],
  ])('says why %s is no expression', (code, why) => {
    expect(checked(code).issues.map(({ message }) => message.text)).toContain(why);
  });

  it('says that an expression is not held against the concept model', () => {
    const { result, issues } = checked(`${ids.finding}:${ids.site}=${ids.hand}`);
    expect([result, issues.map(({ detail }) => detail)]).toEqual([true, ['process-note']]);
  });

  it('takes a postcoordinated expression where its focus and attributes fit', () => {
    const expression = `${ids.finding}:${ids.site}=${ids.hand}`;
    expect(isIn(`=isa/${ids.finding}`, expression)).toBe(true);
    expect(isIn(`=isa/${ids.body}`, expression)).toBe(false);
    expect(isIn(`=ecl/<< ${ids.finding} : ${ids.site} = << ${ids.arm}`, expression)).toBe(true);
    expect(isIn(`=isa/${ids.finding}`, `${ids.finding}:${ids.site}=1`)).toBe(false);
  });
});

describe('a release on disk', () => {
  it('is refused where a line is cut short, with file and line', () => {
    const release = mkdtempSync(join(tmpdir(), 'rf2-'));
    const heading = 'id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\r\n';
    for (const kind of ['Concept', 'Description', 'Relationship'])
      writeFileSync(join(release, `sct2_${kind}_Snapshot_INT_20250101.txt`), `${heading}1\t2\t1\t3\t4\r\n5\t6`);
    const read = () => [...rf2Release(release, () => undefined).rows('concept')];
    expect(read).toThrow('sct2_Concept_Snapshot_INT_20250101.txt, line 3: 2 columns where the heading has 5');
    rmSync(release, { recursive: true });
  });
});

// Small invented releases in the formats of RxNorm, ICD-10-CM, CVX and NDC: nothing of their content.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expand } from '../../terminology/operations/expand.js';
import { lookup } from '../../terminology/operations/lookup.js';
import { subsumes } from '../../terminology/operations/subsumes.js';
import type { FilterElement } from '../../terminology/resources.js';
import { plainOptions, scopeOf } from '../../terminology/scope.js';
import type { BuiltEdition } from '../../terminology/sources/built-edition.js';
import { cvxColumns, editionOfCvx } from '../../terminology/sources/cvx.js';
import { editionOfIcd10cm, icd10cmRow } from '../../terminology/sources/icd10cm.js';
import { editionOfNdc, elevenDigits, ndcColumns, type NdcKind } from '../../terminology/sources/ndc.js';
import { editionOfRxNorm } from '../../terminology/sources/rxnorm.js';
import { writeEdition } from './edition-file.js';
import { loadEditions } from './installed-editions.js';
import { ndcDirectory } from './ndc-files.js';
import { barredRows, readLines } from './release-rows.js';
import { rxNormRelease } from './rxnorm-files.js';

const folder = mkdtempSync(join(tmpdir(), 'releases-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${line}\r\n`).join(''));
  return path;
}

function installed(name: string, { stated, sections }: BuiltEdition) {
  const place = join(folder, name);
  writeEdition(place, stated, sections);
  const scope = scopeOf(loadEditions(place), plainOptions);
  const system = stated.url;
  const found = (code: string) => lookup({ system, code }, scope, []);
  return {
    display: (code: string) => found(code).display,
    properties: (code: string) => found(code).properties.map(({ element }) => element),
    subsumes: (a: string, b: string) => subsumes({ system, code: a }, { system, code: b }, scope),
    filtered: (...filter: readonly FilterElement[]) => {
      const include = [{ system, filter }];
      const valueSet = { resourceType: 'ValueSet', url: 'urn:asked', status: 'active', compose: { include } } as const;
      const options = { excludeNested: true, includeDesignations: false, designations: [], properties: [], limit: 9 };
      return expand(valueSet, scope, options).codes.map(({ code, inactive }) => (inactive ? `${code} inactive` : code));
    },
  };
}

describe('RxNorm', () => {
  const atom = (id: string, source: string, type: string, name: string, suppressed = 'N') =>
    `${id}|ENG||||||1${id}||||${source}|${type}|${id}|${name}||${suppressed}||`;
  const relation = (first: string, second: string, name: string) =>
    `${first}||CUI|RO|${second}||CUI|${name}|||RXNORM||||N||`;
  const release = () => {
    file(
      'RXNCONSO.RRF',
      atom('1', 'RXNORM', 'IN', 'moonine'),
      atom('2', 'RXNORM', 'SCD', 'moonine 5 MG Oral Tablet'),
      atom('2', 'RXNORM', 'PSN', 'moonine 5 mg tablet'),
      atom('2', 'RXNORM', 'SY', 'moonine tab'),
      atom('2', 'OTHER', 'AB', 'not of RxNorm'),
      atom('3', 'RXNORM', 'SBD', 'moonine 5 MG Oral Tablet [Lunar]', 'O'),
    );
    file('RXNREL.RRF', relation('1', '2', 'has_ingredient'), relation('2', '3', 'isa'), relation('9', '1', 'isa'));
    file('RXNSTY.RRF', '2|T200|A1.3.3|Clinical Drug|AT1||');
    file('RXNSAT.RRF', '2|||12|AUI|2|AT2||RXN_STRENGTH|RXNORM|5 MG|N||', '2|||12|AUI|2|AT3||NDC|OTHER|1|N||');
    return rxNormRelease(folder, () => undefined);
  };
  const rxnorm = installed('rxnorm', editionOfRxNorm(release(), '08042025'));

  it('is called by the name of its own term type', () => {
    expect(['1', '2', '3'].map(rxnorm.display)).toEqual([
      'moonine',
      'moonine 5 MG Oral Tablet',
      'moonine 5 MG Oral Tablet [Lunar]',
    ]);
  });

  it('has term and semantic types, relations and attributes as properties', () => {
    expect(rxnorm.properties('2')).toEqual(
      expect.arrayContaining([
        { code: 'TTY', valueString: 'SCD' },
        { code: 'STY', valueString: 'Clinical Drug' },
        { code: 'has_ingredient', valueCode: '1' },
        { code: 'RXN_STRENGTH', valueString: '5 MG' },
      ]),
    );
    expect(rxnorm.properties('2').some(({ code }) => code === 'NDC')).toBe(false);
  });

  it('is filtered by them, and knows what is obsolete', () => {
    expect(rxnorm.filtered({ property: 'TTY', op: 'in', value: 'SCD,SBD' })).toEqual(['2', '3 inactive']);
    expect(rxnorm.filtered({ property: 'has_ingredient', op: '=', value: '1' })).toEqual(['2']);
    expect(rxnorm.subsumes('2', '3')).toBe('subsumes');
  });

  it('is refused where a file is cut short, and where files are missing', () => {
    file('RXNSTY.RRF', '2|T200|A1');
    const cut = () =>
      editionOfRxNorm(
        rxNormRelease(folder, () => undefined),
        '1',
      );
    expect(cut).toThrow('RXNSTY.RRF, line 1: 3 columns of 6. The file is cut short or damaged.');
    expect(() => rxNormRelease(join(folder, 'none'), () => undefined)).toThrow('it lacks RXNCONSO.RRF');
  });
});

describe('ICD-10-CM', () => {
  const line = (order: number, code: string, flag: 0 | 1, short: string, long: string) =>
    `${String(order).padStart(5, '0')} ${code.padEnd(7)} ${flag} ${short.padEnd(60)} ${long}`;
  const path = file(
    'order.txt',
    line(1, 'Q99', 0, 'Moon sick', 'Moon sickness'),
    line(2, 'Q990', 1, 'Mild moon sick', 'Mild moon sickness'),
    line(3, 'Q991XXA', 1, 'Moon sickness, first', 'Moon sickness, first'),
  );
  const icd = installed('icd', editionOfIcd10cm([...readLines(path, icd10cmRow)], '2025'));

  it('has codes with their dots, in the order of what they begin with', () => {
    expect(icd.display('Q99.0')).toBe('Mild moon sickness');
    expect([icd.subsumes('Q99', 'Q99.1XXA'), icd.subsumes('Q99.0', 'Q99.1XXA')]).toEqual(['subsumes', 'not-subsumed']);
    expect(icd.filtered({ property: 'valid', op: '=', value: 'true' })).toEqual(['Q99.0', 'Q99.1XXA']);
  });

  it('is refused where a line is cut short', () => {
    const short = file('short.txt', line(1, 'Q99', 0, 'Moon sick', 'Moon sickness'), '00002 Q990');
    expect(() => [...readLines(short, icd10cmRow)]).toThrow('short.txt, line 2');
  });
});

describe('CVX', () => {
  const path = file(
    'cvx.txt',
    '901 |moonpox|moonpox vaccine, live||Active|901|False|2020/01/01',
    '902 |old moonpox|old moonpox|no longer made|Inactive|902|False|2020/01/01',
  );
  const cvx = installed('cvx', editionOfCvx([...barredRows(path, cvxColumns)], '20250801'));

  it('has vaccines with their status', () => {
    expect(cvx.display('901')).toBe('moonpox');
    expect(cvx.properties('902')).toContainEqual({ code: 'notes', valueString: 'no longer made' });
    expect(cvx.filtered({ property: 'VaccineStatus', op: 'exists', value: 'true' })).toEqual(['901', '902 inactive']);
  });
});

describe('NDC', () => {
  const rowOf = (kind: NdcKind, cells: Readonly<Record<string, string>>) =>
    ndcColumns[kind].map((column) => cells[column] ?? (column === 'NDC_EXCLUDE_FLAG' ? 'N' : '')).join('\t');
  const drug = { PROPRIETARYNAME: 'Lunar', NONPROPRIETARYNAME: 'moonine', DOSAGEFORMNAME: 'TABLET' };
  const more = {
    ...{ ROUTENAME: 'ORAL; BUCCAL', SUBSTANCENAME: 'MOONINE; SALT', ACTIVE_NUMERATOR_STRENGTH: '5; 1' },
    ...{ ACTIVE_INGRED_UNIT: 'mg/1; ug/1', PHARM_CLASSES: 'Moon, Bright [EPC], Tide [MoA]', LABELERNAME: 'Crème Moon' },
  };
  const products = [
    rowOf('product', { ...drug, ...more, PRODUCTNDC: '0001-0002', PROPRIETARYNAMESUFFIX: 'XR' }),
    rowOf('product', { ...drug, PRODUCTNDC: '0001-0002', PROPRIETARYNAME: 'Listed again' }),
    rowOf('product', { ...drug, PRODUCTNDC: '00001-003', ENDMARKETINGDATE: '20250710', NDC_EXCLUDE_FLAG: 'E' }),
  ];
  const packages = [
    rowOf('package', { PRODUCTNDC: '0001-0002', NDCPACKAGECODE: '0001-0002-03', PACKAGEDESCRIPTION: '9 in 1 BOX' }),
    rowOf('package', { PRODUCTNDC: '00001-003', NDCPACKAGECODE: '00001-003-04', ENDMARKETINGDATE: '20250711' }),
  ];
  const write = (kind: NdcKind, rows: readonly string[], encoding: BufferEncoding = 'utf-8') =>
    writeFileSync(
      join(folder, `${kind}.txt`),
      Buffer.from([ndcColumns[kind].join('\t'), ...rows].join('\r\n'), encoding),
    );
  const read = () =>
    editionOfNdc(
      ndcDirectory(folder, () => undefined),
      '2025-07-11',
    );
  const imported = (encoding?: BufferEncoding) => {
    write('product', products, encoding);
    write('package', packages);
    return installed(`ndc-${encoding ?? ''}`, read());
  };
  const ndc = imported();

  it('names products and their packages, a product listed twice by its first listing', () => {
    expect(['0001-0002', '0001-0002-03'].map(ndc.display)).toEqual([
      'Lunar XR (product)',
      'Lunar XR, 9 in 1 BOX (package)',
    ]);
  });

  it('has what the columns say as properties, lists taken apart', () => {
    expect(ndc.properties('0001-0002')).toEqual(
      expect.arrayContaining([
        { code: 'code-type', valueCode: 'product' },
        { code: 'ROUTENAME', valueString: 'BUCCAL' },
        { code: 'strength', valueString: 'MOONINE 5 mg/1' },
        { code: 'strength', valueString: 'SALT 1 ug/1' },
        { code: 'PHARM_CLASSES', valueString: 'Moon, Bright [EPC]' },
        { code: 'PHARM_CLASSES', valueString: 'Tide [MoA]' },
      ]),
    );
    expect(ndc.properties('0001-0002-03')).toContainEqual({ code: 'product', valueCode: '0001-0002' });
    expect(ndc.properties('00001-003')).toContainEqual({ code: 'NDC_EXCLUDE_FLAG', valueString: 'E' });
  });

  it('finds a package by its eleven digits', () => {
    expect(ndc.filtered({ property: 'ndc11', op: '=', value: '00001000203' })).toEqual(['0001-0002-03']);
  });

  it('takes for inactive what has left the market before the day of the files', () => {
    expect(ndc.filtered({ property: 'code-type', op: '=', value: 'product' })).toEqual([
      '00001-003 inactive',
      '0001-0002',
    ]);
    expect(ndc.properties('00001-003-04')).toContainEqual({ code: 'ENDMARKETINGDATE', valueDateTime: '2025-07-11' });
    expect(ndc.properties('00001-003-04')).toContainEqual({ code: 'inactive', valueBoolean: false });
  });

  it('reads names in the encoding of Windows as well', () => {
    const labeler = { code: 'LABELERNAME', valueString: 'Crème Moon' };
    expect(ndc.properties('0001-0002')).toContainEqual(labeler);
    expect(imported('latin1').properties('0001-0002')).toContainEqual(labeler);
  });

  it('is refused where a file is cut short, lacks a column, or is missing', () => {
    write('package', [packages[0]!, '00001-003\t0000']);
    expect(read).toThrow('package.txt, line 3: 2 columns where the heading has 6. The file is cut short or damaged.');
    writeFileSync(join(folder, 'package.txt'), 'PRODUCTNDC\tNDCPACKAGECODE');
    expect(read).toThrow('package.txt has no column PACKAGEDESCRIPTION');
    rmSync(join(folder, 'package.txt'));
    expect(read).toThrow('it lacks package.txt');
  });

  it.each([
    ['0777-3105-02', '00777310502'],
    ['12345-678-90', '12345067890'],
    ['12345-6789-0', '12345678900'],
    ['0777-3105', undefined],
    ['123456-78-90', undefined],
    ['07773-105-2', undefined],
  ])('fills up the parts of %s', (code, eleven) => {
    expect(elevenDigits(code)).toBe(eleven);
  });
});

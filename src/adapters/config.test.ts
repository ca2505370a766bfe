import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';

const folder = mkdtempSync(join(tmpdir(), 'concord-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'concord.yaml');
  writeFileSync(path, text);
  return path;
}

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toEqual({
      PORT: 8080,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      BASE_URL: 'http://localhost:8080/fhir',
      LOG_LEVEL: 'info',
      NODE_ENV: 'development',
    });
  });

  it('takes the environment over the file', () => {
    const config = loadConfig({ CONCORD_CONFIG: file('PORT: 9000\nHOST: 0.0.0.0\n'), PORT: '9001' });
    expect(config).toMatchObject({ PORT: 9001, HOST: '0.0.0.0' });
  });

  it('drops the slash at the end of the base', () => {
    expect(loadConfig({ BASE_URL: 'https://fhir.example.org/r4/' }).BASE_URL).toBe('https://fhir.example.org/r4');
  });

  it.each([
    ['an unknown variable of its own', { CONCORD_PROT: '1' }, 'CONCORD_PROT is not a setting'],
    ['a port that is none', { PORT: 'http' }, 'PORT'],
    ['a database that is no PostgreSQL', { DATABASE_URL: 'mysql://u:secret@h/d' }, 'DATABASE_URL: must be a URL'],
    ['a file that does not exist', { CONCORD_CONFIG: join(folder, 'none.yaml') }, 'does not exist'],
  ])('refuses %s', (_, environment, text) => {
    expect(() => loadConfig(environment)).toThrow(text);
  });

  it('refuses an unknown key of the file', () => {
    expect(() => loadConfig({ CONCORD_CONFIG: file('PROT: 1\n') })).toThrow('PROT is not a setting');
  });

  it('never repeats a value', () => {
    expect(() => loadConfig({ DATABASE_URL: 'mysql://u:secret@h/d' })).toThrow(/^(?!.*secret)/s);
  });
});

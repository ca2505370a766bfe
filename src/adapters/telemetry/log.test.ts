import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../model/error.js';
import { createLog, type Log, type LogFields } from './log.js';

function logged(act: (log: Log) => void): Record<string, unknown> {
  let line = '';
  act(createLog('info', { write: (text) => void (line += text) }));
  return JSON.parse(line) as Record<string, unknown>;
}

describe('the log', () => {
  it('writes the listed fields', () => {
    const line = logged((log) => log.info('request', { route: '/v1/feeds', status: 200 }));
    expect(line).toMatchObject({ msg: 'request', route: '/v1/feeds', status: 200 });
  });

  it('leaves out a field that is not listed, and one that is too long to be a name', () => {
    const fields = { body: 'PID|1', feed: 'x'.repeat(201) } as LogFields;
    expect(Object.keys(logged((log) => log.info('request', fields)))).toEqual(['level', 'time', 'msg']);
  });

  it('never writes the text of an error that is not its own', () => {
    const error = new SyntaxError('Unexpected token in "Ada Lovelace, born 1815"');
    const line = logged((log) => log.error('failed', error));
    expect(JSON.stringify(line)).not.toContain('Lovelace');
    expect(line).toMatchObject({ error: { name: 'SyntaxError' } });
    expect(JSON.stringify(line)).toContain('log.test.ts:');
  });

  it('writes category and text of a gateway error, and its cause without text', () => {
    const cause = new Error('canary');
    const error = new GatewayError('unavailable', 'The database does not answer.', { cause });
    const line = logged((log) => log.error('failed', error));
    expect(line).toMatchObject({ error: { category: 'unavailable', text: 'The database does not answer.' } });
    expect(JSON.stringify(line)).not.toContain('canary');
  });
});

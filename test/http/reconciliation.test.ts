// Messages that contradict one another, from their sending to what a steward is told of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concord } from '../cli/concord.js';
import { startService, type TestService } from './service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const header = (type: string, hour: string, control: string): string =>
  `MSH|^~\\&|REG|NORTH|CONCORD|HUB|20260102${hour}00+0000||${type}|${control}|P|2.5.1`;
const person = (born: string): string => `PID|1||R1^^^NORTH&2.999.1&ISO^MR||Berg^Ada||${born}|F`;
const admission = (hour: string, born: string) =>
  [header('ADT^A08^ADT_A01', hour, `A${hour}`), person(born)].join('\r');
const result = (hour: string, born: string, status = 'F', control = `O${hour}`) =>
  [
    header('ORU^R01^ORU_R01', hour, control),
    person(born),
    `OBR|1||F1^LAB^2.999.2^ISO|24323-8^Panel^LN|||20260102080000+0000||||||||||||||||||${status}`,
    `OBX|1|NM|2345-7^Glucose^LN||10${status === 'F' ? 2 : 3}|mg/dL^^UCUM|||||${status}|||20260102080000+0000`,
  ].join('\r');

interface Answer {
  readonly messageId: string;
  readonly disposition: string;
  readonly duplicate: boolean;
  readonly report: { readonly decidedBy?: string; readonly issues: readonly { readonly code: string }[] };
  readonly stored: readonly { readonly type: string; readonly id: string; readonly created: boolean }[];
}
const send = async (message: string): Promise<Answer> =>
  (await (await fetch(`${service.url}/v1/normalize/hl7v2`, { method: 'POST', body: message })).json()) as Answer;
const get = async (path: string): Promise<unknown> => (await fetch(service.url + path)).json();
const patientOf = ({ stored }: Answer): string => stored.find(({ type }) => type === 'Patient')!.id;

describe('messages that contradict one another', () => {
  let owner: Answer;
  let other: Answer;
  beforeAll(async () => {
    owner = await send(admission('09', '19800201'));
    other = await send(result('10', '19810201'));
  });

  it('are answered with what was decided, and the owner’s word stands', async () => {
    expect(other).toMatchObject({ disposition: 'publish-with-warnings', report: { decidedBy: 'contract.not-owner' } });
    expect(await get(`/fhir/Patient/${patientOf(owner)}`)).toMatchObject({
      birthDate: '1980-02-01',
      meta: { versionId: '1' },
    });
  });

  it('are listed with both sides, their places and what decided', async () => {
    const { reconciliation } = (await get(`/v1/reconciliation?id=${patientOf(owner)}&state=open`)) as {
      reconciliation: object[];
    };
    const rule = 'hl7v2/PID[Patient]#birthDate';
    expect(reconciliation).toMatchObject([
      {
        state: 'open',
        messageId: other.messageId,
        ...{ type: 'Patient', element: 'birthDate', reason: 'owner', decidedBy: 'ownership Patient.birthDate' },
        refused: true,
        kept: {
          ...{ messageId: owner.messageId, feed: 'hl7v2', sources: ['hl7v2', 'hl7v2/ADT'] },
          ...{ at: '2026-01-02T09:00:00.000Z', value: '1980-02-01', position: { path: 'PID-7' }, rule },
        },
        other: {
          ...{ messageId: other.messageId, feed: 'hl7v2', sources: ['hl7v2', 'hl7v2/ORU'] },
          ...{ at: '2026-01-02T10:00:00.000Z', value: '1981-02-01', position: { path: 'PID-7' }, rule },
        },
      },
    ]);
    expect(await get(`/v1/messages/${owner.messageId}`)).toMatchObject({ reconciliation });
  });

  it('are told of on the command line, without the values', async () => {
    const { code, stdout } = await concord(['reconciliation', '--id', patientOf(owner), '--url', service.url]);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      `Patient/${patientOf(owner)} birthDate: ownership Patient.birthDate`,
      `  kept   PID-7 of message ${owner.messageId}, feed hl7v2, 2026-01-02T09:00:00.000Z`,
      `  other  PID-7 of message ${other.messageId}, feed hl7v2, 2026-01-02T10:00:00.000Z`,
    ]);
    const none = await concord(['reconciliation', '--type', 'Nothing', '--state', 'all', '--url', service.url]);
    expect(none.stdout).toBe('No messages contradict one another.\n');
  });

  describe('and are closed by hand', () => {
    const post = async (number: string, body: unknown) => {
      const request = { method: 'POST', body: JSON.stringify(body) };
      const response = await fetch(`${service.url}/v1/reconciliation/${number}/closing`, request);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const open = async (): Promise<string> => {
      const { reconciliation } = (await get(`/v1/reconciliation?id=${patientOf(owner)}`)) as {
        reconciliation: readonly { reconciliationId: string }[];
      };
      return reconciliation[0]!.reconciliationId;
    };

    it.each([
      ['without a person', { resolution: 'kept' }],
      ['by nobody', { reviewer: ' ', resolution: 'kept' }],
      ['with an unknown resolution', { reviewer: 'Grace', resolution: 'ignored' }],
      ['with something else', { reviewer: 'Grace', resolution: 'kept', value: '1981-02-01' }],
    ])('not %s', async (_name, body) => {
      expect(await post(await open(), body)).toMatchObject({ status: 400 });
    });

    it('not where there is none', async () => {
      for (const number of ['0', 'one'])
        expect(await post(number, { reviewer: 'Grace', resolution: 'kept' })).toMatchObject({ status: 404 });
    });

    it('once, from the command line or over HTTP; nothing that stands is changed', async () => {
      const number = await open();
      const asked = ['reconciliation', 'close', number, '--reviewer', 'Grace', '--resolution', 'kept'];
      const { code, stdout } = await concord([...asked, '--comment', 'asked the ward', '--url', service.url]);
      expect([code, stdout.split('\n').slice(3, 5)]).toEqual([
        0,
        [`  number ${number}`, '  kept by Grace: asked the ward'],
      ]);
      expect(await post(number, { reviewer: 'Ada', resolution: 'accepted' })).toMatchObject({
        ...{ status: 409, body: { detail: 'The mismatch is closed already.' } },
      });
      expect(await get(`/v1/reconciliation?id=${patientOf(owner)}&state=closed`)).toMatchObject({
        reconciliation: [{ closing: { reviewer: 'Grace', resolution: 'kept', comment: 'asked the ward' } }],
      });
      expect(await get(`/fhir/Patient/${patientOf(owner)}`)).toMatchObject({ birthDate: '1980-02-01' });
    });
  });

  it('settle when the sender comes round', async () => {
    await send(result('11', '19800201'));
    expect(await get(`/v1/reconciliation?id=${patientOf(owner)}&state=open`)).toEqual({ reconciliation: [] });
    expect(await get(`/v1/reconciliation?id=${patientOf(owner)}&state=settled`)).toMatchObject({
      reconciliation: [{ state: 'settled' }],
    });
  });

  it('do not let a result go back, and the list goes on page by page', async () => {
    const back = await send(result('12', '19800201', 'P'));
    expect(back.report.issues.map(({ code }) => code)).toContain('contract.status-transition');
    const first = (await get('/v1/reconciliation?feed=hl7v2&limit=1')) as { next: string; reconciliation: object[] };
    expect(first.reconciliation).toMatchObject([{ reason: 'status', decidedBy: 'results@1.0.0' }]);
    const second = (await get(`/v1/reconciliation?limit=1&before=${first.next}`)) as { reconciliation: object[] };
    expect(second.reconciliation).not.toEqual(first.reconciliation);
  });

  it('make no version when they come again', async () => {
    const again = await send(result('10', '19810201'));
    expect(again).toMatchObject({ duplicate: true, disposition: 'publish-with-warnings' });
    expect(again.report.decidedBy).toBe('contract.not-owner');
    expect(again.stored.filter(({ created }) => created)).toEqual([]);
  });

  it('are asked for in known states only', async () => {
    expect((await fetch(`${service.url}/v1/reconciliation?state=odd`)).status).toBe(400);
  });
});

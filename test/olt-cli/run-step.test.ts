import { describe, expect, it } from 'vitest'
import type { DeviceStep } from '../../src-shared/domain/device-steps.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { CliError } from '../../src-main/olt/cli/cli-failure.ts'
import type { CliAnswer, CliCommand } from '../../src-main/olt/cli/cli-session.ts'
import type { SnmpSet, StepSecrets } from '../../src-main/olt/cli/config-port.ts'
import { openConfigPort } from '../../src-main/olt/cli/open-config-port.ts'
import type { SnmpWriteAccess } from '../../src-main/olt/cli/run-step.ts'
import { fakeDesk, fakeSession } from './fake-session.ts'
import { familyClis } from './family-clis.ts'

const signal = new AbortController().signal
const address = { shelf: 0, slot: 1, port: 2, onuId: 3 }
const added: DeviceStep = {
  kind: 'add-onu',
  address,
  serial: 'HWTC11E70E9A',
  onuType: null,
  lineProfile: '12',
  serviceProfile: '101',
  name: null,
  description: 'Rumah 7',
}
const success = {
  text: '  Number of ONTs that can be added: 1, success: 1\n  PortID :2, ONTID :3',
  error: null,
}
const silence: CliAnswer = { text: '', error: null }

const run = async (
  step: DeviceStep,
  answer: (command: CliCommand) => CliAnswer,
  options: { family?: string; snmp?: SnmpWriteAccess | null; secrets?: StepSecrets } = {},
) => {
  const cli = familyClis.get(options.family ?? 'huawei-smartax-gpon')
  if (cli === undefined) throw new Error('no such family')
  const session = fakeSession(answer)
  const port = openConfigPort({ cli, desk: fakeDesk(session), snmp: options.snmp ?? null })
  const outcome = await port.withWriter(signal, (writer) =>
    writer.run(step, signal, options.secrets),
  )
  return { outcome, sent: session.sent, port }
}

describe('a step', () => {
  it('that cannot be said is not sent', async () => {
    const step = { ...added, description: 'a"\nundo service-port all' }
    const { outcome, sent } = await run(step, () => success)
    expect(outcome).toEqual({
      kind: 'not-sent',
      problem: { code: 'cli-parameter-refused', params: { parameter: 'description' } },
      exchanges: [],
    })
    expect(sent).toEqual([])
  })

  it('that the family cannot do is not sent', async () => {
    const ethPort = { port: 1, mode: 'trunk', vlan: null, adminEnabled: null } as const
    const { outcome } = await run({ kind: 'set-eth-port', address, ethPort }, () => silence)
    expect(outcome).toMatchObject({ kind: 'not-sent', problem: { code: 'cli-family-cannot' } })
    const wifi = { index: 1, ssid: 'Rumah', enabled: true }
    const other = await run({ kind: 'set-wifi', address, wifi }, () => silence)
    expect(other.outcome).toMatchObject({
      kind: 'not-sent',
      problem: { code: 'cli-family-cannot' },
    })
  })

  it('is not sent when the session ends before its first line', async () => {
    const { outcome } = await run(added, () => {
      throw new CliError('cli-session-lost', { why: 'reset' }, false)
    })
    expect(outcome).toMatchObject({ kind: 'not-sent', problem: { code: 'cli-session-lost' } })
  })

  it('is unknown when the session is lost after a line went out', async () => {
    const { outcome } = await run(added, () => {
      throw new CliError('cli-session-lost', { why: 'reset' }, true)
    })
    expect(outcome).toMatchObject({ kind: 'unknown', problem: { code: 'cli-session-lost' } })
    expect(outcome.exchanges).toHaveLength(1)
  })

  it('is unknown when a later line could not be sent: the earlier ones were taken', async () => {
    let lines = 0
    const { outcome } = await run({ kind: 'remove-onu', address }, () => {
      if (lines++ === 0) return silence
      throw new CliError('cancelled', {}, false)
    })
    expect(outcome).toMatchObject({ kind: 'unknown', problem: { code: 'cancelled' } })
  })

  it('is refused in the OLT’s words, and stops there', async () => {
    const { outcome, sent } = await run({ kind: 'remove-onu', address }, () => ({
      text: '  Failure: System is busy, please retry after a while',
      error: { kind: 'busy', line: 'Failure: System is busy, please retry after a while' },
    }))
    expect(outcome).toMatchObject({ kind: 'refused', problem: { code: 'cli-busy' } })
    expect(sent).toHaveLength(1)
  })

  it('goes on where what shall go is not there', async () => {
    const { outcome, sent } = await run({ kind: 'remove-onu', address }, ({ line }) =>
      line.startsWith('undo')
        ? { text: '', error: { kind: 'service-missing', line: 'Failure: …' } }
        : { text: '  Number of ONTs that can be deleted: 1, success: 1', error: null },
    )
    expect(outcome.kind).toBe('done')
    expect(sent.map(({ line }) => line)).toEqual([
      'undo service-port port 0/1/2 ont 3',
      'ont delete 2 3',
    ])
    expect(sent.map(({ confirm }) => confirm)).toEqual([true, true])
  })

  it.each([
    ['says nothing', ''],
    ['says something else', '  Well done'],
    [
      'took another number',
      '  Number of ONTs that can be added: 1, success: 1\n  PortID :2, ONTID :4',
    ],
  ])('is unknown when the OLT %s', async (_what, text) => {
    const { outcome } = await run(added, () => ({ text, error: null }))
    expect(outcome).toMatchObject({ kind: 'unknown', problem: { code: 'cli-unexpected-answer' } })
  })

  it('is unknown when silence was expected and the OLT speaks', async () => {
    const { outcome } = await run({ kind: 'set-admin', address, enabled: false }, () => ({
      text: '  Warning: the port is used by 64 others',
      error: null,
    }))
    expect(outcome).toMatchObject({ kind: 'unknown', problem: { code: 'cli-unexpected-answer' } })
  })

  it('tells the number that the OLT gave, and what was said', async () => {
    const { outcome, sent } = await run(added, () => success)
    expect(outcome).toEqual({
      kind: 'done',
      onuId: 3,
      exchanges: [
        {
          sent: 'ont add 2 3 sn-auth 4857544311E70E9A omci ont-lineprofile-id 12 ont-srvprofile-id 101 desc "Rumah 7"',
          answer: success.text,
        },
      ],
    })
    expect(sent[0]?.mode).toEqual({ name: 'gpon', values: { shelf: '0', slot: '1' } })
  })

  it('goes on being a bug when it is one', async () => {
    await expect(
      run(added, () => {
        throw new TypeError('oops')
      }),
    ).rejects.toThrow('oops')
  })
})

describe('a secret', () => {
  const wan = {
    mode: 'pppoe',
    vlan: 200,
    ip: null,
    mask: null,
    gateway: null,
    userName: 'rumah7@isp',
  } as const
  const step: DeviceStep = { kind: 'set-wan', address: { ...address, shelf: 1, port: 1 }, wan }

  it('is sent, and neither shown nor kept', async () => {
    const { outcome, sent, port } = await run(step, () => silence, {
      family: 'zte-c300-gpon',
      secrets: { pppoe: 'hush-hush' },
    })
    expect(outcome.kind).toBe('done')
    expect(sent[0]?.line).toContain('password hush-hush vlan-profile 200')
    expect(JSON.stringify(outcome)).not.toContain('hush')
    expect(sent[0]?.shown).toContain('password •••• ')
    expect(JSON.stringify(port.render(step))).toContain('password •••• ')
  })

  it('is not kept when the OLT repeats it, in an answer or in a refusal', async () => {
    const options = { family: 'zte-c300-gpon', secrets: { pppoe: 'hush-hush' } }
    const strange = await run(
      step,
      () => ({ text: 'password hush-hush taken', error: null }),
      options,
    )
    expect(strange.outcome.kind).toBe('unknown')
    expect(JSON.stringify(strange.outcome)).not.toContain('hush-hush')
    const line = '%Error 20202: hush-hush'
    const refused = await run(step, () => ({ text: line, error: { kind: 'other', line } }), options)
    expect(refused.outcome.kind).toBe('refused')
    expect(JSON.stringify(refused.outcome)).not.toContain('hush-hush')
  })

  it('is not told with a line of the OLT that nobody understands', async () => {
    const cli = familyClis.get('zte-c300-gpon')
    if (cli === undefined) throw new Error('no such family')
    const text = 'OnuIndex   Sn   State\nwan-ip 1 password hush-hush 2'
    const desk = fakeDesk(fakeSession(() => ({ text, error: null })))
    const port = openConfigPort({ cli, desk, snmp: null })
    await expect(port.readFound(signal)).rejects.toMatchObject({
      code: 'cli-unexpected-answer',
      params: { line: 'wan-ip 1 password •••• 2' },
    })
  })

  it('that is missing stops the step, as does one that the family cannot set', async () => {
    const { outcome } = await run(step, () => silence, { family: 'zte-c300-gpon' })
    expect(outcome).toMatchObject({
      kind: 'not-sent',
      problem: { code: 'cli-parameter-refused', params: { parameter: 'pppoe' } },
    })
    const wifi = { index: 1, ssid: 'Rumah', enabled: true }
    const key = await run({ kind: 'set-wifi', address: step.address, wifi }, () => silence, {
      family: 'zte-c300-gpon',
      secrets: { wifi1: 'hush-hush' },
    })
    expect(key.outcome).toMatchObject({ kind: 'not-sent', problem: { code: 'cli-family-cannot' } })
  })
})

describe('a step by SNMP', () => {
  const family = 'zte-c300-gpon'
  const step: DeviceStep = {
    kind: 'set-admin',
    address: { shelf: 1, slot: 2, port: 1, onuId: 7 },
    enabled: false,
  }
  const set: SnmpSet = {
    oid: '1.3.6.1.4.1.3902.1012.3.28.2.1.1.268566784.7',
    type: 'integer',
    value: '2',
    meaning: 'disabled',
  }

  it('needs somebody who may write, and says so in the preview', async () => {
    const { outcome, port } = await run(step, () => silence, { family })
    expect(outcome).toMatchObject({ kind: 'not-sent', problem: { code: 'cli-no-access' } })
    expect(() => port.render(step)).toThrow(
      expect.objectContaining({ code: 'cli-no-access' }) as Error,
    )
  })

  it('sends what the preview shows, once', async () => {
    const sets: (readonly SnmpSet[])[] = []
    const snmp = { set: async (one: readonly SnmpSet[]) => void sets.push(one) }
    const { outcome, port, sent } = await run(step, () => silence, { family, snmp })
    expect(port.render(step)).toEqual({ via: 'snmp', sets: [set], risk: 'disruptive' })
    expect(sets).toEqual([[set]])
    expect(outcome).toMatchObject({ kind: 'done', exchanges: [{ answer: 'ok' }] })
    expect(sent).toEqual([])
  })

  it.each([
    ['refused', 'cli-refused'],
    ['refused', 'olt-access-denied'],
    ['unknown', 'timeout'],
    ['not-sent', 'olt-no-route'],
  ] as const)('is %s after %s', async (kind, code) => {
    const snmp = { set: () => Promise.reject(new NocturneError(code)) }
    const { outcome } = await run(step, () => silence, { family, snmp })
    expect(outcome).toMatchObject({ kind, problem: { code } })
  })
})

describe('a service', () => {
  const service = {
    index: null,
    vlan: 110,
    userVlan: 100,
    gemPort: 1,
    upProfile: null,
    downProfile: null,
  }
  const table = (rows: readonly string[]): CliAnswer => ({
    text: [
      '   INDEX VLAN VLAN     PORT F/ S/ P VPI  VCI   FLOW  FLOW       RX   TX   STATE',
      '         ID   ATTR     TYPE                    TYPE  PARA',
      ...rows,
    ].join('\n'),
    error: null,
  })
  const info: CliAnswer = {
    text: [
      '  F/S/P                   : 0/1/2',
      '  ONT-ID                  : 3',
      '  Control flag            : active',
      '  SN                      : 4857544311E70E9A (HWTC-11E70E9A)',
    ].join('\n'),
    error: null,
  }
  const device =
    (rows: readonly string[]) =>
    ({ line }: CliCommand): CliAnswer =>
      line.startsWith('display ont info')
        ? info
        : line.startsWith('display')
          ? table(rows)
          : silence

  it('is removed by the number that the OLT has given it', async () => {
    const { outcome, sent, port } = await run(
      { kind: 'remove-service', address, service },
      device([
        '      25  110 common   gpon 0/1 /2  4    1     vlan  100        -    -    up',
        '     358  110 common   gpon 0/1 /2  3    1     vlan  100        -    -    up',
      ]),
    )
    expect(outcome.kind).toBe('done')
    expect(sent.at(-1)?.line).toBe('undo service-port 358')
    expect(port.render({ kind: 'remove-service', address, service })).toMatchObject({
      lines: [{ mode: 'config', line: 'undo service-port ‹index›' }],
    })
  })

  it('that is not there is not removed', async () => {
    const { outcome, sent } = await run({ kind: 'remove-service', address, service }, device([]))
    expect(outcome).toMatchObject({ kind: 'not-sent', problem: { code: 'onu-service-missing' } })
    expect(sent.every(({ line }) => line.startsWith('display'))).toBe(true)
  })

  it('never takes the number of another', async () => {
    const zte = { shelf: 1, slot: 2, port: 1, onuId: 7 }
    const { outcome, sent } = await run(
      { kind: 'add-service', address: zte, service: { ...service, vlan: 300 } },
      ({ line }) => ({
        text: line.includes('detail-info')
          ? 'ONU interface:  gpon-onu_1/2/1:7\n  Admin state:  enable\n  Serial number:  ZTEGC0FFEE01'
          : line.includes('running-config')
            ? 'service-port 1 vport 1 user-vlan 100 vlan 110'
            : '',
        error: null,
      }),
      { family: 'zte-c300-gpon' },
    )
    expect(outcome).toMatchObject({
      kind: 'not-sent',
      problem: { code: 'cli-parameter-refused', params: { parameter: 'serviceIndex' } },
    })
    expect(sent.every(({ line }) => line.startsWith('show'))).toBe(true)
  })
})

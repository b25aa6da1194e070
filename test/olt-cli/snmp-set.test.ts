import { describe, expect, it } from 'vitest'
import type { DatagramTransport, TransportListener } from '../../src-main/olt/snmp/transport.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import { createSnmpWriter } from '../../src-main/olt/snmp/snmp-writer.ts'
import type { SnmpSetting } from '../../src-main/olt/snmp/set.ts'

const setting: SnmpSetting = { oid: '1.3.6.1.2.1.1.5.0', type: 'text', value: 'A' }

/** An agent that answers every SET with this error status, or not at all. */
const agent = (status: number | null) => {
  const heard: string[] = []
  const openTransport = (
    _target: unknown,
    listener: TransportListener,
  ): Promise<DatagramTransport> =>
    Promise.resolve({
      send: (datagram: Buffer) => {
        heard.push(datagram.toString('hex'))
        if (status === null) return
        // version 1, community, then the PDU: its tag becomes that of a response, its status ours
        const answer = Buffer.from(datagram)
        const pdu = answer.indexOf(0xa3, 2)
        answer[pdu] = 0xa2
        const idLength = answer[pdu + 3] ?? 0
        answer[pdu + 4 + idLength + 2] = status
        queueMicrotask(() => listener.onDatagram(answer))
      },
      close: () => undefined,
    })
  return { heard, openTransport }
}

const options = {
  host: '127.0.0.1',
  port: 161,
  version: '2c',
  community: Buffer.from('rw'),
  timeoutMs: 20,
  random: () => 0x12345678,
} as const

const outcomeOf = async (status: number | null): Promise<string> => {
  const writer = createSnmpWriter(() => ({
    ...options,
    openTransport: agent(status).openTransport,
  }))
  return writer.set([setting], new AbortController().signal).then(
    () => 'done',
    (error: unknown) => {
      const { code, params } = error as { code: string; params: { line?: string } }
      return params.line === undefined ? code : `${code} ${params.line}`
    },
  )
}

describe('an SNMP SET', () => {
  it.each([
    [0, 'done'],
    [2, 'cli-refused SNMP: noSuchName'],
    [4, 'olt-access-denied'],
    [6, 'olt-access-denied'],
    [10, 'cli-refused SNMP: wrongValue'],
    [16, 'olt-access-denied'],
    [17, 'olt-access-denied'],
    [99, 'cli-refused SNMP: error 99'],
  ])('with error status %i is %s', async (status, said) => {
    expect(await outcomeOf(status)).toBe(said)
  })

  it('is never said twice, whatever the session would repeat', async () => {
    const silent = agent(null)
    const writer = createSnmpWriter(() => ({ ...options, openTransport: silent.openTransport }))
    await expect(writer.set([setting], new AbortController().signal)).rejects.toMatchObject({
      code: 'timeout',
    })
    expect(silent.heard).toHaveLength(1)
  })

  it('stands on the wire as RFC 3416 wants it', async () => {
    const { heard, openTransport } = agent(0)
    const session = await openSnmpSession({ ...options, retries: 0, openTransport })
    await session.set([
      { oid: '1.3.6.1.2.1.1.5.0', type: 'text', value: 'A' },
      { oid: '1.3.6.1.2.1.1.5.1', type: 'integer', value: '2' },
      { oid: '1.3.6.1.2.1.1.5.2', type: 'integer', value: '-129' },
      { oid: '1.3.6.1.2.1.1.5.3', type: 'octets', value: '00ff' },
    ])
    session.close()
    expect(heard[0]).toBe(
      [
        '3055 020101 04027277',
        'a34c 020412345678 020100 020100 303e',
        '300d 06082b06010201010500 040141',
        '300d 06082b06010201010501 020102',
        '300e 06082b06010201010502 0202ff7f',
        '300e 06082b06010201010503 040200ff',
      ]
        .join('')
        .replaceAll(' ', ''),
    )
  })

  it('refuses what is no value before anything is sent', async () => {
    const { heard, openTransport } = agent(0)
    const session = await openSnmpSession({ ...options, retries: 0, openTransport })
    for (const wrong of [
      { oid: '1.3.6.1', type: 'integer', value: '2147483648' },
      { oid: '1.3.6.1', type: 'integer', value: 'two' },
      { oid: '1.3.6.1', type: 'octets', value: 'abc' },
      { oid: '1.3.6.1', type: 'text', value: 'a'.repeat(256) },
    ] as const) {
      await expect(session.set([wrong])).rejects.toThrow(TypeError)
    }
    expect(heard).toEqual([])
  })
})

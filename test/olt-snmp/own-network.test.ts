import { describe, expect, it } from 'vitest'
import { isLocalFault, isNoAnswer } from '../../src-main/olt/poller/poll-report.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import {
  createUdpTransport,
  faultOf,
  type OpenTransport,
} from '../../src-main/olt/snmp/transport.ts'
import { walk } from '../../src-main/olt/snmp/walker.ts'
import { encodeOid, parseOid } from '../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createIdleClock } from '../olt/support/memory-session.ts'
import { createScriptedAgent } from '../olt/support/scripted-agent.ts'
import { serveOverUdp } from '../olt/support/udp-agent.ts'

const systemError = (code: string) => Object.assign(new Error(code), { code })

const open = (openTransport: OpenTransport, host = 'olt.test', port = 161) =>
  openSnmpSession({
    host,
    port,
    version: '2c',
    community: Buffer.from('public'),
    timeoutMs: 1000,
    retries: 1,
    clock: createIdleClock(),
    openTransport,
  })

/** A socket on which every datagram fails. */
const failing =
  (code: string): OpenTransport =>
  () =>
    Promise.resolve({
      send: (_datagram, onSent) => onSent(systemError(code)),
      close: () => undefined,
    })

/** A socket that reports an error some time after a datagram went out. */
const complaining =
  (code: string): OpenTransport =>
  (_target, { onError }) =>
    Promise.resolve({
      send: (_datagram, onSent) => {
        onSent(null)
        queueMicrotask(() => onError(systemError(code)))
      },
      close: () => undefined,
    })

const sysUpTime = '1.3.6.1.2.1.1.3.0'
const routeFaults = ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL']

describe('a network that is gone under a session', () => {
  it.each(routeFaults)('is said as what it is, not as silence of the OLT: %s', async (code) => {
    for (const transport of [failing(code), complaining(code)]) {
      const session = await open(transport)
      const error = await rejectionOf(session.get([sysUpTime]))
      expect(error).toMatchObject({ code: 'olt-no-route', params: { host: 'olt.test', port: 161 } })
      expect(isNoAnswer(error) && isLocalFault(error)).toBe(true)
      session.close()
    }
  })

  it('ends a walk at once, without asking four times', async () => {
    const session = await open(failing('ENETUNREACH'))
    const columns = [{ oid: encodeOid(parseOid('1.3.6.1.2.1.31.1.1.1.1')) }]
    const walking = walk({ session, columns, pace: createWalkPace(), onVarbind: () => undefined })
    expect((await rejectionOf(walking)).code).toBe('olt-no-route')
    expect(session.stats.requests).toBe(1)
  })

  it('is not blamed for a closed port, nor for an error that says nothing', () => {
    expect(faultOf(systemError('ECONNREFUSED'))).toBe('olt-port-closed')
    expect(faultOf(systemError('EIO'))).toBe('olt-no-answer')
    expect(faultOf(new Error('no code'))).toBe('olt-no-answer')
  })

  it('does not keep the session from working again, when it comes back', async () => {
    let isGone = true
    const agent = createScriptedAgent({ objects: { [sysUpTime]: { type: 'timeTicks', value: 7 } } })
    const session = await open((_target, { onDatagram }) =>
      Promise.resolve({
        send: (datagram, onSent) => {
          onSent(isGone ? systemError('ENETDOWN') : null)
          if (isGone) return
          const answers = agent.answer(Buffer.from(datagram))
          queueMicrotask(() => answers.forEach(onDatagram))
        },
        close: () => undefined,
      }),
    )
    expect((await rejectionOf(session.get([sysUpTime]))).code).toBe('olt-no-route')
    isGone = false
    expect(await session.get([sysUpTime])).toEqual([{ kind: 'number', value: 7 }])
  })
})

describe('the name of an OLT', () => {
  it('that nobody knows is a fault of our own network: a VPN may come late', async () => {
    const transport = createUdpTransport(() => Promise.reject(systemError('ENOTFOUND')))
    const error = await rejectionOf(open(transport, 'olt.example'))
    expect(error).toMatchObject({ code: 'olt-host-unresolvable', params: { host: 'olt.example' } })
    expect(isLocalFault(error)).toBe(true)
  })

  it('is looked up anew for each session: the first answer may be an old address', async () => {
    const served = await serveOverUdp(
      createScriptedAgent({ objects: { [sysUpTime]: { type: 'timeTicks', value: 7 } } }),
    )
    const addresses = ['127.0.0.2', '127.0.0.1']
    const transport = createUdpTransport(() =>
      Promise.resolve({ address: addresses.shift() ?? '', family: 4 }),
    )
    const openOlt = () =>
      openSnmpSession({
        host: 'olt.example',
        port: served.port,
        version: '2c',
        community: Buffer.from('public'),
        timeoutMs: 300,
        retries: 0,
        openTransport: transport,
      })
    const first = await openOlt()
    expect(isNoAnswer(await rejectionOf(first.get([sysUpTime])))).toBe(true)
    first.close()
    const second = await openOlt()
    expect(await second.get([sysUpTime])).toEqual([{ kind: 'number', value: 7 }])
    second.close()
    await served.close()
  })
})

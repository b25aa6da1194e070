import netSnmp from 'net-snmp'
import { describe, expect, it } from 'vitest'
import type { SnmpSession } from '../../src-main/olt/snmp/session.ts'
import { createIdleClock, openMemorySession } from '../olt/support/memory-session.ts'
import { serveOverUdp } from '../olt/support/udp-agent.ts'
import { createV3Agent } from './support/v3-agent.ts'
import { userOf } from './support/v3-snmpd.ts'

const user = userOf('sha256', 'aes128')
const upTime = '1.3.6.1.2.1.1.3.0'
const answered = [{ kind: 'number', value: 42 }]

const connect = async (agent = createV3Agent(user), clock = createIdleClock()) => {
  const session: SnmpSession = await openMemorySession(agent, { version: '3', user, clock })
  return { agent, session, clock }
}

describe('an SNMPv3 session refuses', () => {
  it('an answer that is not signed, to a signed and enciphered question', async () => {
    const { agent, session } = await connect()
    await session.get([upTime])
    agent.state.downgrade = 'unsigned'
    await expect(session.get([upTime])).rejects.toMatchObject({ code: 'olt-answer-garbage' })
  })

  it('an answer in the clear to an enciphered question', async () => {
    const { agent, session } = await connect()
    await session.get([upTime])
    agent.state.downgrade = 'in-clear'
    await expect(session.get([upTime])).rejects.toMatchObject({ code: 'olt-answer-garbage' })
  })

  it('an agent that finds every clock wrong, after one correction', async () => {
    const { agent, session } = await connect()
    agent.state.stubborn = true
    await expect(session.get([upTime])).rejects.toMatchObject({ code: 'olt-v3-clock' })
    expect(agent.asked).toEqual(['report 4', 'report 2', 'report 2'])
  })

  it('an agent that knows no engine, not even its own, after one more try', async () => {
    const { agent, session } = await connect()
    agent.state.deniesEngine = true
    await expect(session.get([upTime])).rejects.toMatchObject({ code: 'olt-answer-garbage' })
    expect(agent.asked).toHaveLength(4)
  })
})

describe('plain net-snmp', () => {
  it('believes an unsigned answer to a signed and enciphered question', async () => {
    const agent = createV3Agent(user)
    agent.state.downgrade = 'unsigned'
    const server = await serveOverUdp(agent)
    const session = netSnmp.createV3Session(
      '127.0.0.1',
      {
        name: user.name,
        level: netSnmp.SecurityLevel.authPriv,
        authProtocol: netSnmp.AuthProtocols.sha256,
        authKey: user.auth?.secret.toString() ?? '',
        privProtocol: netSnmp.PrivProtocols.aes,
        privKey: user.priv?.secret.toString() ?? '',
      },
      { port: server.port, retries: 0, timeout: 1000 },
    )
    const value = await new Promise((resolve) =>
      session.get([upTime], (error, varbinds) => resolve(error ?? varbinds?.[0]?.value)),
    )
    session.close()
    await server.close()
    expect(value).toBe(42)
  })
})

describe('an SNMPv3 session follows', () => {
  it('an agent that tells its clock only in signed messages', async () => {
    const { agent, session } = await connect()
    agent.state.hidesClock = true
    expect(await session.get([upTime])).toEqual(answered)
    expect(agent.asked).toEqual(['report 4', 'report 2', 'answer'])
  })

  it('a restart: boots rise and time begins anew', async () => {
    const { agent, session } = await connect()
    await session.get([upTime])
    Object.assign(agent.state, { boots: 4, time: 3 })
    expect(await session.get([upTime])).toEqual(answered)
    expect(await session.get([upTime])).toEqual(answered)
    expect(agent.asked.filter((what) => what === 'report 2')).toHaveLength(1)
  })

  it('a clock that is set back', async () => {
    const { agent, session } = await connect()
    await session.get([upTime])
    agent.state.time = 10
    expect(await session.get([upTime])).toEqual(answered)
    expect(await session.get([upTime])).toEqual(answered)
  })

  it('time itself, for hours, without asking again', async () => {
    const { agent, session, clock } = await connect()
    await session.get([upTime])
    for (let hour = 0; hour < 5; hour++) {
      clock.advance(3_600_000)
      agent.state.time += 3_600
      expect(await session.get([upTime])).toEqual(answered)
    }
    expect(agent.asked.filter((what) => what !== 'answer')).toEqual(['report 4'])
  })

  it('a new engine under the same address, as after a change of the controller card', async () => {
    const { agent, session } = await connect()
    await session.get([upTime])
    Object.assign(agent.state, { engineId: Buffer.from('80000000aabbccdd', 'hex'), boots: 1 })
    expect(await session.get([upTime])).toEqual(answered)
  })
})

import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { decodeTrap, type ReadTrap } from './support/read-trap.ts'
import { manualClock, plantStartMs, smallScenario } from '../support/simulated-plant.ts'

const zteOnus = '1.3.6.1.4.1.3902.1082.500.10.2.3.3.1'

interface Bench {
  readonly plant: Plant
  readonly ports: ReadonlyMap<string, number>
  /** Lets a second pass, and gives what was sent in it. */
  readonly second: () => Promise<readonly (ReadTrap & { readonly port: number })[]>
}

const open = async (withTarget = true, extra: Record<string, unknown> = {}): Promise<Bench> => {
  const clock = manualClock(plantStartMs)
  const target: Socket = createSocket('udp4')
  target.bind(0, '127.0.0.1')
  await once(target, 'listening')
  const heard: (ReadTrap & { port: number })[] = []
  target.on('message', (datagram, { port }) => heard.push({ ...decodeTrap(datagram), port }))
  let due: (() => void) | null = null
  const plant = createPlant({
    scenario: checkScenario(smallScenario(extra)),
    clock,
    schedule: (run) => {
      due = run
      return () => {
        due = null
      }
    },
    ...(withTarget ? { trapTarget: { host: '127.0.0.1', port: target.address().port } } : {}),
  })
  onTestFinished(async () => {
    await plant.stop()
    target.close()
  })
  const addresses = await plant.start()
  return {
    plant,
    ports: new Map(addresses.map(({ oltName, port }) => [oltName, port])),
    second: async () => {
      clock.advance(1000)
      const run = due
      due = null
      run?.()
      const mark = createSocket('udp4')
      // What is sent on loopback is heard in order: when this comes, all before it has.
      const marked = once(target, 'message')
      if (heard.length === 0 && run === null) {
        mark.close()
        return []
      }
      mark.send(emptyTrap, target.address().port, '127.0.0.1')
      await marked
      for (let turn = 0; turn < 50 && !heard.some(isMark); turn++) {
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      mark.close()
      return heard.splice(0).filter((trap) => !isMark(trap))
    },
  }
}

const emptyTrap = Buffer.from('30050201010400', 'hex')
const isMark = (trap: ReadTrap): boolean => trap.trapOid === ''

const firstOn = (plant: Plant, olt: string, pon: string): string =>
  plant.truth(olt).onus.find(({ onu }) => onu.startsWith(`${pon}:`))?.onu ?? ''

describe('a simulated OLT', () => {
  it('sends nothing where nobody wants traps, when nothing happens, and while it is silent', async () => {
    const deaf = await open(false)
    deaf.plant.control({ kind: 'cut-pon', olt: 'ZT', pon: '1/1/1' })
    expect(await deaf.second()).toEqual([])
    const { plant, second } = await open()
    expect(await second()).toEqual([])
    plant.control({ kind: 'silence', olt: 'ZT', on: true })
    plant.control({ kind: 'cut-pon', olt: 'ZT', pon: '1/1/1' })
    expect(await second()).toEqual([])
  })

  it('sends nothing of what happens while it boots, and what happens then', async () => {
    const { plant, second } = await open(true, {
      population: { offlineShare: 0, disabledShare: 0, flappingShare: 0, onuBootS: [1, 1] },
      cli: { userName: 'noc', password: 'lab-cli', bootS: 2, ssh: null, telnet: null },
    })
    plant.control({ kind: 'reboot-olt', olt: 'ZT' })
    expect([await second(), await second()]).toEqual([[], []])
    const back = await second()
    expect(back).toHaveLength(11)
    expect(back.every(({ trapOid }) => trapOid.endsWith('.500.10.3.1.10'))).toBe(true)
  })

  it('of the ZTE family names the ONU that went, from the port it answers at', async () => {
    const { plant, ports, second } = await open()
    const onu = firstOn(plant, 'ZT', '1/1/1')
    const { code } = plant.truth('ZT').onus.find((one) => one.onu === onu) ?? {}
    plant.control({ kind: 'cut-drop', olt: 'ZT', which: { onus: [onu] } })
    const [trap, ...rest] = await second()
    expect(rest).toEqual([])
    expect(trap).toMatchObject({
      community: 'lab-read',
      trapOid: '1.3.6.1.4.1.3902.1082.500.10.3.1.9',
      port: ports.get('ZT'),
    })
    const row = `285278465.${onu.split(':')[1]}`
    expect(trap?.varbinds.find(({ oid }) => oid === `${zteOnus}.2.${row}`)?.text).toBe(code)
  })

  it('of the Huawei family says that a PON went, by its interface, and what it found', async () => {
    const { plant, second } = await open()
    plant.control({ kind: 'cut-pon', olt: 'HW', pon: '0/1/3' })
    const cut = await second()
    expect(cut[0]?.trapOid).toBe('1.3.6.1.6.3.1.1.5.3')
    expect(cut[0]?.varbinds[0]?.oid).toBe('1.3.6.1.2.1.2.2.1.1.4194312960')
    expect(cut.slice(1).every(({ trapOid }) => trapOid.endsWith('.12.3.0.51'))).toBe(true)
    expect(cut).toHaveLength(6)
    plant.control({ kind: 'add-unconfigured', olt: 'HW', pon: '0/1/3', serial: 'HWTC0BADCAFE' })
    const found = await second()
    expect(found.map(({ trapOid }) => trapOid)).toEqual(['1.3.6.1.4.1.2011.6.128.1.1.12.3.0.2'])
  })
})

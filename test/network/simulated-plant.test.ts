import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { queries as contract } from '../../src-shared/contract/index.ts'
import { onuFilter } from '../../src-shared/contract/network-model.ts'
import { formatOnu } from '../../src-shared/domain/onu-address.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createOltPorts } from '../../src-main/olt/poller/driver-port.ts'
import { plantStartMs, smallPlant } from '../support/simulated-plant.ts'
import { createNetworkBench } from './network-bench.ts'

/** Real SNMP datagrams: profile, driver, poller and live state against the simulated plant. */

const families = loadFamilies(join(import.meta.dirname, '../../assets/olt-families'))

const startBench = async () => {
  let plantNow = plantStartMs
  const plant = smallPlant({ now: () => plantNow })
  const addresses = await plant.start()
  onTestFinished(() => plant.stop())
  const bench = createNetworkBench({
    families,
    openOltPort: createOltPorts({ families, timeoutMs: 150, retries: 1 }),
    simulatedOlts: addresses,
  })
  for (const { oltName, host, port, community } of addresses) {
    await bench.addOlt(oltName, host, { port, community, opticsPolling: 'on' })
  }
  /** Time of the poller goes on; the datagrams take the time they take. */
  const until = async (reached: () => boolean, stepMs = 500): Promise<void> => {
    for (let turn = 0; turn < 400_000 && !reached(); turn++) {
      if (turn % 20 === 0) bench.clock.advance(stepMs)
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (!reached()) throw new Error('it did not come to that')
  }
  const olts = () =>
    contract['network.olts'].output.parse(bench.queries['network.olts']({}, bench.context)).olts
  const onus = () =>
    contract['network.openView'].output.parse(
      bench.queries['network.openView'](
        {
          viewId: '01900000-0000-7000-8000-000000000001',
          filter: onuFilter.parse({}),
          sort: { column: 'address', descending: false },
          offset: 0,
          limit: 500,
        },
        bench.context,
      ),
    ).onus
  return {
    ...bench,
    plant,
    until,
    olts,
    onus,
    plantAdvance: (ms: number) => {
      plantNow += ms
    },
  }
}

describe('the network on the simulated plant', () => {
  test('shows of every ONU what is true', async () => {
    const { network, plant, until, olts, onus, queries, context } = await startBench()
    let told: unknown = null
    network.onFirstFullPoll((result) => {
      told = result
    })
    network.start()
    await until(() => told !== null)
    expect(told).toMatchObject({ olts: 2, onus: 22 })
    await until(() => olts().every(({ counts }) => counts.unconfigured > 0))
    const shown = onus()
    for (const name of ['HW', 'ZT']) {
      const truth = plant.truth(name)
      const mine = shown.filter(({ oltName }) => oltName === name)
      expect(mine.map(({ address }) => formatOnu(address)).toSorted()).toEqual(
        truth.onus.map(({ onu }) => onu).toSorted(),
      )
      for (const onu of truth.onus) {
        const row = mine.find(({ address }) => formatOnu(address) === onu.onu)
        expect(row).toMatchObject({ serial: onu.serial, state: 'online', distanceM: onu.distanceM })
        expect(row?.onuRxDbm).toBeCloseTo(onu.rxDbm, 1)
        expect(row?.oltRxDbm).toBeCloseTo(onu.oltRxDbm, 1)
      }
      expect(olts().find((olt) => olt.name === name)).toMatchObject({
        reachability: 'reachable',
        problem: null,
        counts: { online: 11, unconfigured: truth.unconfigured.length },
      })
    }
    const { ponPorts } = contract['network.olt'].output.parse(
      await queries['network.olt']({ oltId: olts()[0]?.id ?? '' }, context),
    )
    expect(ponPorts.filter(({ counts }) => counts.total > 0)).toHaveLength(2)
  })

  test('says which columns of boards and PON ports an OLT does not offer or that nobody has proved', async () => {
    const { network, until, olts, queries, context } = await startBench()
    network.start()
    const pages = () =>
      olts().map(({ id }) =>
        contract['network.olt'].output.parse(queries['network.olt']({ oltId: id }, context)),
      )
    await until(() => pages().every(({ ponPortsAt }) => ponPortsAt !== null))
    for (const page of pages()) {
      const tables = [
        [page.boards, page.boardsNotOffered, page.boardsUnproven],
        [page.ponPorts, page.ponPortsNotOffered, page.ponPortsUnproven],
      ] as const
      for (const [rows, notOffered, unproven] of tables) {
        expect(rows.length).toBeGreaterThan(0)
        const valued = (field: string) =>
          rows.some((row) => {
            const value = Object.entries(row).find(([name]) => name === field)?.[1]
            return value !== undefined && value !== null && value !== 'unknown'
          })
        expect(notOffered.filter(valued)).toEqual([])
        expect(unproven.filter((field) => notOffered.includes(field))).toEqual([])
        expect([...notOffered, ...unproven].every((field) => field in (rows[0] ?? {}))).toBe(true)
      }
    }
    expect(pages()).toMatchObject([
      { boardsNotOffered: ['memoryPercent'], ponPortsNotOffered: ['capacity'] },
      { boardsNotOffered: ['temperatureC'], ponPortsNotOffered: [] },
    ])
    expect(pages()[0]?.ponPortsUnproven).toEqual(['description'])
    expect(pages()[1]?.ponPortsUnproven).toContain('txDbm')
  })

  test('sees a fibre cut, a lost OLT and its return', async () => {
    const { network, plant, plantAdvance, until, olts, onus } = await startBench()
    const hw = () => olts().find(({ name }) => name === 'HW')
    network.start()
    await until(() => olts().every(({ ages }) => ages.optics !== null))
    plant.control({ kind: 'cut-pon', olt: 'HW', pon: '0/0/0', beyondM: 0 })
    plantAdvance(5_000)
    await until(() => (hw()?.counts.offlineOptical ?? 0) === 6)
    expect(onus().find(({ state }) => state === 'offline')).toMatchObject({
      oltName: 'HW',
      causeClass: 'optical',
      address: { shelf: 0, slot: 0, port: 0 },
    })
    plant.control({ kind: 'silence', olt: 'HW', on: true })
    await until(() => hw()?.reachability === 'unreachable', 2_000)
    expect(hw()).toMatchObject({ counts: { total: 11, unknown: 11, online: 0 } })
    expect(olts().find(({ name }) => name === 'ZT')).toMatchObject({ counts: { online: 11 } })
    plant.control({ kind: 'silence', olt: 'HW', on: false })
    await until(() => hw()?.counts.unknown === 0, 2_000)
    expect(hw()).toMatchObject({
      reachability: 'reachable',
      problem: null,
      counts: { online: 5, offlineOptical: 6 },
    })
  })

  test('removes nothing when an OLT falls silent in mid-walk, and says what happened', async () => {
    const { network, plant, until, olts, run, clock } = await startBench()
    const hw = () => olts().find(({ name }) => name === 'HW')
    network.start()
    // All groups were read: no other turn meets the silence first.
    const isIdle = () => hw()?.polling === null && (hw()?.nextPollAt ?? 0) > clock.now() + 10_000
    await until(() => olts().every(({ ages }) => ages.optics !== null) && isIdle())
    plant.control({ kind: 'max-reply-bytes', olt: 'HW', bytes: 484 })
    plant.control({ kind: 'silent-after', olt: 'HW', answers: 1 })
    const before = hw()?.ages.status
    await run('network.pollNow', { oltId: hw()?.id, group: 'status' })
    const seen = new Set<string>()
    await until(() => {
      seen.add(hw()?.problem?.code ?? '')
      return seen.has('olt-silent-mid-walk')
    }, 1)
    expect(hw()?.counts.total).toBe(11)
    expect(hw()?.ages.status).toBe(before)
  })
})

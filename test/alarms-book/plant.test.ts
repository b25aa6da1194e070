import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { alarmFilter, alarmSort } from '../../src-shared/contract/alarms-model.ts'
import { createAlarms } from '../../src-main/alarms/alarms.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createOltPorts } from '../../src-main/olt/poller/driver-port.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { createNetworkBench } from '../network/network-bench.ts'
import { plantStartMs, smallPlant } from '../support/simulated-plant.ts'
import { idOf, systemActor } from '../support/store-workspace.ts'

/** From the plant's fibre to the row: poller, live state, detectors and book, as in the workspace. */
test('a PON that is cut is one critical alarm, and its ONUs are none; mended, it clears', async () => {
  const families = loadFamilies(join(import.meta.dirname, '../../assets/olt-families'))
  let plantNow = plantStartMs
  const plant = smallPlant({ now: () => plantNow })
  const addresses = await plant.start()
  onTestFinished(() => plant.stop())
  const bench = createNetworkBench({
    families,
    openOltPort: createOltPorts({ families, timeoutMs: 150, retries: 1 }),
    simulatedOlts: addresses,
  })
  let ids = 10_000_000
  const alarms = createAlarms({
    clock: bench.clock,
    newId: () => idOf(++ids),
    emit: () => undefined,
    log: { warn: () => undefined, error: () => undefined },
    reader: bench.store.reader,
    write: (name, auditInput, apply) => {
      runCommand(
        bench.store,
        { commandId: idOf(++ids), name, actor: systemActor, auditInput, at: bench.clock.now() },
        (tx) => {
          apply(tx)
          return { result: {} }
        },
      )
    },
    facts: bench.network.facts,
    plant: () => null,
    outageOf: () => null,
    nameOfAccount: () => null,
    readPast: () => Promise.reject(new Error('no history here')),
    historyProblem: () => null,
    simulated: true,
  })
  bench.network.start()
  alarms.start()
  onTestFinished(() => alarms.stop())
  for (const { oltName, host, port, community } of addresses) {
    await bench.addOlt(oltName, host, { port, community, opticsPolling: 'off' })
  }
  const until = async (reached: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 400_000 && !reached(); turn++) {
      if (turn % 20 === 0) bench.clock.advance(500)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(reached()).toBe(true)
  }
  const open = () => {
    const answer = alarms.queries['alarms.list'](
      {
        filter: alarmFilter.parse({ types: ['pon-down', 'pon-partially-down'] }),
        sort: alarmSort.parse({}),
        offset: 0,
        limit: 100,
      },
      bench.context,
    )
    return (answer as Awaited<typeof answer> & { alarms: readonly object[] }).alarms
  }
  const online = (): number =>
    bench.network.facts
      .olts()
      .flatMap(({ rows }) => [...rows])
      .filter((row) => bench.network.facts.onus.state(row) === 1).length

  await until(() => online() === 22)
  plant.control({ kind: 'cut-pon', olt: 'HW', pon: '0/0/0' })
  await until(() => open().length > 0)
  expect(open()).toMatchObject([
    {
      type: 'pon-down',
      severity: 'critical',
      oltName: 'HW',
      affectedOnus: 6,
      clearedAt: null,
      resource: { kind: 'pon', pon: { shelf: 0, slot: 0, port: 0 } },
    },
  ])
  plant.control({ kind: 'restore-pon', olt: 'HW', pon: '0/0/0' })
  plantNow += 600_000
  await until(() => open().every((row) => (row as { clearedAt: number | null }).clearedAt !== null))
  expect(open()).toMatchObject([{ type: 'pon-down', count: 1 }])
})

import { readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { openHistory } from '../../src-main/history/history.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { keyOf, temporaryFolder } from '../support/store-workspace.ts'
import { openPlantWorkspace, plantKeys, until, type PlantWorkspace } from './plant-workspace.ts'

/** A whole workspace, its history in its thread, and OLTs that answer over SNMP. */

const open = async (dir: string): Promise<PlantWorkspace> => {
  const one = await openPlantWorkspace(dir)
  let open = true
  const stop = async (): Promise<void> => {
    if (open) await one.stop()
    open = false
  }
  onTestFinished(stop)
  return { ...one, stop }
}

const workspaceDir = (): string => join(temporaryFolder(), 'workspace')

const everythingRead = (one: PlantWorkspace) => async (): Promise<boolean> => {
  const { olts } = await one.ask('network.olts', {})
  return olts.every(
    ({ ages, uptimeS }) => ages.identity && ages.status && ages.counters && uptimeS !== null,
  )
}

/** One more status of every OLT. */
const pollStatus = async (one: PlantWorkspace): Promise<void> => {
  const before = new Map((await one.olts()).map(({ id, statusAt }) => [id, statusAt]))
  await one.pollNow('status')
  await until(async () => (await one.olts()).every((olt) => olt.statusAt !== before.get(olt.id)))
}

const settled = (one: PlantWorkspace) => async (): Promise<boolean> =>
  (await one.ask('history.status', {})).waiting === 0

const range = () => ({ from: Date.now() - 3_600_000, to: Date.now() + 60_000 })

test('the history refuses an OLT that is not there, a metric of another kind, a range backwards', async () => {
  const one = await open(workspaceDir())
  one.workspace.begin()
  const [olt] = await one.olts()
  const codeOf = async (input: object): Promise<string> => {
    const asked = { series: { kind: 'olt', oltId: olt!.id }, metrics: ['oltUptimeS'], ...range() }
    try {
      await one.ask('history.series', { ...asked, ...input })
      return 'ok'
    } catch (error) {
      return error instanceof NocturneError ? error.code : String(error)
    }
  }
  expect(await codeOf({})).toBe('ok')
  expect(await codeOf({ metrics: ['onuRxDbm'] })).toBe('invalid-input')
  expect(await codeOf({ from: 2, to: 1 })).toBe('invalid-input')
  const series = { kind: 'olt', oltId: '01900000-0000-7000-8000-00000000ffff' }
  expect(await codeOf({ series })).toBe('not-found')
})

test('what is read of ONUs, PON ports and OLTs is there as series, also after a start anew', async () => {
  const dir = workspaceDir()
  const one = await open(dir)
  one.workspace.begin()
  await until(everythingRead(one))
  for (let walk = 0; walk < 3; walk++) await pollStatus(one)
  await until(settled(one))
  const hw = (await one.olts()).find(({ name }) => name === 'HW')!
  const [truth] = one.plant.truth('HW').onus
  const check = async (two: PlantWorkspace): Promise<void> => {
    const onu = {
      kind: 'onu',
      oltId: hw.id,
      address: { shelf: 0, slot: 0, port: 0, onuId: Number(truth!.onu.split(':')[1]) },
    }
    const { series } = await two.ask('history.series', {
      series: onu,
      metrics: ['state', 'onuRxDbm', 'upBytes'],
      ...range(),
    })
    const [state, light] = series
    expect([...state!.avg].filter((share) => share === 1).length).toBeGreaterThanOrEqual(4)
    expect(light!.avg.at(-1)).toBeCloseTo(truth!.rxDbm, 1)
    const { states } = await two.ask('history.states', { series: onu, ...range() })
    expect(states[0]).toBe(1)
    const samples = await two.ask('history.samples', {
      series: onu,
      metrics: ['downBytes'],
      ...range(),
    })
    expect(samples.series[0]!.values[0]).toBeGreaterThan(0)
    const pon = await two.ask('history.series', {
      series: { kind: 'pon', oltId: hw.id, pon: { shelf: 0, slot: 0, port: 0 } },
      metrics: ['ponOnlineOnus', 'ponAverageRxDbm', 'ponTxDbm'],
      ...range(),
    })
    expect(pon.series[0]!.avg[0]).toBe(6)
    expect(pon.series[1]!.avg[0]).toBeLessThan(-5)
    const olt = await two.ask('history.series', {
      series: { kind: 'olt', oltId: hw.id },
      metrics: ['oltOnlineOnus', 'oltUptimeS', 'oltAnswerMs'],
      ...range(),
    })
    expect(olt.series[0]!.avg[0]).toBe(11)
    expect(olt.series[1]!.avg[0]).toBeGreaterThan(0)
    expect(olt.series[2]!.avg[0]).toBeGreaterThan(0)
    const { events } = await two.ask('history.events', { series: onu, ...range() })
    expect(events).toEqual([])
    expect(await two.ask('history.status', {})).toMatchObject({ problem: null, refusedCycles: 0 })
  }
  await check(one)
  await one.stop()
  const two = await open(dir)
  await check(two)
})

test('no serial number, no name and no key is in a byte of the history’s files', async () => {
  const dir = workspaceDir()
  const one = await open(dir)
  one.workspace.begin()
  await until(everythingRead(one))
  await until(settled(one))
  const texts = ['HW', 'ZT'].flatMap((name) =>
    one.plant.truth(name).onus.map(({ serial }) => serial),
  )
  const ids = (await one.olts()).map(({ id }) => id)
  const keys = plantKeys()
  const secrets = [keys.historyKey, keys.storeKey, keys.vaultKey]
  const needles = [
    ...secrets,
    ...secrets.map((key) => Buffer.from(key.toString('hex'))),
    ...[...texts, ...ids, 'lab-read', 'SQLite format 3'].flatMap((text) => [
      Buffer.from(text),
      Buffer.from(text, 'utf16le'),
    ]),
  ]
  const found = (): string[] =>
    readdirSync(join(dir, 'history')).filter((name) => {
      const bytes = readFileSync(join(dir, 'history', name))
      return needles.some((needle) => bytes.includes(needle))
    })
  expect(readdirSync(join(dir, 'history')).length).toBeGreaterThan(2)
  expect(found()).toEqual([])
  await one.stop()
  expect(found()).toEqual([])
  // The store's key does not open the history: each has its own.
  const clock = { now: Date.now, monotonic: () => 0 }
  const folder = join(dir, 'history')
  expect(() => openHistory({ folder, key: plantKeys().storeKey, clock })).toThrow('store-wrong-key')
  openHistory({ folder, key: plantKeys().historyKey, clock }).stop()
})

test('how long it is kept is stored, and told to the thread that runs', async () => {
  const dir = workspaceDir()
  const one = await open(dir)
  one.workspace.begin()
  expect((await one.ask('history.status', {})).retention).toEqual({
    readingsDays: 60,
    hoursDays: 730,
  })
  const wanted = { readingsDays: 30, hoursDays: 365 }
  await one.run('history.configure', wanted)
  expect((await one.ask('history.status', {})).retention).toEqual(wanted)
  await one.stop()
  const two = await open(dir)
  expect((await two.ask('history.status', {})).retention).toEqual(wanted)
  await expect(two.run('history.configure', { readingsDays: 1, hoursDays: 365 })).rejects.toThrow()
})

test('a history under another key leaves the console working, and says so', async () => {
  const dir = workspaceDir()
  const clock = { now: Date.now, monotonic: () => 0 }
  openHistory({ folder: join(dir, 'history'), key: keyOf('another'), clock }).stop()
  const before = readFileSync(join(dir, 'history', 'catalogue.db'))
  const one = await open(dir)
  one.workspace.begin()
  await until(everythingRead(one))
  await until(async () => (await one.ask('history.status', {})).problem !== null)
  const status = await one.ask('history.status', {})
  expect(status).toMatchObject({ cycles: 0, bytes: 0, files: 0 })
  expect(['store-wrong-key', 'store-damaged']).toContain(status.problem?.code)
  expect(status.waiting).toBeGreaterThan(0)
  const [olt] = await one.olts()
  const asked = one.ask('history.events', { series: { kind: 'olt', oltId: olt!.id }, ...range() })
  await expect(asked).rejects.toThrow('history-unavailable')
  await pollStatus(one)
  expect(readFileSync(join(dir, 'history', 'catalogue.db')).equals(before)).toBe(true)
  expect(one.logged.filter((line) => line.includes('the history'))).toHaveLength(1)
})

test('a full disk stops the history and nothing else, and with room it goes on', async (context) => {
  const disk = mountSmallDisk(24)
  if (!disk.mounted) return context.skip(disk.why)
  const one = await open(join(disk.path, 'workspace'))
  one.workspace.begin()
  await until(everythingRead(one))
  await until(settled(one))
  const { bavail, bsize } = statfsSync(disk.path)
  const filler = join(disk.path, 'filler')
  writeFileSync(filler, Buffer.alloc(bavail * bsize))
  const status = () => one.ask('history.status', {})
  for (let walk = 0; walk < 200 && (await status()).problem === null; walk++) {
    await pollStatus(one)
    await until(settled(one))
  }
  expect(await status()).toMatchObject({ problem: { code: 'disk-full' } })
  expect((await status()).refusedCycles).toBeGreaterThan(0)
  // What is there is read, and the OLTs are.
  const [olt] = await one.olts()
  const series = { kind: 'olt', oltId: olt!.id }
  const asked = { series, metrics: ['oltOnlineOnus'], ...range() }
  const kept = (await one.ask('history.samples', asked)).series[0]!.values.length
  expect(kept).toBeGreaterThan(0)
  await pollStatus(one)
  rmSync(filler)
  await pollStatus(one)
  await until(settled(one))
  expect((await status()).problem).toBeNull()
  expect((await one.ask('history.samples', asked)).series[0]!.values.length).toBeGreaterThan(kept)
  return undefined
})

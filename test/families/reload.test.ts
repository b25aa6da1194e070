import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFamilySet, type FamilyChange } from '../../src-main/families/family-set.ts'
import { recogniseAnew } from '../../src-main/network/recognise-anew.ts'
import type { OltRecord } from '../../src-main/network/olt-records.ts'
import { serveRecording } from '../../src-main/replay/serve-recording.ts'
import { shippedFamilies, shippedFamily } from '../olt/support/shipped-families.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { temporaryFolder } from '../support/store-workspace.ts'
import { copyFamily, shippedFolder, startFamilyEngine } from './support/family-engine.ts'

const watched = () => {
  const workspace = temporaryFolder()
  const clock = createManualClock()
  const changes: FamilyChange[] = []
  const set = createFamilySet({
    builtIn: shippedFamilies,
    folder: join(workspace, 'olt-families'),
    clock,
    log: { info: () => undefined },
    onChange: (change) => void changes.push(change),
  })
  onTestFinished(set.start())
  const ids = (): string[] => set.own().families.map(({ family }) => family.family)
  return { workspace, clock, changes, set, ids }
}

describe('the folder of own families', () => {
  it('is not read while a file in it is still being written', () => {
    const { workspace, clock, ids } = watched()
    const file = join(copyFamily(workspace, 'mine'), 'profile.yaml')
    clock.advance(5_000)
    writeFileSync(file, `${readFileSync(file, 'utf8')}# and more`)
    clock.advance(5_000)
    expect(ids()).toEqual([])
    clock.advance(5_000)
    expect(ids()).toEqual(['mine'])
  })

  it('is read when a screen asks, at once', () => {
    const { workspace, set, ids } = watched()
    copyFamily(workspace, 'mine')
    set.look()
    expect(ids()).toEqual(['mine'])
  })

  it('is not looked at any more after the stop', () => {
    const { clock, set } = watched()
    const before = clock.pending
    set.start()()
    expect(clock.pending).toBe(before)
  })

  it('tells what came, what changed and what went, and nothing when only its times moved', () => {
    const { workspace, set, changes } = watched()
    const folder = copyFamily(workspace, 'mine')
    set.reload()
    expect(changes.at(-1)).toMatchObject({ gone: new Set(), fresh: [{ family: 'mine' }] })
    utimesSync(join(folder, 'profile.yaml'), 1, 1)
    set.reload()
    expect(changes).toHaveLength(1)
    copyFamily(workspace, 'mine', (yaml) => `${yaml}# other\n`)
    set.reload()
    expect(changes.at(-1)).toMatchObject({ gone: new Set(['mine']), fresh: [{ family: 'mine' }] })
    rmSync(folder, { recursive: true })
    set.reload()
    expect(changes.at(-1)).toMatchObject({ gone: new Set(['mine']), fresh: [] })
  })

  it('is not worked out again where nothing has changed', () => {
    const { workspace, set } = watched()
    copyFamily(workspace, 'mine')
    set.reload()
    const before = set.ownFamily('mine')
    copyFamily(workspace, 'other')
    set.reload()
    expect(set.ownFamily('mine')).toBe(before)
  })

  it('loses one family that breaks and keeps the others', () => {
    const { workspace, set, ids } = watched()
    copyFamily(workspace, 'mine')
    const file = join(copyFamily(workspace, 'other'), 'profile.yaml')
    set.reload()
    writeFileSync(file, 'family: [')
    set.reload()
    expect(ids()).toEqual(['mine'])
    expect(set.own().refused.map(({ name }) => name)).toEqual(['other'])
    expect(set.current()).toHaveLength(shippedFamilies.length + 1)
  })
})

describe('OLTs are asked anew what they are', () => {
  const olt = (id: string, familyId: string | null, sysObjectId: string | null): OltRecord =>
    ({
      row: { id },
      status: {
        familyId,
        system: sysObjectId === null ? null : { sysObjectId, sysDescr: 'V1600D' },
      },
    }) as OltRecord
  const vsol = '1.3.6.1.4.1.37950.1.1'
  const asked = (change: FamilyChange): string[] => {
    const ids: string[] = []
    const olts = [
      olt('of-mine', 'mine', vsol),
      olt('of-vsol', 'vsol-v1600d-epon', vsol),
      olt('of-huawei', 'huawei-smartax-gpon', '1.3.6.1.4.1.2011.2.115'),
      olt('unknown', null, vsol),
      olt('never-read', null, null),
    ]
    recogniseAnew(olts, change, (id, group) => {
      if (group === 'recognise') ids.push(id)
    })
    return ids
  }

  it('where their family is gone', () => {
    expect(asked({ gone: new Set(['mine']), fresh: [] })).toEqual(['of-mine'])
  })

  it('where a new family might take them, and nowhere else', () => {
    const family = { ...shippedFamily('vsol-v1600d-epon'), family: 'new' }
    expect(asked({ gone: new Set(), fresh: [family] })).toEqual(['of-mine', 'of-vsol', 'unknown'])
  })
})

describe('an OLT that is being read', () => {
  it(
    'goes over to an own family when it comes, and back when it goes',
    { timeout: 60_000 },
    async () => {
      const captures = join(shippedFolder, 'vsol-v1600d-epon', 'captures')
      const agent = await serveRecording({ file: join(captures, 'from-facts.snmprec'), port: 0 })
      onTestFinished(() => agent.stop())
      const workspace = join(temporaryFolder(), 'workspace')
      const { engine, command, query } = await startFamilyEngine(workspace)
      onTestFinished(() => engine.stop())
      const { host, port } = agent
      const added = await command('network.addOlt', { name: 'A', host, port, community: 'public' })
      expect(added).toMatchObject({ ok: true })

      const isReadBy = (id: string): Promise<void> =>
        vi.waitFor(
          async () => {
            const { olts } = await query('network.olts')
            expect(olts[0]?.familyId).toBe(id)
          },
          { timeout: 20_000, interval: 20 },
        )
      const oltsOf = async (id: string) => {
        const { families } = await query('families.list')
        return families.find((family) => family.id === id)?.olts
      }

      await isReadBy('vsol-v1600d-epon')
      expect(await oltsOf('vsol-v1600d-epon')).toBe(1)

      const mine = copyFamily(workspace, 'mine', (yaml) =>
        yaml.replace(
          '{ sysObjectId: 1.3.6.1.4.1.37950,',
          '{ sysObjectId: 1.3.6.1.4.1.37950.1.1.5,',
        ),
      )
      await command('families.reload')
      const named = await query('network.families')
      expect(named.families.map(({ id }) => id)).toContain('mine')
      await isReadBy('mine')
      expect(await oltsOf('mine')).toBe(1)
      expect(await oltsOf('vsol-v1600d-epon')).toBe(0)

      rmSync(mine, { recursive: true })
      await command('families.reload')
      await isReadBy('vsol-v1600d-epon')
    },
  )
})

describe('what is shown of a family', () => {
  it('is its folder, what is written about it, its rules, columns with remarks, and its recordings', async () => {
    const workspace = join(temporaryFolder(), 'workspace')
    const { engine, query, call } = await startFamilyEngine(workspace)
    onTestFinished(() => engine.stop())
    copyFamily(workspace, 'mine')
    const own = await query('families.family', { id: 'mine' })
    expect(own.folder).toBe(join(workspace, 'olt-families', 'mine'))
    expect(own.readme).toMatch(/^# VSOL/u)
    expect(own.family).toMatchObject({ source: 'own', trust: 'untrusted', trustedBy: null })
    const zte = await query('families.family', { id: 'zte-c300-gpon' })
    expect(zte.family).toMatchObject({ source: 'built-in', trust: 'built-in', contentHash: null })
    expect(zte.recognisedBy.length).toBeGreaterThan(1)
    expect(zte.columns.find(({ field }) => field === 'distanceM')).toMatchObject({
      table: 'onus',
      certainty: 'proven',
      note: '0 in the recording where the OLT has not ranged the ONU.',
    })
    const { proven, unproven } = zte.family.columns
    expect(zte.columns).toHaveLength(proven + unproven)
    const check = await query('families.check', { id: 'mine' })
    expect(check.problem).toBeNull()
    expect(check.captures).toMatchObject([
      { capture: 'from-facts.snmprec', result: 'passed', differences: [], onus: 2 },
      { capture: 'vsolution_v1600d.snmprec', result: 'skipped', onus: null },
    ])
    expect(await call('families.family', { id: 'nobody' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })
})

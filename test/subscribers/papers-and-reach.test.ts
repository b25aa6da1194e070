import { describe, expect, it } from 'vitest'
import { everything } from '../../src-main/engine/reach.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createSubscribersBench, nadia, north, rudi, south } from '../support/subscribers-bench.ts'

const code = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code

describe('notes and documents', () => {
  const pdf = new TextEncoder().encode('%PDF-1.7 contract')

  it('are refused when they are stale, another one’s, or not what they claim', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    const other = await bench.make()
    const note = { id, noteId: null, baseVersion: 0, text: 'Dog' }
    const { noteId } = await bench.command('subscribers.saveNote', note)
    const save = (more: object) =>
      code(bench.command('subscribers.saveNote', { ...note, noteId, baseVersion: 1, ...more }))
    expect(await save({ baseVersion: 3 })).toBe('conflict')
    expect(await save({ id: other.id })).toBe('not-found')
    expect(await save({ text: ' ' })).toBe('invalid-input')
    const add = (name: string, bytes: Uint8Array<ArrayBuffer>) =>
      code(bench.command('subscribers.addFile', { id, name, bytes }))
    expect(await add('contract.pdf', new TextEncoder().encode('<html>'))).toBe('file-not-as-named')
    expect(await add('run.exe', pdf)).toBe('file-not-as-named')
    expect(await add('a.pdf', new Uint8Array(5 * 1024 * 1024 + 1))).toBe('file-too-big')
    const { fileId } = await bench.command('subscribers.addFile', { id, name: 'a.pdf', bytes: pdf })
    expect(await add('again.pdf', pdf)).toBe('conflict')
    expect(await code(bench.query('subscribers.file', { id: other.id, fileId }))).toBe('not-found')
    const take = { id: other.id, fileId }
    expect(await code(bench.command('subscribers.removeFile', take))).toBe('not-found')
  })

  it('come back byte by byte, and are gone when they are removed', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    const { fileId } = await bench.command('subscribers.addFile', {
      id,
      name: 'contract.pdf',
      bytes: pdf,
    })
    const { file, content } = await bench.query('subscribers.file', { id, fileId })
    expect(content).toEqual(pdf)
    expect(file).toMatchObject({ name: 'contract.pdf', mediaType: 'application/pdf', by: 'Nadia' })
    expect((await bench.query('subscribers.record', { id })).files).toHaveLength(1)
    await bench.command('subscribers.removeFile', { id, fileId })
    const left = bench.reader.prepare('SELECT count(*) AS n FROM subscriber_file_content').get()
    expect(left).toEqual({ n: 0 })
  })
})

describe('whoever reaches a part', () => {
  it('sees those on his OLTs, and the agent his own; nobody else', async () => {
    const bench = createSubscribersBench()
    bench.seen.set(north, ['HWTC00000001'])
    bench.seen.set(south, ['HWTC00000002'])
    const made = await Promise.all([bench.make(), bench.make(), bench.make({ agentId: rudi })])
    const [one, two, lead] = made.map(({ id }) => id) as [string, string, string]
    const serve = (id: string, oltId: string, serial: string) =>
      bench.command('subscribers.saveService', {
        id,
        serviceId: null,
        baseVersion: 0,
        name: 'Home',
        onu: { oltId, serial },
      })
    await serve(one, north, 'HWTC00000001')
    await serve(two, south, 'HWTC00000002')
    const listed = async () => {
      const { subscribers, total, all } = await bench.query('subscribers.list', {})
      expect([total, all]).toEqual([subscribers.length, subscribers.length])
      return subscribers.map(({ id }) => id)
    }
    const exported = async () => (await bench.query('subscribers.export', {})).rows

    bench.reach = { kind: 'regions', accountId: nadia, olts: new Set([north]) }
    expect(await listed()).toEqual([one])
    expect(await exported()).toBe(1)
    expect(await code(bench.query('subscribers.record', { id: two }))).toBe('beyond-scope')
    expect(await code(bench.query('subscribers.record', { id: lead }))).toBe('beyond-scope')
    expect(await code(serve(one, south, 'HWTC00000009'))).toBe('beyond-scope')
    expect(
      (await bench.query('subscribers.list', { filter: { search: 'HWTC00000002' } })).total,
    ).toBe(0)

    bench.reach = { kind: 'regions', accountId: rudi, olts: new Set([south]) }
    expect(new Set(await listed())).toEqual(new Set([two, lead]))

    bench.reach = { kind: 'own', accountId: rudi, olts: new Set() }
    expect(await listed()).toEqual([lead])
    // What he makes is his own; another's he cannot make, nor give his away.
    const { id: his } = await bench.make()
    expect(new Set(await listed())).toEqual(new Set([lead, his]))
    expect(await code(bench.make({ agentId: nadia }))).toBe('beyond-scope')
    const give = { which: { ids: [his] }, agentId: nadia, expected: 1 }
    expect(await code(bench.command('subscribers.setAgent', give))).toBe('beyond-scope')
    expect((await bench.query('subscribers.agents', {})).agents).toEqual([
      { id: rudi, name: 'Rudi' },
    ])
  })

  it('sees of one who lies in both regions the services of his own', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    const ids: string[] = []
    for (const [oltId, serial] of [
      [north, 'HWTC00000001'],
      [south, 'HWTC00000002'],
    ] as const) {
      const { serviceId } = await bench.command('subscribers.saveService', {
        id,
        serviceId: null,
        baseVersion: 0,
        name: `On ${serial}`,
        onu: { oltId, serial },
      })
      ids.push(serviceId)
    }
    bench.reach = { kind: 'regions', accountId: nadia, olts: new Set([south]) }
    const record = await bench.query('subscribers.record', { id })
    expect(record.services.map(({ id: own }) => own)).toEqual([ids[1]])
    expect(record.servicesBeyond).toBe(1)
    const { events } = await bench.query('subscribers.timeline', { id })
    expect(JSON.stringify(events)).not.toContain('HWTC00000001')
    const { subscribers } = await bench.query('subscribers.list', {})
    expect(subscribers[0]).toMatchObject({ serial: 'HWTC00000002', liveServices: 1 })
    expect((await bench.query('subscribers.export', {})).csv).not.toContain('HWTC00000001')
    // Only who reaches all of him changes him.
    const change = { id, baseVersion: 1, status: 'active' } as const
    expect(await code(bench.command('subscribers.setStatus', change))).toBe('beyond-scope')
    bench.reach = everything
    await bench.command('subscribers.setStatus', change)
  })
})

import { describe, expect, it } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import { idOf } from '../support/store-workspace.ts'
import { createSubscribersBench, rudi } from '../support/subscribers-bench.ts'

const code = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code
const field = async (work: Promise<unknown>) => {
  const error = await rejectionOf(work)
  return [error.code, error.params['field'], error.params['rule']]
}

describe('a subscriber is refused', () => {
  it('whose code belongs to another, in whatever letters', async () => {
    const bench = createSubscribersBench()
    await bench.make({ code: 'Net-1' })
    expect(await code(bench.make({ code: 'NET-1' }))).toBe('subscriber-code-taken')
    const { id } = await bench.make({ code: 'NET-2' })
    const { contacts: _, ...record } = await bench.query('subscribers.record', { id })
    expect(
      await code(
        bench.command('subscribers.change', {
          id,
          baseVersion: 1,
          code: 'net-1',
          kind: record.kind,
          name: record.name,
          language: 'id',
        }),
      ),
    ).toBe('subscriber-code-taken')
  })

  it('with a number or mail that is none, each by its place', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    const set = (contact: object) =>
      bench.command('subscribers.setContacts', {
        id,
        baseVersion: 1,
        contacts: [{ role: 'owner', name: 'Sri' }, { role: 'other', ...contact } as never],
      })
    expect(await field(set({ phone: '08x1' }))).toEqual([
      'invalid-input',
      'contacts.1.phone',
      'phone',
    ])
    expect(await field(set({ email: 'sri@' }))).toEqual([
      'invalid-input',
      'contacts.1.email',
      'email',
    ])
    expect(await field(set({}))).toEqual(['invalid-input', 'contacts.1', 'empty'])
    // Nothing of it was kept.
    expect((await bench.query('subscribers.record', { id })).version).toBe(1)
  })

  it('with coordinates off the earth, half of them, or where nobody lives', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    const set = (coordinates: object) =>
      bench.command('subscribers.setAddresses', {
        id,
        baseVersion: 1,
        addresses: [{ kind: 'service', lines: 'Jl. Melati 1', coordinates } as never],
      })
    for (const wrong of [
      { latitude: 91, longitude: 0 },
      { latitude: 0, longitude: -181 },
      { latitude: 1 },
      { latitude: Number.NaN, longitude: 1 },
      { latitude: 0, longitude: 0 },
    ]) {
      expect(await code(set(wrong))).toBe('invalid-input')
    }
  })

  it('with a zone, country, language or currency that there is not', async () => {
    const bench = createSubscribersBench()
    for (const wrong of [
      { timeZone: 'Mars/Olympus' },
      { language: 'indonesian' },
      { currency: 'rp' },
      { addresses: [{ kind: 'service' as const, city: 'B', country: 'XX' }] },
      { name: 'a\u0000b' },
      { name: '' },
    ]) {
      expect(await code(bench.make(wrong)), JSON.stringify(wrong)).toBe('invalid-input')
    }
  })

  it('that somebody else changed meanwhile, and one that there is not', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    await bench.command('subscribers.setStatus', { id, baseVersion: 1, status: 'active' })
    const late = bench.command('subscribers.setStatus', { id, baseVersion: 1, status: 'ended' })
    expect(await code(late)).toBe('conflict')
    const gone = { id: idOf(0xdead), baseVersion: 1, status: 'active' } as const
    expect(await code(bench.command('subscribers.setStatus', gone))).toBe('not-found')
  })

  it('whose contact is another one’s', async () => {
    const bench = createSubscribersBench()
    const one = await bench.make()
    const other = await bench.make()
    const [contact] = (await bench.query('subscribers.record', { id: other.id })).contacts
    const steal = bench.command('subscribers.setContacts', {
      id: one.id,
      baseVersion: 1,
      contacts: [{ role: 'owner', name: 'x', id: contact!.id }],
    })
    expect(await code(steal)).toBe('not-found')
  })

  it('a status that does not follow, or an end while something still serves him', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    const set = (status: 'lead' | 'active' | 'suspended' | 'ended', baseVersion: number) =>
      bench.command('subscribers.setStatus', { id, baseVersion, status, reason: 'because' })
    expect(await code(set('suspended', 1))).toBe('subscriber-status')
    expect(await code(set('lead', 1))).toBe('subscriber-status')
    await set('active', 1)
    const service = await bench.command('subscribers.saveService', {
      id,
      serviceId: null,
      baseVersion: 0,
      name: 'Home',
      onu: null,
    })
    expect(await code(set('ended', 2))).toBe('subscriber-has-services')
    await bench.command('subscribers.endService', {
      id,
      serviceId: service.serviceId,
      baseVersion: 1,
    })
    await set('ended', 2)
    const more = bench.command('subscribers.saveService', {
      id,
      serviceId: null,
      baseVersion: 0,
      name: 'Home',
      onu: null,
    })
    expect(await code(more)).toBe('subscriber-status')
    await set('active', 3)
    expect(await bench.query('subscribers.record', { id })).toMatchObject({
      status: 'active',
      statusReason: 'because',
    })
  })
})

describe('a subscriber', () => {
  it('gets the next free code of the pattern, past what somebody typed', async () => {
    const bench = createSubscribersBench()
    await bench.make({ code: 's-000002' })
    expect((await bench.make()).code).toBe('S-000001')
    expect((await bench.make()).code).toBe('S-000003')
    const settings = await bench.query('subscribers.settings', {})
    expect(settings).toMatchObject({ nextNumber: 4, nextCode: 'S-000004' })
    await bench.command('subscribers.configure', {
      baseVersion: 1,
      codePattern: '{0000}-MY',
      nextNumber: 7,
      country: 'MY',
      language: 'en',
    })
    expect((await bench.make()).code).toBe('0007-MY')
    const { id } = await bench.make({ contacts: [{ role: 'owner', phone: '012-345 6789' }] })
    expect((await bench.query('subscribers.record', { id })).contacts[0]?.phone).toBe(
      '+60123456789',
    )
    const late = bench.command('subscribers.configure', {
      baseVersion: 1,
      codePattern: '{00}',
      nextNumber: 1,
      country: 'MY',
      language: 'en',
    })
    expect(await code(late)).toBe('conflict')
  })

  it('comes back as typed: contacts, addresses with coordinates, tax, marks', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make({
      kind: 'company',
      name: 'PT Maju Jaya',
      taxId: '01.234.567.8-901.000',
      taxTreatment: 'exempt',
      neverSuspend: true,
      neverSuspendReason: 'Clinic',
      agentId: rudi,
      contacts: [
        { role: 'owner', email: 'Boss@Maju.co.id' },
        { role: 'billing', phone: '0812 3456 7890', channel: 'whatsapp' },
      ],
      addresses: [
        {
          kind: 'service',
          lines: 'Jl. Melati 12\nRT 04/03',
          city: 'Bandung',
          postcode: '40115',
          country: 'ID',
          coordinates: { latitude: -6.9147444, longitude: 107.6098111 },
        },
        { kind: 'billing', lines: 'Jl. Asia Afrika 8', city: 'Bandung' },
      ],
    })
    const record = await bench.query('subscribers.record', { id })
    expect(record).toMatchObject({
      status: 'lead',
      neverSuspend: true,
      agentName: 'Rudi',
      restricted: false,
      marketingConsent: null,
      contacts: [{ email: 'boss@maju.co.id' }, { phone: '+6281234567890', channel: 'whatsapp' }],
      addresses: [{ coordinates: { latitude: -6.9147444, longitude: 107.6098111 } }, {}],
    })
    const { subscribers } = await bench.query('subscribers.list', {})
    expect(subscribers[0]).toMatchObject({
      phone: '+6281234567890',
      email: 'boss@maju.co.id',
      address: 'Jl. Melati 12, RT 04/03, 40115 Bandung',
    })
    expect(bench.subscribers.port.party(id)).toMatchObject({
      name: 'PT Maju Jaya',
      taxTreatment: 'exempt',
      phone: '+6281234567890',
      address: { lines: 'Jl. Asia Afrika 8' },
    })
    expect(bench.subscribers.port.party(idOf(0xdead))).toBeNull()
  })

  it('keeps a time line of all of it, that nobody can change', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    await bench.command('subscribers.setStatus', { id, baseVersion: 1, status: 'active' })
    await bench.command('subscribers.setContacts', { id, baseVersion: 2, contacts: [] })
    const record = await bench.query('subscribers.record', { id })
    await bench.command('subscribers.change', {
      id,
      baseVersion: 3,
      kind: 'person',
      name: 'Sri R.',
      language: 'en',
      code: record.code,
    })
    const note = await bench.command('subscribers.saveNote', {
      id,
      noteId: null,
      baseVersion: 0,
      text: 'Dog',
    })
    await bench.command('subscribers.removeNote', { id, noteId: note.noteId, baseVersion: 1 })
    bench.write('test.billed', (tx) =>
      bench.subscribers.port.note(tx, { subscriberId: id, kind: 'billing-test', accountId: null }),
    )
    const { events, more } = await bench.query('subscribers.timeline', { id, limit: 4 })
    expect(more).toBe(true)
    const older = await bench.query('subscribers.timeline', { id, before: events.at(-1)!.seq })
    expect([...events, ...older.events].map(({ kind, by }) => `${kind} by ${by}`)).toEqual([
      'billing-test by null',
      'note-removed by Nadia',
      'note-added by Nadia',
      'changed by Nadia',
      'contacts by Nadia',
      'status by Nadia',
      'created by Nadia',
    ])
    expect(events[3]?.data).toEqual({ fields: 'name language' })
    expect(() =>
      bench.write('test.forge', (tx) => tx.run(`UPDATE subscriber_event SET kind = 'x'`)),
    ).toThrow('never changed')
  })

  it('changed to what he is already is left as he is', async () => {
    const bench = createSubscribersBench()
    const { id, code: own } = await bench.make()
    const same = { id, baseVersion: 1, kind: 'person', name: 'Sri Rahayu', language: 'id' } as const
    expect(await bench.command('subscribers.change', { ...same, code: own })).toEqual({
      version: 1,
    })
  })

  it('tells the change feed which fields changed, and no value of his', async () => {
    const bench = createSubscribersBench()
    await bench.make({ name: 'Secret Name', contacts: [{ role: 'owner', email: 'se@cret.id' }] })
    const feed = bench.reader.prepare<[], { data: string }>('SELECT data FROM change_feed').all()
    expect(JSON.stringify(feed)).not.toMatch(/secret|cret\.id/iu)
    const results = bench.reader.prepare<[], { result: string }>(
      'SELECT result FROM command_result',
    )
    expect(JSON.stringify(results.all())).not.toMatch(/secret|cret\.id/iu)
  })

  it('is told of to the audit trail as the person it is about', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    // Only what a real classifier writes: the change names the subscriber.
    const rows = bench.reader
      .prepare<[], { entity: string; entityId: string }>(
        `SELECT entity, entity_id AS entityId FROM change_feed`,
      )
      .all()
    expect(rows).toEqual([{ entity: 'subscriber', entityId: id }])
  })
})

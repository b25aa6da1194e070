import { describe, expect, it } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import { idOf } from '../support/store-workspace.ts'
import {
  createSubscribersBench,
  north,
  south,
  type SubscribersBench,
} from '../support/subscribers-bench.ts'

const code = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code

const preview = (
  bench: SubscribersBench,
  content: string | Uint8Array<ArrayBuffer>,
  more: object = {},
) =>
  bench.query('subscribers.previewImport', {
    taskId: idOf(1),
    fileName: 'pelanggan.csv',
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ...more,
  })

const utf16 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(2 + text.length * 2)
  bytes.set([0xff, 0xfe])
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    bytes.set([unit & 0xff, unit >> 8], 2 + at * 2)
  }
  return bytes
}

const latin1 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0))

describe('a file that is imported', () => {
  it('is refused when it is no text, empty, or mapped to columns it has not', async () => {
    const bench = createSubscribersBench()
    expect(await code(preview(bench, new Uint8Array([0, 0, 1, 0, 9])))).toBe('import-unreadable')
    expect(await code(preview(bench, ''))).toBe('import-unreadable')
    const file = 'a,b\nx,y\n'
    for (const mapping of [['name'], ['name', 'name'], ['phone', null]]) {
      expect(await code(preview(bench, file, { mapping }))).toBe('import-unreadable')
    }
    expect(await code(bench.command('subscribers.applyImport', { importId: idOf(7) }))).toBe(
      'not-found',
    )
  })

  it('tells each line that it leaves out, with why, and adds the rest', async () => {
    const bench = createSubscribersBench()
    bench.seen.set(north, ['HWTC00000001', 'HWTC00000002'])
    bench.seen.set(south, ['HWTC00000002'])
    const there = await bench.make({ code: 'A-1' })
    await bench.command('subscribers.saveService', {
      id: there.id,
      serviceId: null,
      baseVersion: 0,
      name: 'Home',
      onu: { oltId: north, serial: 'HWTC00000001' },
    })
    const read = await preview(
      bench,
      [
        'Nama;Kode;No HP;Email;OLT;SN;Status;Lintang;Bujur;Agen',
        'Good;A-2;0812-3456-7890;;;;;-6,9;107,6;Rudi',
        ';A-3;;;;;;;;',
        'Twice;A-2;;;;;;;;',
        'Taken;a-1;;;;;;;;',
        'Phone;;call me;;;;;;;',
        'Mail;;;sri@;;;;;;',
        'Olt;;;;West;HWTC00000009;;;;',
        'Served;;;;North;HWTC00000001;;;;',
        'Both;;;;;HWTC00000002;;;;',
        'Nowhere;;;;;HWTC0000000F;;;;',
        'State;;;;;;maybe;;;',
        'Half;;;;;;;-6,9;;',
        'Far;;;;;;;95;107;',
        'Agent;;;;;;;;;Nobody',
        'Wide;;;;;;;;;;;;x',
        '"Open;;;;;;;;;',
      ].join('\n'),
    )
    expect(read.adds).toBe(1)
    expect(read.rows).toBe(16)
    expect(read.problemsTotal).toBe(15)
    expect(read.problems.map(({ line, code: why }) => `${line} ${why}`)).toEqual([
      '3 name-missing',
      '4 code-twice',
      '5 code-taken',
      '6 phone',
      '7 email',
      '8 olt-unknown',
      '9 onu-taken',
      '10 onu-many',
      '11 onu-unknown',
      '12 unknown-value',
      '13 half-place',
      '14 unknown-value',
      '15 agent-unknown',
      '16 cells',
      '17 quote',
    ])
  })

  it.each([
    ['UTF-8', new TextEncoder().encode('name,city\nJosé,Móstoles\n')],
    ['UTF-8 with BOM', new TextEncoder().encode('\ufeffname,city\nJosé,Móstoles\n')],
    ['UTF-16 LE', utf16('name,city\nJosé,Móstoles\n')],
    ['Windows-1252', latin1('name,city\nJosé,Móstoles\n')],
  ])('is read as what it is: %s', async (encoding, bytes) => {
    const bench = createSubscribersBench()
    const read = await preview(bench, bytes)
    expect(read.encoding).toBe(encoding)
    expect(read.sample[0]).toMatchObject({ name: 'José', address: 'Móstoles' })
  })

  it('loses nothing: columns without a field become a note, and can be mapped by hand', async () => {
    const bench = createSubscribersBench()
    const file = 'Nama,Telp rumah,HP,Paket lama\nSri,022-123456,08123456789,20 Mbps\n'
    const read = await preview(bench, file)
    expect(read.columns.map(({ header, field, sample }) => [header, field, sample[0]])).toEqual([
      ['Nama', 'name', 'Sri'],
      ['Telp rumah', null, '022-123456'],
      ['HP', 'phone', '08123456789'],
      ['Paket lama', null, '20 Mbps'],
    ])
    const mapped = await preview(bench, file, { mapping: ['name', 'phone', 'phone', null] })
    await bench.command('subscribers.applyImport', { importId: mapped.importId })
    const { subscribers } = await bench.query('subscribers.list', {})
    const record = await bench.query('subscribers.record', { id: subscribers[0]!.id })
    expect(record.contacts.map(({ phone }) => phone)).toEqual(['+6222123456', '+628123456789'])
    expect(record.notes[0]?.text).toBe('Paket lama: 20 Mbps')
  })

  it('warns of who looks the same, and adds him', async () => {
    const bench = createSubscribersBench()
    await bench.make({ name: 'Sri', contacts: [{ role: 'owner', phone: '08123456789' }] })
    const read = await preview(bench, 'name,phone\nBudi,+62 812 345 6789\nSri,\nTono,0812999\n')
    expect(read.adds).toBe(3)
    expect(read.warnings.map(({ line, code: why }) => `${line} ${why}`)).toEqual([
      '2 alike-phone',
      '3 alike-name',
    ])
  })

  it('goes in whole, serves its ONUs, and comes out whole as long as nothing was built upon it', async () => {
    const bench = createSubscribersBench()
    bench.seen.set(north, ['HWTC00000001'])
    const file = [
      'name,phone,street,city,olt,serial,paket',
      'Sri,0812 3456 7890,Jl. Melati 1,Bandung,north,hwtc-00000001,Home 20',
      'Budi,0812 3456 7891,Jl. Melati 2,Bandung,,,Home 50',
    ].join('\r\n')
    const read = await preview(bench, file)
    expect(read.problems).toEqual([])
    expect(await bench.command('subscribers.applyImport', { importId: read.importId })).toEqual({
      added: 2,
    })
    // Once.
    const again = bench.command('subscribers.applyImport', { importId: read.importId })
    expect(await code(again)).toBe('not-found')
    const { subscribers } = await bench.query('subscribers.list', { sort: 'code' })
    expect(
      subscribers.map(({ code: own, name, status, serial }) => [own, name, status, serial]),
    ).toEqual([
      ['S-000001', 'Sri', 'active', 'HWTC00000001'],
      ['S-000002', 'Budi', 'lead', null],
    ])
    const budi = subscribers[1]!
    await bench.command('subscribers.setStatus', { id: budi.id, baseVersion: 1, status: 'active' })
    expect((await bench.query('subscribers.imports', {})).imports[0]).toMatchObject({
      added: 2,
      builtUpon: 1,
      fileName: 'pelanggan.csv',
    })
    const undo = () => bench.command('subscribers.undoImport', { importId: read.importId })
    expect(await code(undo())).toBe('import-built-upon')

    const second = await preview(bench, 'name\nTono\nRatna\n')
    await bench.command('subscribers.applyImport', { importId: second.importId })
    const taken = { importId: second.importId }
    expect(await bench.command('subscribers.undoImport', taken)).toEqual({ removed: 2 })
    expect((await bench.query('subscribers.list', {})).total).toBe(2)
    expect(await code(bench.command('subscribers.undoImport', taken))).toBe('not-found')
    const words = bench.reader
      .prepare(`SELECT word FROM subscriber_word WHERE word = 'ratna'`)
      .all()
    expect(words).toEqual([])
  })

  it('refuses as a whole what came between the preview and the import', async () => {
    const bench = createSubscribersBench()
    const read = await preview(bench, 'name,code\nSri,A-1\nBudi,A-2\n')
    await bench.make({ code: 'a-2' })
    const apply = bench.command('subscribers.applyImport', { importId: read.importId })
    expect(await code(apply)).toBe('subscriber-code-taken')
    expect((await bench.query('subscribers.list', {})).total).toBe(1)
    expect((await bench.query('subscribers.imports', {})).imports).toEqual([])
  })

  it('takes in again what the export wrote', async () => {
    const bench = createSubscribersBench()
    bench.seen.set(north, ['HWTC00000001'])
    const { id } = await bench.make({
      name: '=Sri, "Net"',
      kind: 'company',
      taxId: '01.234',
      addresses: [
        {
          kind: 'service',
          lines: 'Jl. A 1',
          city: 'Bandung',
          country: 'ID',
          coordinates: { latitude: -6.9, longitude: 107.6 },
        },
      ],
    })
    await bench.command('subscribers.saveService', {
      id,
      serviceId: null,
      baseVersion: 0,
      name: 'Home',
      onu: { oltId: north, serial: 'HWTC00000001' },
    })
    const { csv } = await bench.query('subscribers.export', {})
    const other = createSubscribersBench()
    other.seen.set(north, ['HWTC00000001'])
    const read = await preview(other, csv)
    expect(read.problems).toEqual([])
    await other.command('subscribers.applyImport', { importId: read.importId })
    const head = (text: string): string[] =>
      text.split('\r\n').map((line) => line.replace(/,[^,]*$/u, ''))
    expect(head((await other.query('subscribers.export', {})).csv)).toEqual(head(csv))
  })
})

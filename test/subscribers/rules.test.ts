import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf, fromE7, isMail, toE7 } from '../../src-main/subscribers/rules.ts'
import { largestFile, mediaTypeOf } from '../../src-main/engine/file-types.ts'
import { termsOf, wordsOfSubscriber } from '../../src-main/subscribers/words.ts'
import { countries } from '../../src-shared/domain/countries.ts'
import { onuSerialOf } from '../../src-shared/domain/onu-serial.ts'
import { phoneOf, phoneWords, shownPhone } from '../../src-shared/domain/phone.ts'
import {
  mayFollow,
  statusesAfter,
  subscriberStatuses,
} from '../../src-shared/domain/subscriber-status.ts'
import { errorOf } from '../support/error-code.ts'

describe('a telephone number', () => {
  it.each([
    '',
    '12',
    'call me',
    '0812-ABC',
    '+62 812 +1',
    '1'.repeat(16),
    '+999 123 456 78',
    '0000',
  ])('%j is none', (typed) => expect(phoneOf(typed, 'ID')).toBeNull())

  it.each([
    ['081234567890', 'ID', '+6281234567890'],
    ['0812-3456-7890', 'ID', '+6281234567890'],
    ['(0812) 3456.7890', 'ID', '+6281234567890'],
    ['81234567890', 'ID', '+6281234567890'],
    ['6281234567890', 'ID', '+6281234567890'],
    ['+62 812 3456 7890', 'DE', '+6281234567890'],
    ['0062 812 3456 7890', 'DE', '+6281234567890'],
    ['+44 (0)20 7946 0958', 'ID', '+442079460958'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['1 415 555 2671', 'US', '+14155552671'],
    ['06 12345678', 'IT', '+390612345678'],
    ['8 495 123-45-67', 'RU', '+74951234567'],
    ['０８１２３４５６７８９０', 'ID', '+6281234567890'],
  ])('%j typed in %s is %s', (typed, country, kept) => {
    expect(phoneOf(typed, country)).toBe(kept)
  })

  it('once kept stays what it is, however it is written', () => {
    const groups = fc.constantFrom(' ', '-', '.', '')
    fc.assert(
      fc.property(
        fc.constantFrom(...countries.keys()),
        fc.stringMatching(/^[1-9]\d{7,8}$/u),
        groups,
        (country, national, gap) => {
          const calling = countries.get(country)?.calling ?? ''
          const typed = `+${calling}${gap}${national.slice(0, 3)}${gap}${national.slice(3)}`
          const kept = phoneOf(typed, 'ID')
          expect(kept).toBe(`+${calling}${national}`)
          expect(phoneOf(shownPhone(kept ?? ''), 'ID')).toBe(kept)
        },
      ),
      { seed: 76851, numRuns: 200 },
    )
  })

  it('is found whole, as dialled at home, and by its end', () => {
    expect(phoneWords('+6281234567890')).toEqual([
      '6281234567890',
      '81234567890',
      '081234567890',
      '567890',
      '7890',
    ])
  })
})

describe('a typed search', () => {
  const found = (typed: string, ...texts: string[]): boolean => {
    const words = [
      ...wordsOfSubscriber({
        code: 'S-000123',
        texts,
        phones: ['+6281234567890'],
        serials: ['HWTC0BADF011'],
      }),
    ]
    return termsOf(typed, 'ID').every((term) =>
      term.some((ranges) =>
        ranges.every(({ from, to }) => words.some((word) => word >= from && word < to)),
      ),
    )
  }

  it.each([
    '0812 3456 7890',
    '+62 812-3456-7890',
    '6281234567890',
    '0812345',
    '7890',
    'sri 0812 3456 7890',
    's-000123',
    'S000123',
    '123',
    'hwtc0badf011',
    '0badf011',
    'rahayu',
    'RAHAYU melati 12',
    'melati 12 40115',
    'café',
  ])('%j finds her', (typed) =>
    expect(found(typed, 'Sri Rahayu', 'Jl. Melati 12, 40115 Bandung', 'Cafe')).toBe(true),
  )

  it.each(['budi', '0812 9999 0000', 'ahayu', 'x'])('%j does not', (typed) =>
    expect(found(typed, 'Sri Rahayu', 'Jl. Melati 12')).toBe(false),
  )
})

describe('a serial number', () => {
  it.each([
    ['hwtc-0badf011', 'HWTC0BADF011'],
    ['HWTC 0BADF011', 'HWTC0BADF011'],
    ['485754430BADF011', 'HWTC0BADF011'],
    ['00-6d-61-ee-0b-f3', '00:6D:61:EE:0B:F3'],
    ['006d61ee0bf3', '00:6D:61:EE:0B:F3'],
    ['ab:cd:12:34:56:78', 'AB:CD:12:34:56:78'],
    ['FFFFFFFF0BADF011', 'FFFFFFFF0BADF011'],
  ])('%s is written %s', (typed, kept) => {
    expect(onuSerialOf(typed)).toBe(kept)
    expect(onuSerialOf(kept)).toBe(kept)
  })
})

describe('a status', () => {
  it('follows another by the table and by nothing else', () => {
    const allowed = subscriberStatuses.flatMap((from) =>
      subscriberStatuses.filter((to) => mayFollow(from, to)).map((to) => `${from} → ${to}`),
    )
    expect(allowed).toEqual([
      'lead → active',
      'lead → ended',
      'active → suspended',
      'active → ended',
      'suspended → active',
      'suspended → ended',
      'ended → active',
    ])
    for (const from of subscriberStatuses) expect(statusesAfter(from)).not.toContain(from)
  })
})

describe('a document', () => {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content)
  const zip = (...names: string[]): Uint8Array =>
    text(`PK\u0003\u0004[Content_Types].xml ${names.join(' ')}`)

  it.each([
    ['a.exe', text('MZ\u0090')],
    ['page.html', text('<html><script>alert(1)</script>')],
    ['page.txt', text('<!DOCTYPE html><p>hello')],
    ['picture.svg', text('<svg xmlns="x" onload="alert(1)"/>')],
    ['noname', text('some words')],
    ['binary.txt', new Uint8Array([0, 1, 2, 0, 0, 0])],
  ])('%s is not accepted', (name, content) => {
    expect(errorOf(() => mediaTypeOf(name, content)).code).toBe('file-not-accepted')
  })

  it.each([
    ['photo.jpg', text('%PDF-1.7')],
    ['contract.pdf', text('<html>')],
    ['photo.png', new Uint8Array([0xff, 0xd8, 0xff, 0xe0])],
    ['list.txt', text('%PDF-1.7')],
    ['contract.docx', zip('word/document.xml', 'word/vbaProject.bin')],
  ])('%s is not what its content says', (name, content) => {
    expect(errorOf(() => mediaTypeOf(name, content)).code).toBe('file-not-as-named')
  })

  it('has at most five megabytes, and something in it', () => {
    expect(errorOf(() => mediaTypeOf('a.pdf', new Uint8Array())).code).toBe('invalid-input')
    const large = new Uint8Array(largestFile + 1)
    large.set(text('%PDF-'))
    expect(errorOf(() => mediaTypeOf('a.pdf', large)).code).toBe('file-too-big')
    expect(mediaTypeOf('a.pdf', large.subarray(0, largestFile))).toBe('application/pdf')
  })

  it.each([
    ['a.PDF', text('%PDF-1.7'), 'application/pdf'],
    ['a.jpeg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
    ['note.txt', text('ring first'), 'text/plain'],
    [
      'a.docx',
      zip('word/document.xml'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
  ])('%s is kept as what it is', (name, content, type) => {
    expect(mediaTypeOf(name, content)).toBe(type)
  })
})

it('a code is made from a pattern and keeps all its digits', () => {
  expect(codeOf('S-{000000}', 123)).toBe('S-000123')
  expect(codeOf('{00}/BDG', 1234)).toBe('1234/BDG')
})

it('coordinates come back as they went in, to a centimetre', () => {
  fc.assert(
    fc.property(fc.integer({ min: -900_000_000, max: 900_000_000 }), (whole) => {
      expect(toE7(fromE7(whole))).toBe(whole)
    }),
    { seed: 58761, numRuns: 200 },
  )
})

it('an address of mail has a name, one sign and a domain', () => {
  for (const good of ['a@b.id', 'sri.rahayu+net@mail.co.id']) expect(isMail(good)).toBe(true)
  for (const bad of ['a', 'a@b', '@b.id', 'a b@c.id', 'a@b@c.id', 'a@.id']) {
    expect(isMail(bad), bad).toBe(false)
  }
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../src-main/engine/log.ts'
import { NocturneError } from '../../src-shared/errors.ts'

const capture = () => {
  const lines: string[] = []
  return { lines, log: createLog({ write: (line) => lines.push(line), level: 'debug' }) }
}

describe('the log', () => {
  it('never writes a registered secret, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 40 }).filter((s) => s.trim().length >= 6),
        fc.constantFrom('text', 'inside', 'error', 'nested', 'array', 'buffer', 'key'),
        (secret, where) => {
          // A secret that is part of every line (say `"level`) proves nothing.
          const { lines: empty, log: plain } = capture()
          plain.warn('something happened', { host: '127.0.0.1' })
          fc.pre(!empty.join('').includes(secret) && !'‹hidden›'.includes(secret))
          fc.pre(!/^[\d.:-]+$/.test(secret))

          const { lines, log } = capture()
          log.hide(secret)
          const forms = {
            text: { note: secret },
            inside: { note: `a ${secret} b` },
            error: { error: new Error(`failed with ${secret}`, { cause: new Error(secret) }) },
            nested: { a: { b: { c: [secret] } } },
            array: { list: [secret, { x: secret }] },
            buffer: { bytes: Buffer.from(secret) },
            key: { [secret]: 1 },
          }
          log.error('something happened', forms[where as keyof typeof forms])
          const text = lines.join('')
          expect(text).not.toContain(secret)
          expect(text).not.toContain(JSON.stringify(secret).slice(1, -1))
        },
      ),
      { numRuns: 300, seed: 7 },
    )
  })

  it('hides values by the names of their keys, without being told', () => {
    const { lines, log } = capture()
    log.info('olt added', {
      community: 'lab-read',
      password: 'hunter2hunter2',
      nested: { apiToken: 'tttttt', passphrase: 'pppppp', vaultKey: Buffer.from('kkkkkk') },
    })
    for (const secret of ['lab-read', 'hunter2', 'tttttt', 'pppppp', 'kkkkkk']) {
      expect(lines.join('')).not.toContain(secret)
    }
  })

  it('keeps only the last four characters of a serial number', () => {
    const { lines, log } = capture()
    log.info('onu', { serial: 'HWTC11E70E9A' })
    expect(lines.join('')).toContain('…0E9A')
    expect(lines.join('')).not.toContain('HWTC11')
  })

  it('survives cycles, deep nesting and errors with parameters', () => {
    const { lines, log } = capture()
    const loop: Record<string, unknown> = { name: 'a' }
    loop['self'] = loop
    log.warn('loop', { loop, error: new NocturneError('olt-no-answer', { host: '10.0.0.1' }) })
    expect(lines.length).toBe(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'loop' })
  })
})

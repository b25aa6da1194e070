import { describe, expect, it } from 'vitest'
import {
  bdcomOlt,
  cdataOlt,
  cliPlant,
  huaweiOlt,
  telnetIn,
  vsolOlt,
  zteC600Olt,
  zteOlt,
} from './support/cli-plant.ts'

const prompt = /[>#] ?$/

/** Nothing that was to happen later happens until the test says so. */
const heldPlant = async (olt: Record<string, unknown>, cli: Record<string, unknown> = {}) => {
  const held: { readonly run: () => void; readonly delayMs: number }[] = []
  const plant = await cliPlant(olt, cli, (run, delayMs) => {
    held.push({ run, delayMs })
    return () => {}
  })
  return { ...plant, held, person: await telnetIn(plant.cli) }
}

describe('a simulated CLI is silent', () => {
  it.each([
    { olt: huaweiOlt, lines: ['enable', 'undo smart'], save: 'save', done: 'saved completely' },
    { olt: zteOlt, lines: ['enable'], save: 'write', done: '[OK]' },
    { olt: zteC600Olt, lines: [], save: 'write', done: '[OK]' },
    { olt: vsolOlt, lines: ['enable'], save: 'write', done: 'OK!' },
    { olt: cdataOlt, lines: ['enable'], save: 'save', done: 'Current configuration saved.' },
    { olt: bdcomOlt, lines: ['enable'], save: 'write', done: 'OK!' },
  ])('for as long as it saves: $olt.family', async ({ olt, lines, save, done }) => {
    const { person, held } = await heldPlant(olt, { saveMs: 30_000 })
    for (const line of lines) await person.say(line, prompt)
    person.type(`${save}\r`)
    const before = await person.until(
      /(?:save|write)\r\n(?:Saving current configuration\.\.\.\r\n)?$/,
    )
    expect(before).not.toContain(done)
    expect(held.map(({ delayMs }) => delayMs)).toEqual([30_000])
    held[0]?.run()
    expect(await person.until(prompt)).toContain(done)
  })

  it('in the middle of anything, where it is told to', async () => {
    const { person, held, control } = await heldPlant(zteOlt)
    control({ kind: 'cli-fault', olt: 'ZT', act: { kind: 'pause', ms: 30_000 } })
    person.type('show card\r')
    expect(await person.until(/\r\n$/)).toBe('show card\r\n')
    expect(held.map(({ delayMs }) => delayMs)).toEqual([30_000])
    held[0]?.run()
    expect(await person.until(prompt)).toContain('INSERVICE')
  })
})

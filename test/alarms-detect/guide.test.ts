import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import english from '../../assets/alarm-guide/en.json' with { type: 'json' }
import indonesian from '../../assets/alarm-guide/id.json' with { type: 'json' }
import { alarmTypes } from '../../src-shared/domain/alarm-rules.ts'
import { alarmGuide } from '../../src-main/alarms/detect/guide.ts'

const text = z
  .string()
  .min(15)
  .max(600)
  .regex(/^[\p{L}"][^\n<>]*[.?]$/u, 'a sentence')

const entry = z.strictObject({
  meaning: text,
  causes: z.array(text).min(2).max(8),
  checks: z.array(text).min(2).max(8),
  firstAction: text,
})

test.each([
  ['English', english],
  ['Indonesian', indonesian],
])('the guide in %s has an entry of every type, and no other', (_language, guide) => {
  expect(Object.keys(guide).toSorted()).toEqual([...alarmTypes].toSorted())
  for (const type of alarmTypes) expect(() => entry.parse(guide[type]), type).not.toThrow()
})

test('both languages tell as many causes and checks, and nothing was left in the other language', () => {
  for (const type of alarmTypes) {
    const { en, id } = { en: alarmGuide.en[type], id: alarmGuide.id[type] }
    expect([type, id.causes.length, id.checks.length]).toEqual([
      type,
      en.causes.length,
      en.checks.length,
    ])
    const all = (one: typeof en): string[] => [
      one.meaning,
      ...one.causes,
      ...one.checks,
      one.firstAction,
    ]
    const same = all(en).filter((sentence) => all(id).includes(sentence))
    expect(same).toEqual([])
  }
})

test('nothing else lies in its folder', () => {
  const folder = join(import.meta.dirname, '..', '..', 'assets', 'alarm-guide')
  expect(readdirSync(folder).toSorted()).toEqual(['en.json', 'id.json'])
})

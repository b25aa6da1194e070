import { expect, test } from 'vitest'
import { joinTraces, related, type Trace } from '../../src-main/outages/relations.ts'
import { outageThresholds as limits } from '../../src-main/outages/thresholds.ts'

const traceOf = (olt: string, atS: number, more: Partial<Trace> = {}): Trace => ({
  olts: new Set([olt]),
  ponKeys: new Set([`${olt} 1`, `${olt} 2`]),
  count: 400,
  firstAt: atS * 1000,
  lastAt: atS * 1000,
  clocked: true,
  whole: true,
  wholeOlt: true,
  gasps: 0,
  silentCapable: 0,
  nature: 'unclear',
  areas: new Set(),
  path: [],
  ...more,
})

const stray = (olt: string, atS: number): Trace =>
  traceOf(olt, atS, { count: 1, whole: false, wholeOlt: false, ponKeys: new Set([`${olt} 1`]) })

test('parts of two OLTs a minute apart are two outages', () => {
  const part = (olt: string, atS: number) => traceOf(olt, atS, { wholeOlt: false })
  expect(related(part('A', 0), part('B', 60), limits)).toBe(false)
})

test('OLTs that go dark whole within the window are one, also after a latecomer has joined', () => {
  const one = traceOf('A', 0)
  expect(related(one, traceOf('B', 40), limits)).toBe(true)
  const withLatecomer = joinTraces(one, stray('A', 30), limits)
  expect(related(withLatecomer, traceOf('B', 40), limits)).toBe(true)
  expect(related(withLatecomer, traceOf('B', 400), limits)).toBe(false)
})

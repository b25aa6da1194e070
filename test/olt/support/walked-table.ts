import { readNumber } from '../../../src-main/olt/snmp/ber-values.ts'
import { encodeOid, parseOid } from '../../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../../src-main/olt/snmp/pace.ts'
import type { SnmpSession } from '../../../src-main/olt/snmp/session.ts'
import { walk, type WalkRequest, type WalkTarget } from '../../../src-main/olt/snmp/walker.ts'
import type { WireValue } from './ber-writer.ts'

export const table = '1.3.6.1.4.1.9999.1.1'
export const column = (number: number, within?: readonly number[]): WalkTarget => ({
  oid: encodeOid(parseOid(`${table}.${number}`)),
  within,
})

/** `columns` columns of `rows` rows each, index `<pon>.<onu>`, values that name their place. */
export const tableObjects = (columns: number, rows: number): Record<string, WireValue> => {
  const objects: Record<string, WireValue> = {}
  for (let number = 1; number <= columns; number++) {
    for (let row = 0; row < rows; row++) {
      const index = `${4194304000 + Math.floor(row / 128) * 256}.${row % 128}`
      objects[`${table}.${number}.${index}`] = { type: 'integer', value: number * 100_000 + row }
    }
  }
  objects['1.3.6.1.4.1.9999.2.1.0'] = { type: 'integer', value: -1 }
  return objects
}

interface Collected {
  readonly index: string
  readonly column: number
  readonly value: number
}

export const collect = async (
  session: SnmpSession,
  request: Partial<WalkRequest> & Pick<WalkRequest, 'columns'>,
): Promise<{ rows: Collected[]; result: Awaited<ReturnType<typeof walk>> }> => {
  const rows: Collected[] = []
  const result = await walk({
    session,
    pace: createWalkPace(),
    onVarbind: (position, arcs, count, tag, buffer, start, end) =>
      void rows.push({
        column: position,
        index: arcs.subarray(0, count).join('.'),
        value: readNumber(tag, buffer, start, end),
      }),
    ...request,
  })
  return { rows, result }
}

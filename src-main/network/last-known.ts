import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { isValidOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import { alignRows, judgeRow, searchTextOf, type LiveOlt, type LiveState } from './live-state.ts'
import { textColumns } from './onu-table.ts'

/**
 * The last readings as bytes, for a file that outlives the engine: per OLT a block of columns with
 * their true ages. A cache: what does not check out is left out, never an error.
 *
 * Layout: "NOCT", format (1 byte), then per OLT: length (u32 LE), deflated block; at the end the
 * SHA-256 of all before. A block: length of its head (u32 LE), head (JSON), columns one after the
 * other, in the order of `kept`.
 */
export interface LastKnownFile {
  load(): Uint8Array | null
  save(bytes: Uint8Array): void
}

const magic = Buffer.from('NOCT')
const format = 1
const hashBytes = 32
const mostOnus = 65_536
const mostBlockBytes = 64 * 1024 * 1024

const kept = [
  'state',
  'cause',
  'stateSince',
  'lastDownAt',
  'statusAt',
  'opticsAt',
  'countersAt',
  'onuRx',
  'oltRx',
  'onuTx',
  'temperature',
  'bias',
  'voltage',
  'distance',
  'upBytes',
  'downBytes',
] as const

const text = z.array(z.string().max(255).nullable())
const instant = z.number().nullable()
const head = z.object({
  id: z.string(),
  count: z.int().min(0).max(mostOnus),
  reachable: z.boolean(),
  unknownSince: instant,
  ages: z.object({ status: instant, optics: instant, counters: instant, identity: instant }),
  familyId: z.string().nullable(),
  familyLabel: z.string().nullable(),
  recognisedBy: z.string().nullable(),
  texts: z.object({
    serial: text,
    name: text,
    description: text,
    model: text,
    firmware: text,
  }),
})

export type LastKnownStatus = Pick<
  z.infer<typeof head>,
  'ages' | 'familyId' | 'familyLabel' | 'recognisedBy'
>

const deflate = promisify(deflateRaw)

/** OLT by OLT, so that the engine does other things in between. */
export const saveLastKnown = async (
  live: LiveState,
  olts: readonly { readonly olt: LiveOlt; readonly status: LastKnownStatus }[],
): Promise<Uint8Array> => {
  const parts: Buffer[] = [magic, Buffer.of(format)]
  for (const { olt, status } of olts) {
    const block = await deflate(blockOf(live, olt, status), { level: 1 })
    const length = Buffer.alloc(4)
    length.writeUInt32LE(block.length)
    parts.push(length, block)
  }
  const body = Buffer.concat(parts)
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

const blockOf = (live: LiveState, olt: LiveOlt, status: LastKnownStatus): Buffer => {
  const { table } = live
  const { rows } = olt
  const texts = Object.fromEntries(
    textColumns.map((column) => [column, Array.from(rows, (row) => table[column][row] ?? null)]),
  )
  const headBytes = Buffer.from(
    JSON.stringify({
      id: olt.id,
      count: rows.length,
      reachable: olt.reachable,
      unknownSince: Number.isNaN(olt.unknownSince) ? null : olt.unknownSince,
      ages: status.ages,
      familyId: status.familyId,
      familyLabel: status.familyLabel,
      recognisedBy: status.recognisedBy,
      texts,
    }),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(headBytes.length)
  const columns = kept.map((name) => {
    const source = table[name]
    const column = emptyLike(source, rows.length)
    for (let index = 0; index < rows.length; index++) column[index] = source[rows[index]!]!
    if (name === 'state' && olt.reachable) {
      for (let index = 0; index < rows.length; index++) {
        if (table.outage[rows[index]!] !== olt.outage) column[index] = 0
      }
    }
    return bytesOf(column)
  })
  return Buffer.concat([length, headBytes, bytesOf(olt.addresses), ...columns])
}

type Column = Uint8Array | Int16Array | Int32Array | Float64Array

const emptyLike = (source: Column, length: number): Column =>
  source instanceof Uint8Array
    ? new Uint8Array(length)
    : source instanceof Int16Array
      ? new Int16Array(length)
      : source instanceof Int32Array
        ? new Int32Array(length)
        : new Float64Array(length)

const bytesOf = (column: Column): Buffer =>
  Buffer.from(column.buffer, column.byteOffset, column.byteLength)

/**
 * Puts the readings back where `find` knows the OLT. Returns how many ONUs came back, or null when
 * the bytes are not what was saved.
 */
export const restoreLastKnown = (
  live: LiveState,
  bytes: Uint8Array,
  find: (oltId: string) => LiveOlt | undefined,
  onOlt: (olt: LiveOlt, status: LastKnownStatus) => void,
): number | null => {
  const blocks = blocksOf(bytes)
  if (blocks === null) return null
  let onus = 0
  for (const block of blocks) {
    const parsed = parseBlock(block)
    if (parsed === null) return null
    const olt = find(parsed.head.id)
    if (olt === undefined || olt.rows.length > 0) continue
    putBack(live, olt, parsed)
    onus += parsed.head.count
    onOlt(olt, parsed.head)
  }
  return onus
}

const blocksOf = (bytes: Uint8Array): Buffer[] | null => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = all.length - hashBytes
  if (end < magic.length + 1 || !all.subarray(0, 4).equals(magic) || all[4] !== format) return null
  const body = all.subarray(0, end)
  if (!createHash('sha256').update(body).digest().equals(all.subarray(end))) return null
  const blocks: Buffer[] = []
  for (let at = 5; at < end;) {
    if (at + 4 > end) return null
    const length = all.readUInt32LE(at)
    if (at + 4 + length > end) return null
    try {
      const packed = all.subarray(at + 4, at + 4 + length)
      blocks.push(inflateRawSync(packed, { maxOutputLength: mostBlockBytes }))
    } catch {
      return null
    }
    at += 4 + length
  }
  return blocks
}

interface ParsedBlock {
  readonly head: z.infer<typeof head>
  readonly addresses: Int32Array
  readonly columns: ReadonlyMap<(typeof kept)[number], Column>
}

const widthOf = (name: (typeof kept)[number]): 1 | 2 | 4 | 8 => {
  if (name === 'state' || name === 'cause') return 1
  if (name === 'distance') return 4
  return name.endsWith('At') || name.endsWith('Since') || name.endsWith('Bytes') ? 8 : 2
}

const parseBlock = (block: Buffer): ParsedBlock | null => {
  if (block.length < 4) return null
  const headEnd = 4 + block.readUInt32LE(0)
  if (headEnd > block.length) return null
  let parsed
  try {
    parsed = head.safeParse(JSON.parse(block.toString('utf8', 4, headEnd)))
  } catch {
    return null
  }
  if (!parsed.success) return null
  const { count, texts } = parsed.data
  const width = kept.reduce((sum, name) => sum + widthOf(name), 4)
  if (block.length !== headEnd + count * width) return null
  if (textColumns.some((column) => texts[column].length !== count)) return null
  let at = headEnd
  const take = (octets: number): ArrayBuffer => {
    // A copy of its own: typed arrays need their alignment.
    const copy = new Uint8Array(octets)
    copy.set(block.subarray(at, at + octets))
    at += octets
    return copy.buffer
  }
  const addresses = new Int32Array(take(count * 4))
  for (let index = 0; index < count; index++) {
    const address = addresses[index]!
    const ascending = index === 0 || address > addresses[index - 1]!
    if (!ascending || address < 0 || !isValidOnuAddress(unpackOnuAddress(address))) return null
  }
  const columns = new Map<(typeof kept)[number], Column>()
  for (const name of kept) {
    const width_ = widthOf(name)
    const buffer = take(count * width_)
    columns.set(
      name,
      width_ === 1
        ? new Uint8Array(buffer)
        : width_ === 2
          ? new Int16Array(buffer)
          : width_ === 4
            ? new Int32Array(buffer)
            : new Float64Array(buffer),
    )
  }
  return { head: parsed.data, addresses, columns }
}

const putBack = (
  live: LiveState,
  olt: LiveOlt,
  { head: saved, addresses, columns }: ParsedBlock,
) => {
  const { table } = live
  live.touch(olt)
  const rows = alignRows(live, olt, addresses, true)
  for (const [name, column] of columns) {
    const target = table[name]
    for (let index = 0; index < rows.length; index++) target[rows[index]!] = column[index]!
  }
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    if (table.state[row]! >= onuStates.length) table.state[row] = 0
    if (table.cause[row]! >= downCauses.length) table.cause[row] = 1
    for (const column of textColumns) table[column][row] = saved.texts[column][index] ?? null
    table.search[row] = searchTextOf(table, row)
    if (!olt.hidden) live.serials.add(row)
    judgeRow(table, row, olt.optic)
  }
  live.revisions.texts++
  live.revisions.state++
  live.revisions.optics++
  // It was out of reach when the console was closed: its ONUs stay unknown until they are read.
  if (!saved.reachable) live.setReachable(olt, false, saved.unknownSince ?? NaN)
}

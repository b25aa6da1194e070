import { isNocturneError } from '../../src-shared/errors.ts'
import { ponOf } from '../../src-shared/domain/onu-address.ts'
import type { ColumnRule } from './family/column-schema.ts'
import { onuFieldsByGroup, type OnuField } from './family/onu-fields.ts'
import { cellWriter, markDisabled } from './onu-cells.ts'
import { instancesOf, type OnuInstance } from './onu-instances.ts'
import type { OnuReadings } from './onu-readings.ts'
import { createOnuTable } from './onu-table.ts'
import { createProblemLog } from './problem-log.ts'
import { isScoped, readOnuGroup, type ReadOnusRequest } from './read-onus.ts'
import { spansPerVarbind } from './snmp/bulk-answer.ts'
import { appendArcs, encodeOid, parseOid } from './snmp/oid.ts'
import { isAbsence } from './snmp/ber-types.ts'

/** What a live view shows of an ONU. */
const liveGroups = ['status', 'optics', 'counters'] as const

export interface OneOnuReadings {
  /** `onu`: its own objects were asked for; `pon`: all of its PON was walked. */
  readonly how: 'onu' | 'pon'
  /** One per group, of one row, or of none where the OLT has no such ONU. */
  readonly groups: readonly OnuReadings[]
}

export interface OneOnuReader {
  /** Errors: those of `get` and `walk`. */
  readonly read: (signal: AbortSignal) => Promise<OneOnuReadings>
}

type ReaderParts = Omit<ReadOnusRequest, 'group' | 'pon' | 'onProgress' | 'signal' | 'onRow'>

/** One object of the ONU that the OLT has. */
interface KnownObject {
  readonly field: OnuField
  readonly column: ColumnRule
  readonly oid: Buffer
}

/** An object, and all fields that are decoded from it. */
interface SharedObject {
  readonly oid: Buffer
  readonly objects: readonly KnownObject[]
}

/** Objects in one GET: about 30 octets of name each, and the answer should not fragment. */
const objectsPerGet = 20

/**
 * Reads one ONU with one or two questions: its objects are worked out from its address, tried once,
 * and those that the OLT has are asked for from then on. Where an address cannot be worked out its
 * PON is walked, and what the walk sees of the ONU's rows is asked for the next time.
 */
export const createOnuReader = (parts: ReaderParts, packed: number): OneOnuReader => {
  let objects: readonly KnownObject[] | null = null

  /** Its agent gives in a walk what it denies when asked for by name. */
  let isOnlyWalked = false

  const read = async (signal: AbortSignal): Promise<OneOnuReadings> => {
    if (!isOnlyWalked) {
      objects ??= objectsOfOnu(await tryAddresses(signal))
      const groups = objects === null ? null : await readObjects(objects, signal)
      if (groups?.some(({ count }) => count > 0) === true) return { how: 'onu', groups }
    }
    const wasAsked = objects !== null
    const groups = await walkPon(signal)
    if (wasAsked && groups.some(({ count }) => count > 0)) isOnlyWalked = true
    return { how: 'pon', groups }
  }

  /** Objects that can be worked out and that the OLT has. */
  const tryAddresses = async (signal: AbortSignal): Promise<readonly KnownObject[]> => {
    const candidates = liveGroups
      .flatMap((group): readonly OnuField[] => onuFieldsByGroup[group])
      .flatMap((field) => candidatesOf(field).map((instance) => ({ field, ...instance })))
    const exact = candidates.filter(({ kind }) => kind === 'exact')
    const below = candidates.filter(({ kind }) => kind === 'below')
    const tried = [
      ...(await present(exact.map(objectOf), signal)),
      ...(await firstBelow(below.map(objectOf), signal)),
    ]
    const chosen = new Map<OnuField, KnownObject>()
    // The first alternative that the OLT has, as in a walk.
    for (const field of new Set(candidates.map((candidate) => candidate.field))) {
      const order = candidates.filter((candidate) => candidate.field === field)
      const best = order
        .map(({ column }) =>
          tried.find((object) => object.field === field && object.column === column),
        )
        .find((object) => object !== undefined)
      if (best !== undefined) chosen.set(field, best)
    }
    return [...chosen.values()]
  }

  const candidatesOf = (field: OnuField): readonly OnuInstance[] => {
    const chosen = parts.choices.get(`onus.${field}`)
    const columns = chosen === undefined ? (parts.family.onus.fields[field] ?? []) : [chosen]
    return columns.flatMap((column) =>
      instancesOf(column, column.index ?? parts.family.onus.index, parts, packed),
    )
  }

  const present = async (
    asked: readonly KnownObject[],
    signal: AbortSignal,
  ): Promise<readonly KnownObject[]> => {
    const found: KnownObject[] = []
    await getAll(asked, signal, (object) => found.push(object))
    return found
  }

  /** The first row below each prefix, where there is one: a question per few columns. */
  const firstBelow = async (
    asked: readonly KnownObject[],
    signal: AbortSignal,
  ): Promise<readonly KnownObject[]> => {
    const found: KnownObject[] = []
    for (const some of inParts(oncePerOid(asked))) {
      const oids = some.map(({ oid }) => oid)
      const { buffer, spans, count } = await parts.session.getBulk(oids, 0, 1, { signal })
      for (let index = 0; index < Math.min(count, some.length); index++) {
        const prefix = some[index] as SharedObject
        const at = index * spansPerVarbind
        const [start = 0, end = 0] = spans.subarray(at, at + 2)
        const oid = buffer.subarray(start, end)
        const isBelow = oid.length > prefix.oid.length && oid.indexOf(prefix.oid) === 0
        if (isBelow && !isAbsence(buffer[end] as number)) {
          const row = Buffer.from(oid)
          found.push(...prefix.objects.map((object) => ({ ...object, oid: row })))
        }
      }
    }
    return found
  }

  const getAll = async (
    asked: readonly KnownObject[],
    signal: AbortSignal,
    take: (object: KnownObject, tag: number, buffer: Buffer, start: number, end: number) => void,
  ): Promise<void> => {
    for (const some of inParts(oncePerOid(asked))) {
      await parts.session.getRaw(
        some.map(({ oid }) => oid),
        (position, ...value) => {
          for (const object of some[position]?.objects ?? []) take(object, ...value)
        },
        signal,
      )
    }
  }

  const readObjects = async (
    known: readonly KnownObject[],
    signal: AbortSignal,
  ): Promise<readonly OnuReadings[]> => {
    const problems = createProblemLog()
    const tables = new Map(
      liveGroups.map((group) => [group, createOnuTable(onuFieldsByGroup[group])] as const),
    )
    const told = new Set<OnuField>()
    const varbinds = oncePerOid(known).length
    await getAll(known, signal, ({ field, column }, tag, buffer, start, end) => {
      const table = tables.get(groupOf(field))
      if (table === undefined) return
      const store = cellWriter(field, column, table, problems, parts.context)
      if (store(table.rowOf(packed, -1), tag, buffer, start, end)) told.add(field)
    })
    // Gone from its PON: what another table still says of it is no sign of life.
    const isThere = [...told].some((field) => isOf('status', field))
    return liveGroups.map((group) => {
      const fields: readonly OnuField[] = onuFieldsByGroup[group]
      const offered = fields.filter((field) => known.some((object) => object.field === field))
      const keeps = isThere ? undefined : () => false
      const table = tables.get(group) as ReturnType<typeof createOnuTable>
      const { address, numbers, codes, texts } = table.finish(offered, keeps)
      markDisabled(codes.state, numbers.adminDisabled)
      return {
        group,
        count: address.length,
        address,
        numbers,
        codes,
        texts,
        notOffered: fields.filter((field) => !offered.includes(field)),
        unproven: known
          .filter(({ field, column }) => isOf(group, field) && column.certainty === 'unproven')
          .map(({ field }) => field),
        problems: problems.entries().filter(({ field }) => fields.some((own) => own === field)),
        varbinds,
        pdus: Math.ceil(varbinds / objectsPerGet),
        failure: null,
      }
    })
  }

  const walkPon = async (signal: AbortSignal): Promise<readonly OnuReadings[]> => {
    const learnt = new Map<OnuField, KnownObject>()
    const groups: OnuReadings[] = []
    // Whole tables are not walked for one ONU: where they cannot be cut, its address was worked out.
    const scoped = liveGroups.filter((group) => isScoped(parts, group, ponOf(packed)))
    if (!scoped.some((group) => group === 'status')) return readObjects([], signal)
    for (const group of scoped) {
      const readings = await readOnuGroup({
        ...parts,
        signal,
        group,
        pon: ponOf(packed),
        onRow: ({ field, column, packed: at, arcs, arcCount }) => {
          if (at !== packed) return
          const oid = oidOf(column, [...arcs.subarray(0, arcCount)])
          learnt.set(field, { field, column, oid })
        },
      })
      groups.push(onlyOf(readings, packed))
      // The other tables are not walked for an ONU that is not there.
      if (groups[0]?.count === 0) break
    }
    if (learnt.size > 0) objects = [...learnt.values()]
    return groups
  }

  return {
    read: async (signal) => {
      try {
        return await read(signal)
      } catch (error) {
        // A restart may have numbered everything anew.
        if (isNocturneError(error) && error.code !== 'cancelled') objects = null
        throw error
      }
    },
  }
}

/** Null: none of them says whether the ONU is there. */
const objectsOfOnu = (found: readonly KnownObject[]): readonly KnownObject[] | null =>
  found.some(({ field }) => isOf('status', field)) ? found : null

const groupOf = (field: OnuField): (typeof liveGroups)[number] =>
  isOf('status', field) ? 'status' : isOf('optics', field) ? 'optics' : 'counters'

const isOf = (group: (typeof liveGroups)[number], field: string): boolean =>
  (onuFieldsByGroup[group] as readonly string[]).includes(field)

const oidOf = (column: ColumnRule, arcs: readonly number[]): Buffer =>
  appendArcs(encodeOid(parseOid(column.oid)), arcs)

const objectOf = ({
  field,
  column,
  arcs,
}: OnuInstance & { readonly field: OnuField }): KnownObject => ({
  field,
  column,
  oid: oidOf(column, arcs),
})

/** No question names an object twice. */
const oncePerOid = (objects: readonly KnownObject[]): readonly SharedObject[] =>
  [...Map.groupBy(objects, ({ oid }) => oid.toString('latin1')).values()].flatMap((same) =>
    same.slice(0, 1).map(({ oid }) => ({ oid, objects: same })),
  )

const inParts = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / objectsPerGet) }, (_, part) =>
    items.slice(part * objectsPerGet, (part + 1) * objectsPerGet),
  )

/** The row of one ONU out of a reading of its PON. */
const onlyOf = (readings: OnuReadings, packed: number): OnuReadings => {
  const row = readings.address.indexOf(packed)
  const [from, to] = row < 0 ? [0, 0] : [row, row + 1]
  const cut = <Column extends { slice(from: number, to: number): Column }>(
    columns: Readonly<Partial<Record<string, Column>>>,
  ): Record<string, Column> =>
    Object.fromEntries(
      Object.entries(columns).flatMap(([name, column]) =>
        column === undefined ? [] : [[name, column.slice(from, to)]],
      ),
    )
  return {
    ...readings,
    count: to - from,
    address: readings.address.slice(from, to),
    numbers: cut<Float64Array>(readings.numbers),
    codes: cut<Uint8Array>(readings.codes),
    texts: cut<readonly (string | null)[]>(readings.texts),
  }
}

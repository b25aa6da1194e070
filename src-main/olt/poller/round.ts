import { downCauses, onuStates } from '../../../src-shared/domain/onu-state.ts'
import type { NocturneError } from '../../../src-shared/errors.ts'
import type { OnuCode, OnuColumns, OnuGroup, OnuNumber, OnuText, OnuWalk } from './olt-port.ts'

/** A round over all ONUs that goes one PON port at a time; between two of them others have a turn. */
export interface Round {
  readonly group: OnuGroup
  readonly startedAt: number
  /** A person asked for it: quiet does not end it. */
  readonly asked: boolean
  /** Packed, ascending. */
  readonly pons: readonly number[]
  /** Position of the port that is read next. */
  next: number
  readonly parts: OnuWalk[]
  /** Of the last port that could not be read whole. */
  failure: NocturneError | null
  failuresInARow: number
}

export const beginRound = (
  group: OnuGroup,
  startedAt: number,
  asked: boolean,
  pons: readonly number[],
): Round => ({
  group,
  startedAt,
  asked,
  pons,
  next: 0,
  parts: [],
  failure: null,
  failuresInARow: 0,
})

const emptyCode: Readonly<Record<OnuCode, number>> = {
  state: onuStates.indexOf('unknown'),
  lastDownCause: downCauses.indexOf('unknown'),
}

/** What the ports gave becomes one walk; it is whole only if every one of them was read whole. */
export const mergeParts = ({
  group,
  parts,
  failure,
}: Pick<Round, 'group' | 'parts' | 'failure'>): OnuWalk => {
  const columns = parts.map((part) => part.columns).filter(({ count }) => count > 0)
  const offered = {
    numbers: namesOf<OnuNumber>(columns.map(({ numbers }) => numbers)),
    codes: namesOf<OnuCode>(columns.map(({ codes }) => codes)),
    texts: namesOf<OnuText>(columns.map(({ texts }) => texts)),
  }
  // A port that was cut short before a column came says nothing of it, and "no value" would.
  const kept = parts
    .filter((part) => part.columns.count > 0)
    .filter((part) => part.failure === null || hasAll(part.columns, offered))
    .map((part) => part.columns)
    .toSorted((left, right) => (left.address[0] as number) - (right.address[0] as number))
  const count = kept.reduce((sum, part) => sum + part.count, 0)
  return {
    columns: {
      group,
      count,
      address: joined(new Int32Array(count), kept, (part) => part.address, 0),
      numbers: recordOf(offered.numbers, (name) =>
        joined(new Float64Array(count), kept, (part) => part.numbers[name], Number.NaN),
      ),
      codes: recordOf(offered.codes, (name) =>
        joined(new Uint8Array(count), kept, (part) => part.codes[name], emptyCode[name]),
      ),
      texts: recordOf(offered.texts, (name) =>
        kept.flatMap((part) => part.texts[name] ?? Array.from(part.address, () => null)),
      ),
      ...notesOf(columns.length > 0 ? columns : parts.map((part) => part.columns)),
    },
    failure,
    answerMs: meanOf(parts),
  }
}

const namesOf = <Name extends string>(
  records: readonly Readonly<Partial<Record<Name, unknown>>>[],
): readonly Name[] => [...new Set(records.flatMap((record) => Object.keys(record) as Name[]))]

const hasAll = (
  part: OnuColumns,
  offered: {
    readonly numbers: readonly OnuNumber[]
    readonly codes: readonly OnuCode[]
    readonly texts: readonly OnuText[]
  },
): boolean =>
  offered.numbers.every((name) => part.numbers[name] !== undefined) &&
  offered.codes.every((name) => part.codes[name] !== undefined) &&
  offered.texts.every((name) => part.texts[name] !== undefined)

const recordOf = <Name extends string, Column>(
  names: readonly Name[],
  columnOf: (name: Name) => Column,
): Partial<Record<Name, Column>> => {
  const record: Partial<Record<Name, Column>> = {}
  for (const name of names) record[name] = columnOf(name)
  return record
}

const joined = <Column extends Int32Array | Float64Array | Uint8Array>(
  target: Column,
  parts: readonly OnuColumns[],
  of: (part: OnuColumns) => Column | undefined,
  empty: number,
): Column => {
  let at = 0
  for (const part of parts) {
    const column = of(part)
    if (column === undefined) target.fill(empty, at, at + part.count)
    else target.set(column, at)
    at += part.count
  }
  return target
}

/** A field counts as not offered when no port has it, as unproven when one of them says so. */
const notesOf = (
  parts: readonly OnuColumns[],
): Pick<OnuColumns, 'notOffered' | 'unproven' | 'problems' | 'counterBits'> => {
  const [first, ...others] = parts
  const problems = new Map<string, number>()
  for (const part of parts) {
    for (const { text, count } of part.problems) {
      problems.set(text, (problems.get(text) ?? 0) + count)
    }
  }
  return {
    notOffered: (first?.notOffered ?? []).filter((field) =>
      others.every((part) => part.notOffered.includes(field)),
    ),
    ...(parts.some((part) => part.counterBits === 32) ? { counterBits: 32 as const } : {}),
    unproven: [...new Set(parts.flatMap((part) => part.unproven))],
    // Samples differ from port to port: a page of them helps nobody.
    problems: [...problems].slice(0, 50).map(([text, count]) => ({ text, count })),
  }
}

const meanOf = (parts: readonly OnuWalk[]): number | null => {
  const heard = parts.flatMap(({ answerMs }) => (answerMs === null ? [] : [answerMs]))
  return heard.length === 0 ? null : heard.reduce((sum, ms) => sum + ms, 0) / heard.length
}

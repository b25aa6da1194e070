import type { CliDialect, CliModeDialect } from './cli-dialect.ts'
import type { CliMode } from './cli-session.ts'

/** Modes that a prompt may mean; more than one where the family shows the same for several. */
export interface PromptSeen {
  readonly text: string
  readonly host: string | null
  readonly modes: readonly CliMode[]
}

/** Long host names are cut in the prompts of deeper modes by some. */
const shortestCutHost = 8

const sameHost = (learned: string, seen: string): boolean =>
  learned === seen ||
  (learned.startsWith(seen) && seen.length >= shortestCutHost) ||
  (seen.startsWith(learned) && learned.length >= shortestCutHost)

/** Null: the line is no prompt of this OLT. `host`: as learned at login; null: not yet. */
export const readPrompt = (
  dialect: CliDialect,
  line: string,
  host: string | null,
): PromptSeen | null => {
  const modes: CliMode[] = []
  let named: string | null = null
  for (const mode of dialect.modes) {
    const found = mode.prompt.exec(line)
    if (found === null || found[0].length !== line.length) continue
    const { host: shown, ...values } = found.groups ?? {}
    if (shown !== undefined && host !== null && !sameHost(host, shown)) continue
    named ??= shown ?? null
    const kept = Object.entries(values).filter(([, value]) => value !== undefined)
    modes.push({ name: mode.name, values: Object.fromEntries(kept) })
  }
  return modes.length === 0 ? null : { text: line, host: named, modes }
}

/** Whether the prompt may be that of `mode`: values it does not show cannot speak against it. */
export const promptFits = (seen: PromptSeen, mode: CliMode): boolean =>
  seen.modes.some(
    (one) =>
      one.name === mode.name &&
      Object.entries(one.values).every(
        ([name, value]) => mode.values[name] === undefined || mode.values[name] === value,
      ),
  )

const placeholder = /\{([A-Za-z][A-Za-z0-9_]*)\}/g

export const valuesIn = (template: string): readonly string[] =>
  [...template.matchAll(placeholder)].map((match) => match[1] ?? '')

export const fillIn = (template: string, mode: CliMode): string =>
  template.replace(placeholder, (_whole, name: string) => {
    const value = mode.values[name]
    if (value === undefined) throw new Error(`mode ${mode.name} has no value ${name}`)
    return value
  })

export const modeDialect = (dialect: CliDialect, name: string): CliModeDialect => {
  const mode = dialect.modes.find((one) => one.name === name)
  if (mode === undefined) throw new Error(`the dialect has no mode ${name}`)
  return mode
}

/** The way down to a mode, itself last; a dialect that goes in circles is a bug of it. */
const lineage = (dialect: CliDialect, name: string): readonly CliModeDialect[] => {
  const path: CliModeDialect[] = []
  for (let at: string | null = name; at !== null;) {
    const mode = modeDialect(dialect, at)
    if (path.includes(mode)) throw new Error(`the modes of ${name} go in circles`)
    path.unshift(mode)
    at = mode.enter?.parent ?? null
  }
  return path
}

export interface ModeMoves {
  /** `leave` lines, each with the mode that it leads to. */
  readonly up: readonly { readonly line: string; readonly to: CliMode }[]
  readonly down: readonly { readonly mode: CliModeDialect; readonly to: CliMode }[]
}

/**
 * From one mode to another: up to the nearest ancestor that both have with the same values, then
 * down. Null: there is no way without logging out. Throws when a value is missing (nothing is sent).
 */
export const movesTo = (dialect: CliDialect, from: CliMode, to: CliMode): ModeMoves | null => {
  const here = lineage(dialect, from.name)
  const there = lineage(dialect, to.name)
  const same = (mode: CliModeDialect): boolean =>
    valuesIn(mode.enter?.line ?? '').every(
      (name) => from.values[name] !== undefined && from.values[name] === to.values[name],
    )
  let shared = 0
  for (const [at, mode] of here.entries()) {
    if (there[at] !== mode || !same(mode)) break
    shared = at + 1
  }
  if (shared === 0) return null
  const up: { line: string; to: CliMode }[] = []
  for (let at = here.length - 1; at >= shared; at--) {
    const line = here[at]?.leave ?? null
    const parent = here[at - 1]
    if (line === null || parent === undefined) return null
    up.push({ line, to: { name: parent.name, values: from.values } })
  }
  const down = there.slice(shared).map((mode) => {
    fillIn(mode.enter?.line ?? '', to)
    return { mode, to: { name: mode.name, values: to.values } }
  })
  return { up, down }
}

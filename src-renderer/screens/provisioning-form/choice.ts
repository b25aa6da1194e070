/** One of what an OLT has to choose from. */
export interface Choice {
  /** What is sent. */
  readonly id: string
  /** What a person knows it by; null: by nothing else. */
  readonly name: string | null
  /** What it lets through, in words; empty: it limits nothing, or that is not known. */
  readonly rate: string
}

interface Entry {
  readonly id: string
  readonly name: string
  readonly downKbps: number | null
  readonly upKbps: number | null
}

/** Each once; a name that only says the id again says nothing, a limit is known by its rate. */
export const choicesOf = (
  list: readonly Entry[] | undefined,
  rateOf: (kbps: number) => string,
): readonly Choice[] => [
  ...new Map(
    (list ?? []).map(({ id, name, downKbps, upKbps }) => {
      const rates = [...new Set([downKbps, upKbps])].filter((rate) => rate !== null).map(rateOf)
      const text = name.trim()
      return [id, { id, name: text === '' || text === id ? null : text, rate: rates.join(' / ') }]
    }),
  ).values(),
]

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** What stands beside the id; null: nothing. */
export const nameOf = (choices: readonly Choice[], id: string): string | null => {
  const one = choices.find((each) => each.id === id)
  if (one === undefined) return null
  return [one.name ?? '', one.rate].filter((text) => text !== '').join(' · ') || null
}

/** Whether a choice stands in the list while this is typed: by id, name and rate. */
export const fits = ({ id, name, rate }: Choice, typed: string): boolean =>
  [id, name ?? '', rate].some((text) => text.toLowerCase().includes(typed.trim().toLowerCase()))

/** What was typed, or the id of the one choice whose name it is. */
export const idOf = (choices: readonly Choice[], typed: string): string => {
  const text = typed.trim()
  if (choices.some(({ id }) => id === text)) return text
  const named = choices.filter(({ name }) => name !== null && same(name, text))
  return named.length === 1 ? named[0]!.id : text
}

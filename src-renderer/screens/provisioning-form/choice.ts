/** One of what an OLT has to choose from. */
export interface Choice {
  /** What is sent. */
  readonly id: string
  /** What a person knows it by; null: by nothing else. */
  readonly name: string | null
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
      const words = [name.trim() === id ? '' : name.trim(), rates.join(' / ')]
      return [id, { id, name: words.filter((word) => word !== '').join(' · ') || null }]
    }),
  ).values(),
]

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

export const nameOf = (choices: readonly Choice[], id: string): string | null =>
  choices.find((one) => one.id === id)?.name ?? null

/** Whether a choice stands in the list while this is typed: by id and by name. */
export const fits = ({ id, name }: Choice, typed: string): boolean =>
  [id, name ?? ''].some((text) => text.toLowerCase().includes(typed.trim().toLowerCase()))

/** What was typed, or the id of the one choice whose name it is. */
export const idOf = (choices: readonly Choice[], typed: string): string => {
  const text = typed.trim()
  if (choices.some(({ id }) => id === text)) return text
  const named = choices.filter(({ name }) => name !== null && same(name, text))
  return named.length === 1 ? named[0]!.id : text
}

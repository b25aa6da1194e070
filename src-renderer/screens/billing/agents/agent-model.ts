import type { Output } from '../../../../src-shared/contract/index.ts'

type Agent = Output<'billing.agents'>['agents'][number]

export const agentColumns = ['name', 'kind', 'customers', 'rate', 'earned', 'balance'] as const
export type AgentColumn = (typeof agentColumns)[number]

/** Money is compared in the agent's own currency: two are no order. */
const valueOf = (agent: Agent, column: AgentColumn): string | number => {
  switch (column) {
    case 'name':
      return agent.name.toLowerCase()
    case 'kind':
      return agent.kind
    case 'customers':
      return agent.customers
    case 'rate':
      return agent.ratePpm ?? -1
    case 'earned':
      return agent.balances[0]?.earned ?? 0
    default:
      return agent.balances[0]?.balance ?? 0
  }
}

export const sortAgents = (
  agents: readonly Agent[],
  sort: { readonly column: AgentColumn; readonly descending: boolean },
): readonly Agent[] =>
  agents.toSorted((a, b) => {
    const [one, other] = [valueOf(a, sort.column), valueOf(b, sort.column)]
    const order = one < other ? -1 : one > other ? 1 : a.name.localeCompare(b.name)
    return sort.descending ? -order : order
  })

/** Percent as it is typed, with at most four decimals, as millionths; null: none. */
export const ppmOf = (typed: string | number): number | null => {
  if (typed === '') return null
  const percent = Number(typed)
  if (!Number.isFinite(percent) || percent < 0 || percent > 100) return null
  return Math.round(percent * 10_000)
}

import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { NocturneError } from '../../../src-shared/errors.ts'

type Names = Extract<ProcedureName, `approvals.${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

const uuidOf = (number: number): string =>
  `01930000-0000-7000-9f00-${number.toString(16).padStart(12, '0')}`
type MoneyKind = Exclude<ApprovalRow['kind'], 'provisioning.plan'>
export type MoneyPreview = NonNullable<ApprovalRow['preview']['money']>

const hourMs = 3_600_000
const permissionOf = {
  'provisioning.plan': 'provisioning.plan.approve',
  'billing.credit-note': 'billing.credit.approve',
  'billing.write-off': 'billing.credit.approve',
} as const
const nothing: ApprovalRow['preview'] = {
  risk: 'read',
  change: '',
  olts: [],
  onus: 0,
  samples: [],
  lines: [],
  serviceLossS: null,
  money: null,
}

/** Approvals of the fake engine: with `approvals=1` the rule is on and some things were asked for. */
export const createFakeApprovals = (deps: {
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly on: boolean
  readonly me: () => string
  readonly may: (permission: string) => boolean
  readonly planOf: (planId: string) => Promise<PlanRow>
  /** What would be done about money. */
  readonly moneyOf: (kind: MoneyKind, subjectId: string) => MoneyPreview
}) => {
  const { now } = deps
  const first = deps.on ? 1 : 0
  let rule = { grave: deps.on, above: deps.on ? 10 : null, version: first }
  const limit = { grave: false, above: deps.on ? 10_000_000 : null, version: first }
  const moneyRules: Record<MoneyKind, Omit<typeof limit, 'above'> & { above: number | null }> = {
    'billing.credit-note': limit,
    'billing.write-off': limit,
  }
  const requests: ApprovalRow[] = []
  let made = 0

  const add = (row: Partial<ApprovalRow> & Pick<ApprovalRow, 'preview'>): ApprovalRow => {
    made += 1
    const request: ApprovalRow = {
      id: uuidOf(made),
      version: 1,
      kind: 'provisioning.plan',
      subjectId: uuidOf(0xf00 + made),
      revision: 1,
      state: 'waiting',
      askedBy: 'Dewi Lestari',
      askedAt: now() - 25 * 60_000,
      reason: 'Moved away, the port is needed for order 2026-1188',
      expiresAt: now() + 23 * hourMs,
      decidedBy: null,
      decidedAt: null,
      decisionReason: '',
      endedAt: null,
      measure: row.preview.onus,
      grave: row.preview.risk === 'destructive',
      mine: false,
      undecidable: null,
      notHolding: null,
      ...row,
    }
    requests.unshift(request)
    return request
  }
  if (deps.on) {
    const preview: ApprovalRow['preview'] = {
      risk: 'destructive',
      change: 'delete',
      olts: ['OLT-01 Harbour'],
      onus: 3,
      samples: ['ZTEGC8F21A07 1/2/5:3', 'ZTEGC8F21A11 1/2/5:4', 'HWTC0BADF011 1/2/6:1'],
      lines: [
        '(config)# interface gpon-olt_1/2/5',
        '(config-if)# no onu 3',
        '(config-if)# no onu 4',
      ],
      serviceLossS: 5,
      money: null,
    }
    const ended = { endedAt: now() - hourMs, decidedAt: now() - hourMs, decidedBy: 'Agus Salim' }
    add({ preview, state: 'used', ...ended, decisionReason: 'Checked with the subscriber' })
    add({
      preview: { ...preview, change: 'suspend', risk: 'disruptive', onus: 46 },
      state: 'declined',
      ...ended,
      askedBy: deps.me(),
      mine: true,
      reason: 'Not paid since August',
      decisionReason: 'Twelve of them have paid this morning: make the plan again',
    })
    add({
      preview: { ...preview, change: 'set-speed', risk: 'disruptive', onus: 128 },
      askedBy: deps.me(),
      mine: true,
      reason: 'New tariff from December on',
      undecidable: { code: 'approval-own', params: {} },
    })
    add({ preview })
    const money: ApprovalRow['preview'] = {
      ...preview,
      risk: 'read',
      change: 'credit-note',
      olts: [],
      onus: 0,
      samples: [],
      lines: [],
      serviceLossS: null,
      money: {
        documentId: uuidOf(0xe01),
        number: 'INV-A-2026-000012',
        subscriberId: '01930000-0000-7000-a000-000000000001',
        subscriberCode: 'C-000001',
        subscriberName: 'Sri Wahyuni',
        currency: 'IDR',
        net: 45_000_000,
        tax: 4_950_000,
        total: 49_950_000,
        reason: 'Fibre cut for three weeks: agreed with the customer',
        billAgain: false,
        lines: [
          { text: 'Home 20, 1 to 31 October', amount: 30_000_000 },
          { text: 'Installation', amount: 15_000_000 },
        ],
      },
    }
    const kind = 'billing.credit-note'
    const reason = 'See ticket 881'
    add({ kind, preview: money, reason })
    const answer = { decidedAt: now() - hourMs, decidedBy: 'Agus Salim', decisionReason: 'Agreed' }
    const own = { askedBy: deps.me(), mine: true }
    add({ kind, preview: money, reason, ...own, ...answer, state: 'approved' })
  }

  const find = (id: string): ApprovalRow => {
    const request = requests.find((one) => one.id === id)
    if (request === undefined) throw new NocturneError('not-found')
    return request
  }
  const told = (): void => deps.emit('approvals.changed', {})
  const live = (planId: string): ApprovalRow | undefined =>
    requests.find(
      ({ subjectId, state }) => subjectId === planId && ['waiting', 'approved'].includes(state),
    )
  const isNeeded = (plan: PlanRow): boolean =>
    plan.state === 'draft' &&
    ((rule.grave && plan.risk === 'destructive') ||
      (rule.above !== null && plan.counts.total > rule.above))
  const needsMoney = (kind: MoneyKind, total: number): boolean => {
    const { above } = moneyRules[kind]
    return above !== null && total > above
  }
  const row = (request: ApprovalRow): ApprovalRow => ({
    ...request,
    undecidable:
      request.state !== 'waiting' || deps.may(permissionOf[request.kind])
        ? request.undecidable
        : { code: 'permission-denied', params: {} },
  })
  const isOpen = ({ endedAt }: ApprovalRow): boolean => endedAt === null
  const acknowledged = new Set<string>()
  const isMine = (one: ApprovalRow): boolean =>
    one.mine && (isOpen(one) || (one.state === 'declined' && !acknowledged.has(one.id)))

  const handlers: Handlers = {
    'approvals.list': ({ which, offset, limit }) => {
      const all = deps.may('provisioning.plan.read') ? requests : []
      const found = all.filter((one) =>
        which === 'waiting'
          ? one.state === 'waiting'
          : which === 'mine'
            ? isMine(one)
            : !isOpen(one),
      )
      return { total: found.length, requests: found.slice(offset, offset + limit).map(row) }
    },
    'approvals.counts': () => ({
      toDecide: requests.map(row).filter((one) => one.state === 'waiting' && !one.undecidable)
        .length,
      answered: requests.filter((one) => isMine(one) && one.state !== 'waiting').length,
    }),
    'approvals.of': async ({ kind, subjectId }) => {
      if (kind !== 'provisioning.plan') {
        const request = requests.find((one) => one.subjectId === subjectId)
        const needed = needsMoney(kind, deps.moneyOf(kind, subjectId).total)
        return {
          needed,
          rule: { grave: false, above: moneyRules[kind].above },
          request: request === undefined ? null : row(request),
          approvers: ['Dewi Lestari'],
          mayAsk: needed && live(subjectId) === undefined,
        }
      }
      const plan = await deps.planOf(subjectId)
      const request = requests.find((one) => one.subjectId === subjectId)
      return {
        needed: isNeeded(plan),
        rule: { grave: rule.grave, above: rule.above },
        request: request === undefined ? null : row(request),
        approvers: ['Dewi Lestari', 'Agus Salim'],
        mayAsk: isNeeded(plan) && live(subjectId) === undefined,
      }
    },
    'approvals.rules': () => ({
      rules: [
        {
          ...rule,
          kind: 'provisioning.plan' as const,
          currency: null,
          changedAt: rule.version === 0 ? null : now() - 3 * 24 * hourMs,
          changedBy: rule.version === 0 ? null : deps.me(),
          approvers: deps.on ? [deps.me(), 'Dewi Lestari', 'Agus Salim'] : [deps.me()],
          mayLoosen: deps.may('access.owner.transfer'),
        },
        ...(['billing.credit-note', 'billing.write-off'] as const).map((kind) => ({
          ...moneyRules[kind],
          kind,
          currency: 'IDR',
          changedAt: moneyRules[kind].version === 0 ? null : now() - 2 * 24 * hourMs,
          changedBy: moneyRules[kind].version === 0 ? null : deps.me(),
          approvers: deps.on ? [deps.me(), 'Dewi Lestari'] : [deps.me()],
          mayLoosen: deps.may('access.owner.transfer'),
        })),
      ],
    }),
    'approvals.ask': async ({ kind, subjectId, reason }) => {
      if (kind !== 'provisioning.plan') {
        const money = deps.moneyOf(kind, subjectId)
        if (!needsMoney(kind, money.total)) throw new NocturneError('approval-not-needed')
        if (live(subjectId) !== undefined) throw new NocturneError('conflict')
        const { id } = add({
          kind,
          subjectId,
          reason,
          askedBy: deps.me(),
          askedAt: now(),
          mine: true,
          undecidable: { code: 'approval-own', params: {} },
          preview: { ...nothing, change: kind.slice('billing.'.length), money },
        })
        told()
        return { requestId: id }
      }
      const plan = await deps.planOf(subjectId)
      if (!isNeeded(plan)) throw new NocturneError('approval-not-needed')
      if (live(subjectId) !== undefined) throw new NocturneError('conflict')
      const { id } = add({
        subjectId,
        reason,
        askedBy: deps.me(),
        askedAt: now(),
        mine: true,
        undecidable: { code: 'approval-own', params: {} },
        preview: {
          ...nothing,
          risk: plan.risk,
          change: plan.kind,
          olts: plan.olts.map(({ oltName }) => oltName),
          onus: plan.counts.total,
        },
      })
      told()
      return { requestId: id }
    },
    'approvals.decide': ({ requestId, decision, reason }) => {
      const request = find(requestId)
      const { undecidable } = row(request)
      if (undecidable !== null) throw new NocturneError(undecidable.code)
      if (request.state !== 'waiting') throw new NocturneError('approval-ended')
      const approves = decision === 'approve'
      Object.assign(request, {
        version: request.version + 1,
        state: approves ? 'approved' : 'declined',
        decidedBy: deps.me(),
        decidedAt: now(),
        decisionReason: reason,
        endedAt: approves ? null : now(),
      })
      told()
      return {}
    },
    'approvals.withdraw': ({ requestId }) => {
      Object.assign(find(requestId), { state: 'withdrawn', endedAt: now() })
      told()
      return {}
    },
    'approvals.acknowledge': ({ requestId }) => {
      acknowledged.add(requestId)
      told()
      return {}
    },
    'approvals.setRule': ({ kind, grave, above }) => {
      if (kind === 'provisioning.plan') rule = { grave, above, version: rule.version + 1 }
      else moneyRules[kind] = { grave, above, version: moneyRules[kind].version + 1 }
      told()
      return {}
    },
  }
  return {
    handlers,
    needsMoney,
    /** Of what is about to be done. */
    useMoney: (subjectId: string): void => {
      const request = live(subjectId)
      if (request?.state !== 'approved') throw new NocturneError('approval-needed')
      Object.assign(request, { state: 'used', endedAt: now() })
      told()
    },
    /** Of a plan that is about to be applied. */
    use: async (planId: string): Promise<void> => {
      if (!isNeeded(await deps.planOf(planId))) return
      const request = live(planId)
      if (request?.state !== 'approved') throw new NocturneError('approval-needed')
      Object.assign(request, { state: 'used', endedAt: now() })
      told()
    },
  }
}

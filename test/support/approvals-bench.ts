import { alwaysYes } from './nobody-else.ts'
import { createBilling } from '../../src-main/billing/billing.ts'
import { readsOf } from '../../src-main/billing/plans/plan-tables.ts'
import { createApprovals } from '../../src-main/approvals/approvals.ts'
import { newSession } from '../../src-main/access/new-session.ts'
import { createRoles } from '../../src-main/access/roles.ts'
import { createScopes } from '../../src-main/access/scope-tables.ts'
import { createAccountReads, insertAccount, updateAccount } from '../../src-main/access/tables.ts'
import { createApprovalPeople } from '../../src-main/engine/approval-people.ts'
import type { ApprovalGate } from '../../src-main/engine/approval-ports.ts'
import type { ConfirmRequest } from '../../src-main/engine/confirm.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createRouter } from '../../src-main/engine/router.ts'
import { everything, type Reach } from '../../src-main/engine/reach.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import type { ApprovalKindName } from '../../src-shared/contract/approvals.ts'
import type { Output } from '../../src-shared/contract/index.ts'
import type { CallInput, CommandName, QueryName } from '../../src-shared/contract/index.ts'
import type { OnuChange } from '../../src-shared/contract/provisioning-model.ts'
import { recordRefusal, runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { at, createBed, oltWith, taskId } from './provisioning-bed.ts'
import { noLines } from './no-lines.ts'
import { createParties, createPlanSeeds } from './billing-seeds.ts'
import { idOf } from './store-workspace.ts'

/**
 * Approvals and plans as the workspace joins them, on model OLTs, with accounts and roles of the
 * product: whoever calls is signed in at a client of his own, behind the real router.
 */
export const createApprovalsBench = (onus = 3) => {
  const holder: { gate: ApprovalGate | null } = { gate: null }
  const gate = (): ApprovalGate => holder.gate!
  const bed = createBed([oltWith(1, onus)], undefined, {
    needs: (...asked) => gate().needs(...asked),
    check: (...asked) => gate().check(...asked),
    use: (...asked) => gate().use(...asked),
    heldUntil: (...asked) => holder.gate?.heldUntil(...asked) ?? null,
  })
  const store = bed.store()
  const { clock } = bed
  let next = 0x900000
  const newId = (): string => idOf(next++)
  const sessions = createSessions(clock)
  const accounts = createAccountReads(store.reader)
  const roles = createRoles(store.reader)
  const scopes = createScopes(store.reader)
  /** Whose account reaches not all. */
  const reaches = new Map<string, Reach>()
  /** Whose subscribers are. */
  const agents = new Map<string, string>()
  const lines: string[] = []
  const log = createLog({ write: (line) => lines.push(line), level: 'error' })
  const system = { accountId: null, sessionId: null, clientKind: 'test' } as const
  /** What a test does while the window stands open. */
  const window: { onAsk: (request: ConfirmRequest) => boolean | Promise<boolean> } = {
    onAsk: () => true,
  }
  const asked: ConfirmRequest[] = []
  /** Called before each statement by which a command writes; may throw, as a machine that dies does. */
  const hook = { onStatement: (): void => undefined }

  const write = (
    name: string,
    input: object,
    apply: (tx: Transaction) => void,
    by: string | null = null,
  ): void => {
    const actor = { ...system, accountId: by }
    const call = { commandId: newId(), name, actor, auditInput: input, at: clock.now() }
    runCommand(store, call, (tx) => {
      apply(tx)
      return { result: {} }
    })
  }

  const approvals = createApprovals({
    clock,
    newId,
    emit: (name) => bed.events.push({ name, payload: {} }),
    reader: store.reader,
    write,
    sessions,
    confirm: async (_clientId, request) => {
      asked.push(request)
      return window.onAsk(request)
    },
    people: createApprovalPeople({
      accounts,
      roles,
      reader: store.reader,
      reachOf: (accountId) => reaches.get(accountId) ?? everything,
    }),
    kinds: () => [bed.provisioning().approvalKind, ...billing.approvalKinds],
  })
  const reads = readsOf(store.reader)
  const billing = createBilling({
    approvals: approvals.gate,
    confirm: alwaysYes,
    clock,
    newId,
    emit: (name) => bed.events.push({ name, payload: {} }),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    reader: store.reader,
    write,
    subscribers: {
      party: createParties(reads),
      note: () => undefined,
      services: () => [],
      belongs: (id) => ({ oltIds: [], accountIds: [agents.get(id) ?? ''], peopleToo: true }),
    },
    speeds: {
      speed: () => null,
      gap: () => null,
      onOnu: () => ({ state: 'unknown', address: null, differences: [] }),
    },
    lines: noLines,
    findSubscribers: () => ({ total: 0, rows: [] }),
    onus: { state: () => 0, serial: () => '', stateSince: () => 0, address: () => 0 },
    wantedOf: () => null,
    facts: { olts: () => [], olt: () => undefined },
    nameOfAccount: accounts.nameOf,
    accounts: accounts.all,
    vaultKey: Buffer.alloc(32, 5),
    chance: () => 0,
    exportsFolder: '/nowhere',
  })

  holder.gate = approvals.gate

  const router = createRouter({
    sessions,
    clock,
    log,
    handlers: () => ({
      queries: { ...approvals.queries, ...billing.queries, ...bed.provisioning().queries },
      commands: { ...approvals.commands, ...billing.commands, ...bed.provisioning().commands },
    }),
    async runCommand({ commandId, name, context, auditInput, plan }) {
      const actor = {
        accountId: context.session?.accountId ?? null,
        sessionId: context.session?.sessionId ?? null,
        clientKind: 'test',
      } as const
      const call = { commandId, name, actor, auditInput, at: clock.now() }
      const run = runCommand(store, call, (tx) => ({
        result: plan.apply({
          ...tx,
          run: (sql, ...parameters) => {
            hook.onStatement()
            return tx.run(sql, ...parameters)
          },
        }),
      }))
      if (!run.replayed) await plan.after?.(run.result)
      return run.result
    },
    recordRefusal: ({ name, context, auditInput, code }) =>
      recordRefusal(store, {
        commandId: newId(),
        name,
        actor: { ...system, accountId: context.session?.accountId ?? null },
        auditInput,
        at: clock.now(),
        outcome: 'refused',
        code,
      }),
    queryRefused: () => undefined,
    queryAnswered: () => undefined,
    progress: () => undefined,
    newTraceId: () => 'trace',
    reachOf: (session) => reaches.get(session?.accountId ?? '') ?? everything,
    belongingOf: (kind, id) => {
      if (kind === 'plan') return bed.provisioning().belongs.plan(id)
      return kind === 'document'
        ? billing.belongs.document(id)
        : kind === 'write-off'
          ? billing.belongs['write-off'](id)
          : null
    },
  })

  let clients = 1
  /** Somebody who signed in once, long ago, and sits at a client of his own. */
  const person = (name: string, role: string, madeBy: string | null = null) => {
    const accountId = newId()
    write(
      'test.account',
      {},
      (tx) =>
        insertAccount(
          tx,
          { id: accountId, name, login: name.toLowerCase(), passwordHash: '$argon2id$x', role },
          clock.now(),
        ),
      madeBy,
    )
    const client = clients++
    const signIn = (): void => {
      const account = accounts.byId(accountId)
      if (account === undefined) throw new Error('no such account')
      sessions.start(client, newSession(account, { clock, newId, roles, scopes }))
    }
    signIn()
    const call = async (channel: string, input: unknown): Promise<unknown> => {
      const reply = await router.call({ clientId: client, channel, input })
      return reply.ok ? reply.value : reply.error
    }
    return {
      accountId,
      client,
      signIn,
      /** The answer, or the refusal. */
      tell: <Name extends CommandName>(name_: Name, input: CallInput<Name>) =>
        call(name_, { commandId: newId(), input }) as Promise<Output<Name> & { code?: string }>,
      ask: <Name extends QueryName>(name_: Name, input: CallInput<Name>) =>
        call(name_, input) as Promise<Output<Name> & { code?: string }>,
    }
  }

  /** `by`: who did it, as the audit tells it. */
  const change = (
    accountId: string,
    set: Parameters<typeof updateAccount>[2],
    by: string | null = null,
    name = 'access.changeAccount',
  ): void =>
    write(
      name,
      { accountId },
      (tx) => updateAccount(tx, accounts.anyById(accountId)!, set, {}, clock.now()),
      by,
    )

  const employee = (): string => {
    const id = newId()
    write('test.employee', {}, (tx) =>
      tx.run(
        `INSERT INTO employee (id, version, name, position, team, phone, email, note, created_at,
          updated_at) VALUES (?, 1, 'Sri', '', '', '', '', '', ?, ?)`,
        id,
        clock.now(),
        clock.now(),
      ),
    )
    return id
  }

  type Caller = ReturnType<typeof person>
  const makePlan = async (who: Caller, change_: OnuChange, ...onuIds: readonly number[]) => {
    const made = await who.tell('provisioning.makePlan', {
      targets: {
        list: onuIds.map((onuId) => ({ oltId: bed.olts[0]!.id, address: at(onuId) })),
      },
      change: change_,
      taskId,
    })
    if (made.code !== undefined) throw new Error(made.code)
    return made.plan
  }
  const subject = (planId: string) => ({ kind: 'provisioning.plan', subjectId: planId }) as const

  return {
    bed,
    clock,
    store,
    sessions,
    approvals,
    window,
    reaches,
    agents,
    reads,
    seeds: createPlanSeeds({ write, newId }),
    asked,
    hook,
    lines,
    person,
    change,
    employee,
    makePlan,
    subject,
    /** Carries it out to its end. */
    apply: async (who: Caller, planId: string, toItsEnd = true): Promise<string> => {
      const { plan } = await who.ask('provisioning.plan', { planId })
      const reply = await who.tell('provisioning.apply', { planId, version: plan.version })
      if (reply.code !== undefined) return reply.code
      if (toItsEnd) await bed.run(planId)
      return 'applied'
    },
    wish: (who: Caller, planId: string) =>
      who.tell('approvals.ask', { ...subject(planId), reason: 'the customer has left' }),
    decide: async (
      who: Caller,
      requestId: string,
      decision: 'approve' | 'decline' = 'approve',
    ): Promise<string> => {
      const { requests } = await who.ask('approvals.list', { which: 'waiting', limit: 200 })
      const version = requests?.find(({ id }) => id === requestId)?.version ?? 1
      const reason = 'looked at it'
      const reply = await who.tell('approvals.decide', { requestId, version, decision, reason })
      return reply.code ?? 'decided'
    },
    /** As it stands in the books, whoever looks. */
    setRule: (
      rule: { grave: boolean; above: number | null },
      kind: ApprovalKindName = 'provisioning.plan',
    ): void =>
      write('test.rule', {}, (tx) => {
        tx.run(
          `INSERT INTO approval_rule (kind, version, grave, above, changed_at, changed_by)
            VALUES (?, 1, ?, ?, 0, '') ON CONFLICT (kind) DO UPDATE
            SET grave = excluded.grave, above = excluded.above, version = version + 1`,
          kind,
          rule.grave ? 1 : 0,
          rule.above,
        )
      }),
    /** Somebody alters the store from the inside. */
    rewrite: (sql: string, ...parameters: string[]): void =>
      write('test.rewrite', {}, (tx) => void tx.run(sql, ...parameters)),
    auditRows: () =>
      store.reader
        .prepare<
          [],
          { name: string; accountId: string | null; outcome: string; code: string | null }
        >(`SELECT name, account_id AS accountId, outcome, code FROM audit ORDER BY seq`)
        .all(),
  }
}

export type ApprovalsBench = ReturnType<typeof createApprovalsBench>

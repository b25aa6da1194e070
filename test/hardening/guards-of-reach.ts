import type { Guard } from './guards.ts'

/** What takes the reach of an account away, in router, outbox, capabilities. */

const router = 'src-main/engine/router.ts'
const reach = 'src-main/engine/reach.ts'
const reachTests = ['engine/reach.test.ts', 'access/scopes.test.ts']

export const reachGuards: readonly Guard[] = [
  {
    name: 'router-scope-of-queries',
    file: router,
    text: `      refuseForeign(definition, input, context, request.channel as QueryName)
`,
    instead: '',
    tests: ['access/scope-leaks.test.ts'],
  },
  {
    name: 'router-scope-of-commands',
    file: router,
    text: `      refuseBeyondReach(context.reach, definition, input, options.belongingOf)
      const made`,
    instead: '      const made',
    tests: ['access/scope-leaks.test.ts'],
  },
  {
    name: 'scope-of-events',
    file: 'src-main/engine/outbox.ts',
    text: 'if (made === null || !isReached(reach, events[name], made, options.belongingOf)) continue',
    instead: 'if (made === null) continue',
    tests: ['engine/outbox.test.ts', 'access/scope-leaks.test.ts'],
  },
  {
    name: 'scope-denied-by-default',
    file: reach,
    text: `  if (rule === 'everything') throw new NocturneError('beyond-scope')
`,
    instead: `  if (rule === 'everything') return
`,
    tests: reachTests,
  },
  {
    name: 'scope-default-rule',
    file: reach,
    text: `(definition.access === 'public' || definition.access === 'session' ? 'nothing' : 'everything')`,
    instead: `(definition.access === 'public' ? 'everything' : 'nothing')`,
    tests: reachTests,
  },
  {
    name: 'scope-of-every-olt',
    file: reach,
    text: 'belongs.oltIds.length > 0 && belongs.oltIds.every(has)',
    instead: 'belongs.oltIds.some(has)',
    tests: reachTests,
  },
  {
    name: 'scope-empty-filter',
    file: reach,
    text: 'return within.length === 0 ? [noOlt] : within',
    instead: 'return within',
    tests: reachTests,
  },
  {
    name: 'scope-of-own',
    file: reach,
    text: `    if (reach.kind === 'own') throw new NocturneError('beyond-scope')
`,
    instead: '',
    tests: reachTests,
  },
  {
    name: 'scope-not-ones-own',
    file: 'src-main/access/scope-commands.ts',
    text: `if (by.accountId === accountId) throw new NocturneError('own-account')`,
    instead: '',
    tests: reachTests,
  },
  {
    name: 'scope-owner-whole',
    file: 'src-main/access/ownership.ts',
    text: `{ role: 'owner', scope: 'all', code_hash: null, code_until: null },`,
    instead: `{ role: 'owner', code_hash: null, code_until: null },`,
    tests: reachTests,
  },
]

/** What handlers leave out for whose account reaches a part. */
export const narrowingGuards: readonly Guard[] = [
  {
    name: 'scope-of-alarms',
    file: 'src-main/alarms/belongs.ts',
    text: 'isEverything(reach) || reaches(reach, belongsOf(alarm))',
    instead: 'isEverything(reach) || belongsOf(alarm) !== null',
    tests: ['access/scope-alarms.test.ts'],
  },
  {
    name: 'scope-of-maintenance',
    file: 'src-main/alarms/maintenance/queries.ts',
    text: 'reaches(reach, belongsOfWindow(record, compileScope(record.plan.scope, deps.plant())))',
    instead: 'compileScope(record.plan.scope, deps.plant()) !== null',
    tests: ['access/scope-alarms.test.ts'],
  },
  {
    name: 'scope-part-of-an-outage',
    file: 'src-main/outages/within.ts',
    text: 'if (isWholly(reach, row)) return whole',
    instead: 'if (belongsOf(row) !== null) return whole',
    tests: ['outages/scope-outages.test.ts'],
  },
  {
    name: 'scope-names-in-evidence',
    file: 'src-main/outages/within.ts',
    text: `Object.values(params).every((one) => typeof one !== 'string')`,
    instead: 'Object.values(params).length >= 0',
    tests: ['outages/scope-outages.test.ts'],
  },
  {
    name: 'scope-words-of-an-outage',
    file: 'src-main/outages/ended-within.ts',
    text: 'return filter.words.every((word) => text.includes(word))',
    instead: `return text !== ''`,
    tests: ['outages/scope-outages.test.ts'],
  },
  {
    name: 'scope-of-the-search',
    file: 'src-main/search/find-records.ts',
    text: `      if (within?.(recordOf[slip]!) === false) return
`,
    instead: '',
    tests: ['search/search.test.ts'],
  },
  {
    name: 'scope-of-a-single-word',
    file: 'src-main/search/find-records.ts',
    text: `        if (within?.(recordOf[slip]!) === false) continue
`,
    instead: '',
    tests: ['search/text-index.test.ts'],
  },
]

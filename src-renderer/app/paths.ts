import {
  isValidOnuAddress,
  type OnuAddress,
  type PonAddress,
} from '../../src-shared/domain/onu-address.ts'

/** Every address inside the console is written here and nowhere else. */
export const paths = {
  dashboard: () => '/',
  olts: () => '/olts',
  addOlt: () => '/olts/add',
  olt: (oltId: string) => `/olts/${oltId}`,
  terminal: (oltId: string) => `/olts/${oltId}/terminal`,
  catalogue: (oltId: string) => `/olts/${oltId}/catalogue`,
  speeds: () => '/speeds',
  /** `query`: which OLT and from where on, without the question mark. */
  transcripts: (query = '') => (query === '' ? '/transcripts' : `/transcripts?${query}`),
  transcript: (transcriptId: string) => `/transcripts/${transcriptId}`,
  configurations: () => '/configurations',
  configurationsOf: (oltId: string) => `/configurations/${oltId}`,
  configurationText: (oltId: string, versionId: string) =>
    `/configurations/${oltId}/text/${versionId}`,
  configurationDiff: (beforeId: string, afterId: string) =>
    `/configurations/diff/${beforeId}/${afterId}`,
  pon: (oltId: string, { shelf, slot, port }: PonAddress) =>
    `/olts/${oltId}/pon/${shelf}-${slot}-${port}`,
  /** `query`: the table's own state, without the question mark. */
  onus: (query = '') => (query === '' ? '/onus' : `/onus?${query}`),
  onu: (oltId: string, address: OnuAddress) => `/onus/${oltId}/${writeAddress(address)}`,
  unconfigured: () => '/unconfigured',
  /** `query`: which changes, without the question mark. */
  changes: (query = '') => (query === '' ? '/changes' : `/changes?${query}`),
  approvals: () => '/approvals',
  change: (planId: string) => `/changes/${planId}`,
  /** `query`: which of them, without the question mark. */
  services: (query = '') => (query === '' ? '/services' : `/services?${query}`),
  presets: () => '/presets',
  /** `query`: OLT and kinds, without the question mark. */
  mismatches: (query = '') => (query === '' ? '/mismatches' : `/mismatches?${query}`),
  adoption: (oltId: string) => `/mismatches/adopt/${oltId}`,
  /** `query`: which list and which OLT, without the question mark. */
  traps: (query = '') => (query === '' ? '/traps' : `/traps?${query}`),
  families: () => '/families',
  family: (familyId: string) => `/families/${encodeURIComponent(familyId)}`,
  /** `query`: list, filter and sort, without the question mark. */
  alarms: (query = '') => (query === '' ? '/alarms' : `/alarms?${query}`),
  alarm: (alarmId: string) => `/alarms/one/${alarmId}`,
  alarmRules: () => '/alarms/rules',
  alarmLoad: () => '/alarms/load',
  alarmGuide: (type = '') => (type === '' ? '/alarms/guide' : `/alarms/guide/${type}`),
  maintenance: () => '/alarms/maintenance',
  outages: (query = '') => (query === '' ? '/outages' : `/outages?${query}`),
  outage: (outageId: string) => `/outages/${outageId}`,
  /** `query`: the list's own state, without the question mark. */
  subscribers: (query = '') => (query === '' ? '/subscribers' : `/subscribers?${query}`),
  subscriber: (id: string) => `/subscribers/${id}`,
  plant: (nodeId = '') => (nodeId === '' ? '/plant' : `/plant/${nodeId}`),
  /** `query`: what it is centred on, without the question mark. */
  map: (query = '') => (query === '' ? '/map' : `/map?${query}`),
  handover: () => '/handover',
  wallboard: () => '/wall',
  /** `query`: which account is open, without the question mark. */
  people: (query = '') => (query === '' ? '/people' : `/people?${query}`),
  employees: () => '/people/employees',
  regions: () => '/people/regions',
  company: () => '/people/company',
  roles: () => '/people/roles',
  role: (roleId: string) => `/people/roles/${roleId}`,
  me: () => '/me',
  /** `query`: the filters, without the question mark. */
  audit: (query = '') => (query === '' ? '/audit' : `/audit?${query}`),
  auditOf: (kind: string, id: string) =>
    `/audit/of/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`,
  counter: () => '/counter',
  cashSessions: () => '/counter/sessions',
  cashSession: (sessionId: string) => `/counter/sessions/${sessionId}`,
  tills: () => '/counter/tills',
  billing: () => '/billing',
  plans: () => '/billing/plans',
  /** `query`: which report of which days, without the question mark. */
  reports: (query = '') => (query === '' ? '/billing/reports' : `/billing/reports?${query}`),
  plan: (planId: string) => `/billing/plans/${planId}`,
  /** `query`: which findings, without the question mark. */
  reconciliation: (query = '') =>
    query === '' ? '/billing/reconciliation' : `/billing/reconciliation?${query}`,
  /** `query`: filters and the open movement, without the question mark. */
  payPal: () => '/billing/paypal',
  bank: (query = '') => (query === '' ? '/billing/bank' : `/billing/bank?${query}`),
  /** `query`: the filter, without the question mark. */
  documents: (query = '') => (query === '' ? '/billing/documents' : `/billing/documents?${query}`),
  /** A payment and its receipt, opened on the account of its subscriber. */
  payment: (subscriberId: string, paymentId: string) =>
    `/subscribers/${subscriberId}?tab=account&payment=${paymentId}`,
  document: (documentId: string) => `/billing/documents/${documentId}`,
  /** `query`: kind, subscriber and what it adds to, without the question mark. */
  newDocument: (query = '') =>
    query === '' ? '/billing/documents/new' : `/billing/documents/new?${query}`,
  editDocument: (documentId: string) => `/billing/documents/${documentId}/edit`,
  billingRuns: () => '/billing/runs',
  billingRun: (runId: string) => `/billing/runs/${runId}`,
  seller: () => '/billing/seller',
  vouchers: () => '/billing/vouchers',
  agents: () => '/billing/agents',
  agent: (accountId: string) => `/billing/agents/${accountId}`,
  mine: () => '/billing/mine',
  taxes: () => '/billing/taxes',
  prepaid: () => '/billing/prepaid',
  dunning: () => '/billing/dunning',
  dunningCase: (caseId: string) => `/billing/dunning/${caseId}`,
  /** `query`: filter and sort, without the question mark. */
  workOrders: (query = '') => (query === '' ? '/fieldwork' : `/fieldwork?${query}`),
  workOrder: (orderId: string) => `/fieldwork/one/${orderId}`,
  workPlan: (query = '') => (query === '' ? '/fieldwork/plan' : `/fieldwork/plan?${query}`),
  workSetup: () => '/fieldwork/settings',
  tickets: (query = '') => (query === '' ? '/tickets' : `/tickets?${query}`),
  ticket: (ticketId: string) => `/tickets/one/${ticketId}`,
  /** Of which only the number is known. */
  ticketOfNumber: (number: string) => `/tickets/number/${encodeURIComponent(number)}`,
  /** `query`: columns and filter, without the question mark. */
  ticketBoard: (query = '') => (query === '' ? '/tickets/board' : `/tickets/board?${query}`),
  ticketsDue: () => '/tickets/due',
  /** `query`: what and whose, without the question mark. */
  ticketsLate: (query = '') => (query === '' ? '/tickets/late' : `/tickets/late?${query}`),
  ticketReport: () => '/tickets/report',
  ticketSetup: () => '/tickets/settings',
  settings: () => '/settings',
  welcome: () => '/welcome',
} as const

export const writeAddress = (address: OnuAddress): string =>
  `${address.shelf}-${address.slot}-${address.port}-${address.onuId}`

/** `0-1-3-12` as it stands in a route; null: not an address. */
export const readAddress = (text: string): OnuAddress | null => {
  const match = /^(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,4})$/.exec(text)
  if (match === null) return null
  const [shelf, slot, port, onuId] = match.slice(1).map(Number)
  const address = { shelf: shelf!, slot: slot!, port: port!, onuId: onuId! }
  return isValidOnuAddress(address) ? address : null
}

/** `0-1-3` as it stands in a route; null: no PON port. */
export const readPon = (text: string): PonAddress | null => {
  const match = /^(\d{1,3})-(\d{1,3})-(\d{1,3})$/.exec(text)
  if (match === null) return null
  const [shelf, slot, port] = match.slice(1).map(Number)
  const pon = { shelf: shelf!, slot: slot!, port: port! }
  return isValidOnuAddress({ ...pon, onuId: 0 }) ? pon : null
}

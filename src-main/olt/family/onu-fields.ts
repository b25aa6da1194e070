/**
 * What can be read of an ONU, in one vocabulary for all families. A profile maps columns to these
 * names; a field that no column offers is "not offered", never zero.
 */
export const onuNumberFields = [
  /** Epoch milliseconds. */
  'lastDownAt',
  /** Epoch milliseconds. */
  'lastUpAt',
  'distanceM',
  'onuRxDbm',
  'onuTxDbm',
  'oltRxDbm',
  'temperatureC',
  'voltageV',
  'biasMa',
  /** Octets from the subscriber, as the OLT counts them. */
  'upBytes',
  /** Octets to the subscriber. */
  'downBytes',
  /** 1: the operator has switched the ONU off; 0: not. */
  'adminDisabled',
] as const

export const onuCodeFields = ['state', 'lastDownCause'] as const

export const onuTextFields = ['serial', 'name', 'description', 'model', 'firmware'] as const

export type NumberField = (typeof onuNumberFields)[number]
export type CodeField = (typeof onuCodeFields)[number]
export type TextField = (typeof onuTextFields)[number]
export type OnuField = NumberField | CodeField | TextField

export type OnuGroup = 'identity' | 'status' | 'optics' | 'counters'

/** What is read together, because it changes at the same pace and costs the OLT alike. */
export const onuFieldsByGroup = {
  identity: ['serial', 'name', 'description', 'model', 'firmware'],
  status: ['state', 'adminDisabled', 'lastDownCause', 'lastDownAt', 'lastUpAt', 'distanceM'],
  optics: ['onuRxDbm', 'onuTxDbm', 'oltRxDbm', 'temperatureC', 'voltageV', 'biasMa'],
  counters: ['upBytes', 'downBytes'],
} as const satisfies Record<OnuGroup, readonly OnuField[]>

const memberOf =
  <Member extends string>(members: readonly Member[]) =>
  (name: string): name is Member =>
    (members as readonly string[]).includes(name)

export const isNumberField = memberOf(onuNumberFields)
export const isCodeField = memberOf(onuCodeFields)

/** Tags of SNMP values (RFC 3416 section 3, RFC 2578 section 7.1). */
export const berTag = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
  ipAddress: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
  getRequest: 0xa0,
  getNextRequest: 0xa1,
  response: 0xa2,
  setRequest: 0xa3,
  trapV1: 0xa4,
  getBulkRequest: 0xa5,
  informRequest: 0xa6,
  trapV2: 0xa7,
  report: 0xa8,
} as const

/** "Not offered" in any of its three spellings. */
export const isAbsence = (tag: number): boolean =>
  tag === berTag.noSuchObject || tag === berTag.noSuchInstance || tag === berTag.endOfMibView

/** Error status of a response (RFC 3416 section 3); others exist for SET only. */
export const snmpErrorStatus = {
  none: 0,
  tooBig: 1,
  noSuchName: 2,
  genErr: 5,
  authorizationError: 16,
} as const

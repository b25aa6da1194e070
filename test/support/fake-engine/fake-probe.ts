import type { Input, Output } from '../../../src-shared/contract/index.ts'

/** One host for each answer a probe can give. */
export const fakeProbe = (input: Input<'network.probe'>): Output<'network.probe'> => {
  switch (input.host) {
    case '10.0.0.1':
      return {
        kind: 'recognised',
        familyId: 'zte-c3xx',
        familyLabel: 'ZTE C300/C320',
        reason: 'sysObjectID 1.3.6.1.4.1.3902.1082.1001.320 → ZTE C320 V2.1',
        sysName: 'harbour-7',
        sysDescr: 'C320 Version V2.1.0',
        sysObjectId: '1.3.6.1.4.1.3902.1082.1001.320',
        uptimeS: 8_640_000,
        answerMs: 7,
        onus: 812,
        ponPorts: Array.from({ length: 16 }, (_, port) => ({
          name: `gpon-olt_1/2/${port + 1}`,
          onus: 44 + port,
        })),
        notOffered: ['biasMa'],
        known: null,
      }
    case '10.0.0.2':
      return {
        kind: 'unknown-family',
        sysName: 'olt-x',
        sysDescr: 'EPON OLT platform 4.2',
        sysObjectId: '1.3.6.1.4.1.99999.1.1',
        interfaces: 40,
        ponInterfaces: 16,
        answerMs: 9,
      }
    case '10.0.0.3':
      return {
        kind: 'not-an-olt',
        sysName: 'printer-2',
        sysDescr: 'Network printer',
        sysObjectId: '1.3.6.1.4.1.11.2.3.9.1',
      }
    case '10.0.0.4':
      return {
        kind: 'failed',
        problem: {
          code: 'olt-no-snmp-answer-community',
          params: { host: input.host, port: input.port },
        },
      }
    default:
      return {
        kind: 'failed',
        problem: { code: 'olt-no-answer', params: { host: input.host, port: input.port } },
      }
  }
}

import type { PlanStep } from '../../../src-shared/contract/provisioning-plans.ts'
import type { DeviceStepKind } from '../../../src-shared/domain/device-steps.ts'
import { formatOnu, formatPon, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { sameService, type OnuConfig } from '../../../src-shared/domain/onu-config.ts'

/** Steps and lines in the manner of a CLI: for looking at, not for any device. */

type Line = { readonly mode: string; readonly line: string }
type Part = readonly [
  kind: DeviceStepKind,
  lines: readonly Line[],
  risk: PlanStep['rendered']['risk'],
]

export interface FakePlace {
  readonly oltId: string
  readonly address: OnuAddress
  readonly zte: boolean
}

const linesOf = (place: FakePlace) => {
  const { address, zte } = place
  const gpon = zte ? `gpon-olt_${formatPon(address)}` : `gpon ${address.shelf}/${address.slot}`
  const mode = zte ? '(config-if)#' : `(config-if-gpon-${address.shelf}/${address.slot})#`
  const onuMode = zte ? '(config-if)#' : '(config)#'
  return {
    gpon: (line: string): readonly Line[] => [
      { mode: '(config)#', line: `interface ${gpon}` },
      { mode, line },
      { mode, line: zte ? 'exit' : 'quit' },
    ],
    onu: (...lines: string[]): readonly Line[] =>
      zte
        ? [
            { mode: '(config)#', line: `interface gpon-onu_${formatOnu(address)}` },
            ...lines.map((line) => ({ mode: onuMode, line })),
            { mode: onuMode, line: 'exit' },
          ]
        : lines.map((line) => ({ mode: onuMode, line })),
    id: zte ? String(address.onuId) : `${address.port} ${address.onuId}`,
  }
}

export const partsOf = (
  place: FakePlace,
  before: OnuConfig | null,
  after: OnuConfig | null,
  act: 'reboot' | 'factory-reset' | null,
): readonly Part[] => {
  const { zte } = place
  const say = linesOf(place)
  const parts: Part[] = []
  if (act !== null) {
    return [
      [
        act,
        zte
          ? say.onu(act === 'reboot' ? 'reboot' : 'restore factory')
          : say.gpon(`ont ${act === 'reboot' ? 'reset' : 're-register'} ${say.id}`),
        act === 'reboot' ? 'disruptive' : 'destructive',
      ],
    ]
  }
  if (after === null) {
    for (const service of before?.services ?? []) {
      parts.push([
        'remove-service',
        say.onu(
          zte ? `no service-port ${service.index ?? 1}` : `undo service-port ${service.index ?? 0}`,
        ),
        'disruptive',
      ])
    }
    parts.push([
      'remove-onu',
      say.gpon(zte ? `no onu ${say.id}` : `ont delete ${say.id}`),
      'destructive',
    ])
  } else {
    if (before === null) {
      parts.push([
        'add-onu',
        say.gpon(
          zte
            ? `onu ${say.id} type ${after.onuType ?? 'ZTE-F660'} sn ${after.serial}`
            : `ont add ${say.id} sn-auth ${after.serial} omci ont-lineprofile-name ${after.lineProfile} ont-srvprofile-name ${after.serviceProfile}`,
        ),
        'read',
      ])
    } else if (before.serial !== after.serial) {
      parts.push([
        'set-serial',
        say.gpon(
          zte
            ? `registration-method sn ${after.serial} onu ${say.id}`
            : `ont modify ${say.id} sn ${after.serial}`,
        ),
        'disruptive',
      ])
    }
    if (before?.name !== after.name || before?.description !== after.description) {
      parts.push([
        'describe',
        zte
          ? say.onu(`name ${after.name ?? ''}`, `description ${after.description ?? ''}`)
          : say.gpon(`ont modify ${say.id} desc "${after.name ?? ''}"`),
        'read',
      ])
    }
    if (
      before !== null &&
      (before.lineProfile !== after.lineProfile || before.serviceProfile !== after.serviceProfile)
    ) {
      parts.push([
        'set-profiles',
        zte
          ? say.onu(`profile line ${after.lineProfile} service ${after.serviceProfile}`)
          : say.gpon(`ont modify ${say.id} ont-lineprofile-name ${after.lineProfile}`),
        'disruptive',
      ])
    }
    for (const service of before?.services ?? []) {
      if ((after.services ?? []).some((other) => sameService(service, other))) continue
      parts.push([
        'remove-service',
        say.onu(
          zte ? `no service-port ${service.index ?? 1}` : `undo service-port ${service.index ?? 0}`,
        ),
        'disruptive',
      ])
    }
    for (const service of after.services ?? []) {
      if ((before?.services ?? []).some((other) => sameService(service, other))) continue
      parts.push([
        'add-service',
        say.onu(
          zte
            ? `service-port ${service.index ?? 1} vport 1 user-vlan ${service.userVlan ?? 'untagged'} vlan ${service.vlan}`
            : `service-port vlan ${service.vlan} gpon ${formatPon(place.address)} ont ${place.address.onuId} gemport ${service.gemPort} multi-service user-vlan ${service.userVlan ?? 'untagged'}`,
        ),
        'read',
      ])
    }
    if (before !== null && before.adminEnabled !== after.adminEnabled) {
      parts.push([
        'set-admin',
        zte
          ? say.onu(after.adminEnabled === true ? 'no shutdown' : 'shutdown')
          : say.gpon(`ont ${after.adminEnabled === true ? 'activate' : 'deactivate'} ${say.id}`),
        after.adminEnabled === true ? 'read' : 'disruptive',
      ])
    }
    if (JSON.stringify(before?.wan) !== JSON.stringify(after.wan) && after.wan !== null) {
      parts.push([
        'set-wan',
        say.onu(`wan-ip 1 mode ${after.wan.mode} vlan ${after.wan.vlan ?? 200}`),
        'disruptive',
      ])
    }
    if (JSON.stringify(before?.wifi) !== JSON.stringify(after.wifi)) {
      for (const one of after.wifi ?? []) {
        parts.push([
          'set-wifi',
          say.onu(`ssid ctrl wifi_0/${one.index} name ${one.ssid}`),
          'disruptive',
        ])
      }
    }
    for (const port of after.ethPorts ?? []) {
      const was = before?.ethPorts?.find((one) => one.port === port.port)
      if (JSON.stringify(was) === JSON.stringify(port)) continue
      parts.push([
        'set-eth-port',
        say.onu(`vlan port eth_0/${port.port} mode ${port.mode} vlan ${port.vlan ?? 1}`),
        'disruptive',
      ])
    }
  }
  return parts
}

export const stepsOf = (
  place: FakePlace,
  before: OnuConfig | null,
  after: OnuConfig | null,
  act: 'reboot' | 'factory-reset' | null = null,
): PlanStep[] =>
  [
    ...partsOf(place, before, after, act),
    ['save', [{ mode: '#', line: place.zte ? 'write' : 'save' }], 'read'] as Part,
  ].map(([kind, lines, risk], seq) => ({
    seq,
    oltId: place.oltId,
    kind,
    rendered: { via: 'cli', lines: [...lines], risk },
    unproven: kind === 'set-wifi' || kind === 'set-wan',
    state: 'waiting',
    problem: null,
    exchanges: [],
    startedAt: null,
    endedAt: null,
  }))

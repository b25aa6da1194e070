import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { DeviceStep } from '../../src-shared/domain/device-steps.ts'
import { deviceStepKinds, riskOfStep } from '../../src-shared/domain/device-steps.ts'
import {
  onuConfigParts,
  type OnuConfig,
  type OnuService,
} from '../../src-shared/domain/onu-config.ts'
import { NocturneError, type ErrorCode } from '../../src-shared/errors.ts'
import type {
  ConfigAbilities,
  FoundOnu,
  OltCatalogue,
  OltConfigPort,
  OltWriter,
  StepOutcome,
  StepSecrets,
} from '../../src-main/olt/cli/config-port.ts'

/** An OLT in memory that is configured by steps, with faults on demand. It keeps count. */

export type ModelFault =
  /** The session is lost before the OLT took the step, or after. */
  | { readonly kind: 'lost-before' | 'lost-after' }
  | { readonly kind: 'refuse'; readonly code: ErrorCode }
  /** Takes half of it (a service without its limits) and then says no. */
  | { readonly kind: 'not-sent'; readonly code: ErrorCode }

/** Says when ONUs came or went: what follows from them is made anew only then. */
export class OnuMap extends Map<number, OnuConfig> {
  comings = 0
  override set(address: number, config: OnuConfig): this {
    if (this.get(address)?.serial !== config.serial) this.comings++
    return super.set(address, config)
  }
  override delete(address: number): boolean {
    this.comings++
    return super.delete(address)
  }
  override clear(): void {
    this.comings++
    super.clear()
  }
}

export interface ModelOlt {
  readonly id: string
  readonly name: string
  readonly port: OltConfigPort
  readonly abilities: ConfigAbilities
  /** By packed address. */
  readonly onus: OnuMap
  readonly found: FoundOnu[]
  catalogue: OltCatalogue
  /** Steps that the OLT took, in their order. */
  readonly taken: DeviceStep[]
  readonly sent: DeviceStep[]
  readonly secretsSeen: StepSecrets[]
  /** Asked at every step; null: it works. */
  fault: (step: DeviceStep, nth: number) => ModelFault | null
  /** Why nobody gets in; null: it lets in. */
  unreachable: ErrorCode | null
  /** Told as the obstacle before anything is tried. */
  obstacle: ErrorCode | null
  /** Called while a step is on its way. */
  duringStep: (step: DeviceStep) => Promise<void> | void
  readonly mostWriters: () => number
  /** Sessions of a dead process are gone. */
  dropSessions(): void
}

export const modelAbilities: ConfigAbilities = {
  familyId: 'model',
  steps: deviceStepKinds,
  unprovenSteps: [],
  reads: onuConfigParts,
  catalogues: ['line-profiles', 'vlans'],
  onuIds: { first: 1, last: 32 },
  needs: ['lineProfile'],
  limits: { name: 64, description: 64 },
  readsConfiguration: true,
  exportsBy: [],
}

export const modelConfig = (serial: string, more: Partial<OnuConfig> = {}): OnuConfig => ({
  serial,
  onuType: 'F601',
  lineProfile: '10',
  serviceProfile: '20',
  name: `n-${serial}`,
  description: 'home',
  adminEnabled: true,
  services: [modelService(110)],
  ethPorts: [{ port: 1, mode: 'access', vlan: 110, adminEnabled: true }],
  wan: { mode: 'bridge', vlan: null, ip: null, mask: null, gateway: null, userName: null },
  wifi: [{ index: 1, ssid: 'home', enabled: true }],
  ...more,
})

export const modelService = (vlan: number, more: Partial<OnuService> = {}): OnuService => ({
  index: null,
  vlan,
  userVlan: vlan,
  gemPort: 1,
  upProfile: '100M',
  downProfile: '100M',
  ...more,
})

/** What a family's own gate lets through, in short. */
const sayable = /^[A-Za-z0-9_.,:/@()+= -]{0,64}$/u
const refuseText = (step: DeviceStep): void => {
  const texts = {
    ...('name' in step && { name: step.name, description: step.description }),
    ...('wifi' in step && { ssid: step.wifi.ssid }),
    ...('lineProfile' in step && { lineProfile: step.lineProfile }),
    ...('wan' in step && { wanUser: step.wan.userName }),
  }
  for (const [parameter, text] of Object.entries(texts)) {
    if (text !== null && (!sayable.test(text) || text.includes('  '))) {
      throw new NocturneError('cli-parameter-refused', { parameter })
    }
  }
}

const sameFrames = (one: OnuService, other: OnuService): boolean =>
  one.vlan === other.vlan && one.userVlan === other.userVlan && one.gemPort === other.gemPort

export const createModelOlt = (
  id: string,
  name: string,
  given: Partial<ConfigAbilities> = {},
): ModelOlt => {
  const abilities: ConfigAbilities = { ...modelAbilities, ...given }
  const onus = new OnuMap()
  let turn: Promise<unknown> = Promise.resolve()
  let generation = 0
  let writers = 0
  let most = 0
  let nth = 0

  const letIn = (signal: AbortSignal): void => {
    if (signal.aborted) throw new NocturneError('cancelled')
    if (olt.unreachable !== null) throw new NocturneError(olt.unreachable)
  }
  const readable = (config: OnuConfig): OnuConfig => {
    const copy = structuredClone(config) as { -readonly [Part in keyof OnuConfig]: OnuConfig[Part] }
    for (const part of onuConfigParts) {
      if (part !== 'serial' && !abilities.reads.includes(part)) copy[part] = null
    }
    return copy
  }
  const read = (address: Parameters<OltConfigPort['readOnu']>[0]): OnuConfig | null => {
    const config = onus.get(packOnuAddress(address))
    return config === undefined ? null : readable(config)
  }

  /** What the OLT says no to; null: it takes the step. */
  const refusal = (step: DeviceStep): ErrorCode | null => {
    if (step.kind === 'save') return null
    const there = onus.get(packOnuAddress(step.address))
    if (step.kind === 'add-onu') {
      if (there !== undefined) return 'onu-id-taken'
      const serials = [...onus.values()].map(({ serial }) => serial)
      return serials.includes(step.serial) ? 'onu-serial-exists' : null
    }
    if (there === undefined) return 'onu-not-there'
    if (step.kind === 'add-service') {
      return there.services?.some((one) => sameFrames(one, step.service)) === true
        ? 'cli-refused'
        : null
    }
    if (step.kind === 'remove-service') {
      return there.services?.some((one) => sameFrames(one, step.service)) === true
        ? null
        : 'onu-service-missing'
    }
    return step.kind === 'remove-onu' && (there.services ?? []).length > 0 ? 'cli-refused' : null
  }

  const take = (step: DeviceStep): void => {
    olt.taken.push(step)
    if (step.kind === 'save') return
    const packed = packOnuAddress(step.address)
    const there = onus.get(packed)
    const set = (more: Partial<OnuConfig>): void => {
      onus.set(packed, { ...there!, ...more })
    }
    switch (step.kind) {
      case 'add-onu': {
        const { serial, onuType, lineProfile, serviceProfile } = step
        onus.set(packed, {
          serial,
          onuType,
          lineProfile,
          serviceProfile,
          name: step.name ?? '',
          description: step.description ?? '',
          adminEnabled: true,
          services: [],
          ethPorts: [],
          wan: { mode: 'bridge', vlan: null, ip: null, mask: null, gateway: null, userName: null },
          wifi: [],
        })
        return
      }
      case 'remove-onu':
        onus.delete(packed)
        return
      case 'describe':
        set({
          name: step.name ?? there!.name,
          description: step.description ?? there!.description,
        })
        return
      case 'set-profiles':
        set({
          lineProfile: step.lineProfile ?? there!.lineProfile,
          serviceProfile: step.serviceProfile ?? there!.serviceProfile,
        })
        return
      case 'add-service':
        set({ services: [...there!.services!, step.service] })
        return
      case 'remove-service':
        set({ services: there!.services!.filter((one) => !sameFrames(one, step.service)) })
        return
      case 'set-eth-port': {
        const others = there!.ethPorts!.filter(({ port }) => port !== step.ethPort.port)
        set({ ethPorts: [...others, step.ethPort].toSorted((one, other) => one.port - other.port) })
        return
      }
      case 'set-admin':
        set({ adminEnabled: step.enabled })
        return
      case 'set-serial':
        set({ serial: step.serial })
        return
      case 'set-wan':
        set({ wan: step.wan })
        return
      case 'set-wifi': {
        const others = there!.wifi!.filter(({ index }) => index !== step.wifi.index)
        set({ wifi: [...others, step.wifi].toSorted((one, other) => one.index - other.index) })
        return
      }
      case 'reboot':
      case 'factory-reset':
    }
  }

  const run = async (step: DeviceStep, secrets?: StepSecrets): Promise<StepOutcome> => {
    const fault = olt.fault(step, nth++)
    const exchanges = [{ sent: step.kind, answer: fault?.kind ?? 'ok' }]
    if (fault?.kind === 'not-sent') {
      return { kind: 'not-sent', problem: { code: fault.code, params: {} }, exchanges: [] }
    }
    olt.sent.push(step)
    if (secrets !== undefined) olt.secretsSeen.push(secrets)
    await olt.duringStep(step)
    if (fault?.kind === 'refuse') {
      return {
        kind: 'refused',
        problem: { code: fault.code, params: { line: step.kind } },
        exchanges,
      }
    }
    const lost = { code: 'cli-session-lost', params: {} } as const
    if (fault?.kind === 'lost-before') return { kind: 'unknown', problem: lost, exchanges }
    const code = refusal(step)
    if (code !== null) {
      return { kind: 'refused', problem: { code, params: { line: step.kind } }, exchanges }
    }
    take(step)
    if (fault?.kind === 'lost-after') return { kind: 'unknown', problem: lost, exchanges }
    const onuId = step.kind === 'add-onu' ? step.address.onuId : null
    return { kind: 'done', exchanges, onuId }
  }

  const writer: OltWriter = {
    run: (step, signal, secrets) => {
      letIn(signal)
      return run(step, secrets)
    },
    readOnu: async (address, signal) => {
      letIn(signal)
      return read(address)
    },
  }

  const olt: ModelOlt = {
    id,
    name,
    abilities,
    onus,
    found: [],
    catalogue: {},
    taken: [],
    sent: [],
    secretsSeen: [],
    fault: () => null,
    unreachable: null,
    obstacle: null,
    duringStep: () => undefined,
    mostWriters: () => most,
    dropSessions: () => {
      turn = Promise.resolve()
      generation++
      writers = 0
    },
    port: {
      abilities,
      render: (step) => {
        if (!abilities.steps.includes(step.kind)) {
          throw new NocturneError('cli-family-cannot', { step: step.kind })
        }
        refuseText(step)
        const { kind, ...rest } = step
        const line = `${kind} ${JSON.stringify(rest)}`
        return { via: 'cli', lines: [{ mode: 'config', line }], risk: riskOfStep(step) }
      },
      readOnu: async (address, signal) => {
        letIn(signal)
        return read(address)
      },
      readPon: async (pon, signal, onProgress) => {
        letIn(signal)
        const first = packOnuAddress({ ...pon, onuId: 0 })
        const all = [...onus].filter(([packed]) => packed >= first && packed < first + 1024)
        onProgress?.(all.length, all.length)
        return new Map(
          all
            .toSorted(([one], [other]) => one - other)
            .map(([packed, config]) => [unpackOnuAddress(packed).onuId, readable(config)]),
        )
      },
      findSerial: async (serial, signal) => {
        letIn(signal)
        const place = [...onus].find(([, config]) => config.serial === serial)
        return place === undefined ? null : unpackOnuAddress(place[0])
      },
      readFound: async (signal) => {
        letIn(signal)
        return olt.found
      },
      readCatalogue: async (signal) => {
        letIn(signal)
        return olt.catalogue
      },
      readConfiguration: async (signal) => {
        letIn(signal)
        return [...onus].map((onu) => `${JSON.stringify(onu)}\n`).join('')
      },
      renderExport: () => [],
      exportConfiguration: async () => undefined,
      withWriter: (signal, work) => {
        const mine = generation
        const next = turn.then(async () => {
          letIn(signal)
          writers++
          most = Math.max(most, writers)
          try {
            return await work(writer)
          } finally {
            if (mine === generation) writers--
          }
        })
        turn = next.catch(() => undefined)
        return next
      },
    },
  }
  return olt
}

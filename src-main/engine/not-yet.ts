import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from './handlers.ts'

/** Procedures whose capability is being built; each goes from here when it has its own handler. */
const refuse = (): never => {
  throw new NocturneError('not-found', { what: 'capability' })
}

export const provisioningNotYet: QueryHandlers<
  | 'provisioning.abilities'
  | 'provisioning.waiting'
  | 'provisioning.onu'
  | 'provisioning.plans'
  | 'provisioning.plan'
  | 'provisioning.planTargets'
  | 'provisioning.planSteps'
  | 'provisioning.journal'
  | 'provisioning.presets'
  | 'provisioning.saved'
  | 'provisioning.catalogue'
  | 'provisioning.speeds'
  | 'provisioning.services'
  | 'provisioning.mismatches'
  | 'provisioning.adoption'
  | 'provisioning.whatIf'
> = {
  'provisioning.abilities': refuse,
  'provisioning.waiting': refuse,
  'provisioning.onu': refuse,
  'provisioning.plans': refuse,
  'provisioning.plan': refuse,
  'provisioning.planTargets': refuse,
  'provisioning.planSteps': refuse,
  'provisioning.journal': refuse,
  'provisioning.presets': refuse,
  'provisioning.saved': refuse,
  'provisioning.catalogue': refuse,
  'provisioning.speeds': refuse,
  'provisioning.services': refuse,
  'provisioning.mismatches': refuse,
  'provisioning.adoption': refuse,
  'provisioning.whatIf': refuse,
}
export const provisioningCommandsNotYet: CommandHandlers<
  | 'provisioning.makePlan'
  | 'provisioning.makeUndo'
  | 'provisioning.apply'
  | 'provisioning.pause'
  | 'provisioning.continue'
  | 'provisioning.stop'
  | 'provisioning.discard'
  | 'provisioning.readBack'
  | 'provisioning.lookForWaiting'
  | 'provisioning.savePreset'
  | 'provisioning.removePreset'
  | 'provisioning.orderPresets'
  | 'provisioning.setAuto'
  | 'provisioning.saveOnu'
  | 'provisioning.removeSaved'
  | 'provisioning.readCatalogue'
  | 'provisioning.saveSpeed'
  | 'provisioning.removeSpeed'
  | 'provisioning.setDesired'
  | 'provisioning.dropDesired'
  | 'provisioning.scan'
  | 'provisioning.acceptActual'
  | 'provisioning.adopt'
> = {
  'provisioning.makePlan': refuse,
  'provisioning.makeUndo': refuse,
  'provisioning.apply': refuse,
  'provisioning.pause': refuse,
  'provisioning.continue': refuse,
  'provisioning.stop': refuse,
  'provisioning.discard': refuse,
  'provisioning.readBack': refuse,
  'provisioning.lookForWaiting': refuse,
  'provisioning.savePreset': refuse,
  'provisioning.removePreset': refuse,
  'provisioning.orderPresets': refuse,
  'provisioning.setAuto': refuse,
  'provisioning.saveOnu': refuse,
  'provisioning.removeSaved': refuse,
  'provisioning.readCatalogue': refuse,
  'provisioning.saveSpeed': refuse,
  'provisioning.removeSpeed': refuse,
  'provisioning.setDesired': refuse,
  'provisioning.dropDesired': refuse,
  'provisioning.scan': refuse,
  'provisioning.acceptActual': refuse,
  'provisioning.adopt': refuse,
}

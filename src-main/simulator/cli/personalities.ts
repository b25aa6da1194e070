import type { OltScenario } from '../scenario-schema.ts'
import { huaweiPersonality } from './huawei/huawei-shell.ts'
import type { CliPersonality } from './personality.ts'

/** Families that have a CLI here. A new one is a line here and a file beside this one. */
export const personalities: Readonly<Partial<Record<OltScenario['family'], CliPersonality>>> = {
  'huawei-smartax': huaweiPersonality,
}

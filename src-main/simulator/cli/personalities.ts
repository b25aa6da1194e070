import type { OltScenario } from '../scenario-schema.ts'
import { bdcomPersonality } from './bdcom/bdcom-shell.ts'
import { cdataPersonality } from './cdata/cdata-shell.ts'
import { huaweiPersonality } from './huawei/huawei-shell.ts'
import type { CliPersonality } from './personality.ts'
import { zteC300Personality, zteC600Personality } from './zte/zte-shell.ts'
import { vsolPersonality } from './vsol/vsol-shell.ts'

/** Families that have a CLI here. A new one is a line here and a file beside this one. */
export const personalities: Readonly<Partial<Record<OltScenario['family'], CliPersonality>>> = {
  'huawei-smartax': huaweiPersonality,
  'zte-c300': zteC300Personality,
  'zte-c600': zteC600Personality,
  'vsol-v1600g': vsolPersonality,
  'cdata-gpon': cdataPersonality,
  'bdcom-epon': bdcomPersonality,
}

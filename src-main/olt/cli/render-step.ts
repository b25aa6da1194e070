import {
  riskOfStep,
  worstRisk,
  type DeviceStep,
  type Risk,
} from '../../../src-shared/domain/device-steps.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { indexCodecs, isIndexCodecName } from '../family/index-codecs.ts'
import { checkParameter, renderLine, type CliValues, type SecretOf } from './cli-parameters.ts'
import type { CliReadCommand, CliStepLine, CliStepRule, CliStepSet } from './cli-schema.ts'
import type { CliCommand, CliMode } from './cli-session.ts'
import { parametersOf, type Template } from './cli-template.ts'
import type { RenderedStep, SnmpSet } from './config-port.ts'
import type { FamilyCli } from './family-cli.ts'
import { fillIn } from './mode-paths.ts'
import { holds, stepValues } from './step-values.ts'

/** A line that is ready to be sent, and how its answer is judged. */
export interface ReadyLine {
  readonly command: CliCommand
  /** The view as people know it. */
  readonly modeShown: string
  readonly rule: CliStepLine
}

export type ReadyStep =
  | {
      readonly via: 'cli'
      readonly lines: readonly ReadyLine[]
      readonly values: CliValues
      readonly risk: Risk
    }
  | { readonly via: 'snmp'; readonly sets: readonly SnmpSet[]; readonly risk: Risk }

/**
 * SECURITY: a view's name holds values too (`interface gpon 0/1`); they pass the same gate.
 * Errors: `cli-parameter-refused` {parameter}.
 */
export const readyMode = (cli: FamilyCli, name: string, values: CliValues): CliMode => {
  const checked: Record<string, string> = {}
  for (const each of cli.modeValues.get(name) ?? []) {
    const rule = cli.rules.parameters.get(each)
    const value = values[rule?.from ?? each] ?? null
    if (rule === undefined || value === null) {
      throw new NocturneError('cli-parameter-refused', { parameter: each })
    }
    checked[each] = checkParameter(each, rule, value)
  }
  return { name, values: checked }
}

const shownMode = (cli: FamilyCli, mode: CliMode): string => {
  const shown = cli.profile.session.modes.find((one) => one.name === mode.name)?.shown
  return shown === undefined ? mode.name : fillIn(shown, mode)
}

interface Waits {
  readonly mode: string
  readonly send: Template
  readonly silenceMs: number
  readonly timeoutMs: number
}

const readyCommand = (
  cli: FamilyCli,
  rule: Waits,
  values: CliValues,
  how: { readonly confirm: boolean; readonly maxAnswer: number; readonly secretOf?: SecretOf },
): CliCommand => ({
  mode: readyMode(cli, rule.mode, values),
  ...renderLine(rule.send, values, cli.rules, how.secretOf),
  confirm: how.confirm,
  silenceMs: rule.silenceMs,
  timeoutMs: rule.timeoutMs,
  maxAnswer: how.maxAnswer,
})

/** A question of a reading. Errors: `cli-parameter-refused`. */
export const readyQuestion = (
  cli: FamilyCli,
  rule: CliReadCommand,
  values: CliValues,
): CliCommand => readyCommand(cli, rule, values, { confirm: false, maxAnswer: rule.maxAnswer })

/** What a written line may be answered: a screen, not a configuration. */
const maxStepAnswer = 100_000

export const readyLines = (
  cli: FamilyCli,
  rules: readonly CliStepLine[],
  values: CliValues,
  secretOf: SecretOf,
): readonly ReadyLine[] =>
  rules
    .filter((rule) => holds(rule.when, values))
    .map((rule) => {
      const how = { confirm: rule.confirm, maxAnswer: maxStepAnswer, secretOf }
      const command = readyCommand(cli, rule, values, how)
      return { command, modeShown: shownMode(cli, command.mode), rule }
    })

const readySet = (cli: FamilyCli, rule: CliStepSet, values: CliValues): SnmpSet => {
  const of = (name: string): string => {
    const parameter = cli.rules.parameters.get(name)
    const value = values[parameter?.from ?? name] ?? null
    if (parameter === undefined || value === null) {
      throw new NocturneError('cli-parameter-refused', { parameter: name })
    }
    return checkParameter(name, parameter, value)
  }
  const number = (name: string): number => Number(of(name))
  const arcs: (string | number)[] = []
  if (rule.index !== undefined && isIndexCodecName(rule.index)) {
    const pon = { shelf: number('shelf'), slot: number('slot'), port: number('port') }
    arcs.push(indexCodecs[rule.index].encodePon(pon), number('onuId'))
  }
  for (const arc of rule.row) arcs.push(typeof arc === 'number' ? arc : number(arc))
  return {
    oid: [rule.oid, ...arcs].join('.'),
    type: rule.type,
    value: typeof rule.value === 'number' ? String(rule.value) : of(rule.value),
    meaning: rule.meaning,
  }
}

/** Stands for any secret in a preview, which shows only its mask. */
const anySecret: SecretOf = () => 'secret00'

const saysSecret = (rule: CliStepRule, wanted: string): boolean =>
  rule.lines.some(({ send }) =>
    parametersOf(send).some(({ name, secret }) => secret && name === wanted),
  )

/**
 * The step as it is sent.
 * Errors: `cli-family-cannot` {step}, `cli-parameter-refused` {parameter}.
 */
export const readyStep = (
  cli: FamilyCli,
  step: DeviceStep,
  secretOf: SecretOf,
  given: CliValues = {},
): ReadyStep => {
  const rule = cli.profile.steps[step.kind]
  const values = { ...stepValues(step, cli.profile.serviceIndex), ...given }
  const cannot = (): never => {
    throw new NocturneError('cli-family-cannot', { step: step.kind })
  }
  if (rule === undefined || !holds(rule.only, values)) return cannot()
  const risk = worstRisk([riskOfStep(step), rule.risk])
  // A key that would silently not be set.
  const hasKey = step.kind === 'set-wifi' && secretOf !== anySecret && secretOf('wifi') !== null
  if (hasKey && !saysSecret(rule, 'wifi')) return cannot()
  const sets = rule.sets.filter((one) => holds(one.when, values))
  if (sets.length > 0) {
    return { via: 'snmp', sets: sets.map((one) => readySet(cli, one, values)), risk }
  }
  const lines = readyLines(cli, rule.lines, values, secretOf)
  return lines.length === 0 ? cannot() : { via: 'cli', lines, values, risk }
}

/** Whether the number of the service is to be looked up before the step can be said. */
export const looksUpService = (cli: FamilyCli, step: DeviceStep): boolean =>
  step.kind === 'remove-service' &&
  step.service.index === null &&
  cli.profile.steps[step.kind]?.looksUp === 'serviceIndex'

/** What a preview shows. Errors: as `readyStep`. */
export const renderStep = (cli: FamilyCli, step: DeviceStep): RenderedStep => {
  const isOpen = looksUpService(cli, step)
  // A number that no service has: shown as a word, and never sent.
  const ready = readyStep(cli, step, anySecret, isOpen ? { serviceIndex: 0 } : {})
  if (ready.via === 'snmp') return { via: 'snmp', sets: ready.sets, risk: ready.risk }
  return {
    via: 'cli',
    lines: ready.lines.map(({ command, modeShown }) => ({
      mode: modeShown,
      line: isOpen ? command.shown.replace(/ 0$/u, ' ‹index›') : command.shown,
    })),
    risk: ready.risk,
  }
}

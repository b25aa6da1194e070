import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { careVerdict, planLines, roundsOf, slowerTimes, type OltCare } from './care-model.ts'

/**
 * The figures as plain text for a support case. In English whatever the screen speaks: it is read by
 * others, and compared. No secret and no customer is in it: figures, family and the OLT's own name.
 */
export const careReport = (olt: OltRow, care: OltCare, now: number): string => {
  const { requests, plan } = care
  const lines = [
    `Nocturne: how ${olt.name} is read, ${iso(now)}`,
    `Family: ${olt.familyLabel ?? 'not recognised'}${olt.recognisedBy === null ? '' : ` (${oneLine(olt.recognisedBy)})`}`,
    `SNMP: v${olt.snmpVersion}${olt.snmpVersion === '3' ? `, ${olt.authAlgorithm ?? 'no authentication'}, ${olt.privAlgorithm ?? 'no encryption'}` : ''}`,
    `State: ${careVerdict(care) ?? 'not asked yet'}; ${olt.reachability}, ${number(olt.counts.total)} ONUs`,
    quietLine(care),
    '',
    ...(requests === null
      ? ['Questions: none so far']
      : [
          `In flight: ${requests.inFlight} now, ${requests.maxInFlight} at most; ${requests.waiting} waiting; ${requests.sockets} sockets`,
          `Last minute: ${requests.sent} asked, ${requests.unanswered} unanswered, mean answer ${ms(requests.answerMs)}`,
          `Budget: ${seconds(requests.usedMs)} of ${seconds(requests.budgetMs)} used, ${seconds(requests.leftMs)} left`,
          `max-repetitions: ${requests.maxRepetitions} now, ceiling ${requests.ceiling}, limit ${requests.limit}; troubles ${requests.troubles}`,
        ]),
    `Answers: ${ms(plan.answerMs)} now, ${ms(plan.usualAnswerMs)} usual${timesOf(care)}; factor ${plan.factor}`,
    ...planLines(care).map(
      (line) =>
        `${line.group}: asked every ${line.askedS} s, kept every ${line.keptS} s${line.onDemand ? ', only on demand' : ''}`,
    ),
    `Walks: ${care.perPon ? 'one PON port at a time' : 'whole OLT'}; light of each ONU: ${olt.opticsPolling} (${care.opticsPolled ? 'polled' : 'on demand'})`,
    ...(care.familyReason === null ? [] : [`Family's reason: ${oneLine(care.familyReason)}`]),
    `Looks by traps: ${care.looksAsked} asked, ${care.looksMade} made, ${care.looksWaiting} waiting`,
    `Live view: ${care.liveView === null ? 'none' : `${formatOnu(care.liveView.address)} until ${iso(care.liveView.until)}`}`,
    '',
    'Last rounds (time, reading, took, mean answer, ONUs, whole):',
    ...roundsOf(care, 'all', 40).map(
      (round) =>
        `${iso(round.at)}  ${round.group}  ${seconds(round.tookMs)}  ${ms(round.answerMs)}  ${round.onus}  ${round.whole ? 'whole' : 'failed or cut short'}`,
    ),
  ]
  return `${lines.filter((line) => line !== null).join('\n')}\n`
}

const iso = (at: number): string => new Date(at).toISOString()
const number = (value: number): string => String(value)
const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`
const ms = (value: number | null): string => (value === null ? '-' : `${value.toFixed(1)} ms`)

/** A device's or a profile's words stay on their own line. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const timesOf = (care: OltCare): string => {
  const times = slowerTimes(care)
  return times === null ? '' : ` (${times.toFixed(1)} times)`
}

const quietLine = ({ quiet }: OltCare): string | null =>
  quiet === null
    ? null
    : `Left alone since ${iso(quiet.since)}, ${quiet.until === null ? 'until someone ends it' : `until ${iso(quiet.until)}`}`

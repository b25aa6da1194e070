import {
  corpus,
  isRight,
  playAll,
  summarise,
  tuningSeeds,
  validationSeeds,
} from '../outages/corpus.ts'
import type { Outcome } from '../outages/stage.ts'
import type { BenchResult } from './bench.ts'
import { rounded } from './statistics.ts'

/** What an outage row says, in a line for whoever looks for a mistake. */
export const lineOf = (outcome: Outcome): string => {
  const results = outcome.results.map(
    ({ expected, found, whatWasWrong, seconds }) =>
      `${expected.verdict}: ${whatWasWrong ?? 'right'} (${found?.outage.outage.confidence ?? 'none'}, ${seconds} s)`,
  )
  const more = outcome.falseGroups.map(
    ({ outage, members }) => `too much: ${outage.outage.verdict} of ${members.size}`,
  )
  return `${isRight(outcome) ? '  ' : '× '}${outcome.scenario} [${outcome.seed}]: ${[...results, ...more].join('; ') || 'nothing, as it should be'}`
}

/** Every labelled fault under five seeds; two of them were kept back while the rules were made. */
export const benchVerdict = async (): Promise<BenchResult> => {
  const notes: string[] = []
  const note = (outcome: Outcome): void => {
    if (process.env['VERDICT_ALL'] === '1' || !isRight(outcome)) notes.push(lineOf(outcome))
  }
  const tuned = await playAll(corpus, tuningSeeds, note)
  const kept = await playAll(corpus, validationSeeds, note)
  const all = summarise([...tuned, ...kept])
  const [first, others] = [summarise(tuned), summarise(kept)]
  for (const [name, { right, of }] of all.classes) {
    notes.push(`${name.padEnd(14)} ${right} of ${of} (${rounded((100 * right) / of)} %)`)
  }
  const confidences = new Map<string, number>()
  for (const { found } of [...tuned, ...kept].flatMap(({ results }) => results)) {
    const key = found?.outage.outage.confidence ?? 'none'
    confidences.set(key, (confidences.get(key) ?? 0) + 1)
  }
  notes.push(
    `confidence: ${[...confidences].map(([name, count]) => `${name} ${count}`).join(', ')}`,
    `seeds the rules were made with: ${first.right} of ${first.scenarios}; kept back: ${others.right} of ${others.scenarios}`,
  )
  return {
    peer: 'the causes as they were played',
    figures: {
      scenarios: corpus.length,
      plays: all.scenarios,
      accuracy: rounded(all.accuracy, 4),
      accuracyKeptBack: rounded(others.accuracy, 4),
      wrongWithHighConfidence: all.wrongWithHighConfidence,
      worstSecondsToVerdict: rounded(all.worstSecondsToVerdict),
      falseGroups: all.falseGroups,
    },
    notes,
  }
}

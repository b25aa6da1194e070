import type { OltSurvey } from '../olt/survey.ts'

/** Without what is not there: a field that an OLT gave no value for is absent, never null. */
export const withoutAbsent = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => withoutAbsent(item))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null && field !== undefined)
      .map(([name, field]) => [name, withoutAbsent(field)]),
  )
}

/** A survey as `--json` prints it. Receive and transmit powers in dBm, distances in metres. */
export const surveyJson = (survey: OltSurvey): Readonly<Record<string, unknown>> => ({
  system: survey.system,
  boards: survey.boards,
  // The packed number is how the console itself keys a PON; slot and port stand beside it.
  ponPorts: survey.ponPorts.map(({ packed: _packed, ...port }) => port),
  onus: survey.onus,
  unconfigured: survey.unconfigured,
  notOffered: survey.notOffered,
  unproven: survey.unproven,
  problems: survey.problems,
  tables: survey.tables,
})

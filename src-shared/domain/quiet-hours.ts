/** Local times of day in minutes after midnight; an end before the begin goes over midnight. */
export interface QuietHours {
  readonly fromMinute: number
  readonly toMinute: number
}

/** Null, or two equal times: there are none. The end itself is not quiet any more. */
export const isQuietAt = (hours: QuietHours | null, minuteOfDay: number): boolean => {
  if (hours === null) return false
  const { fromMinute, toMinute } = hours
  return fromMinute <= toMinute
    ? minuteOfDay >= fromMinute && minuteOfDay < toMinute
    : minuteOfDay >= fromMinute || minuteOfDay < toMinute
}

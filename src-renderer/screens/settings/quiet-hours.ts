/** `06:30` as a time field has it, and minutes after midnight. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Null: not a time of day. */
export const minuteOf = (text: string): number | null => {
  const match = /^(\d{2}):(\d{2})$/.exec(text)
  if (match === null) return null
  const minute = Number(match[1]) * 60 + Number(match[2])
  return Number(match[1]) < 24 && Number(match[2]) < 60 ? minute : null
}

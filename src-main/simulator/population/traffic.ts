const dayMs = 86_400_000
/** Seconds of local evening at which use is highest: 20:30. */
const peakMs = 20.5 * 3_600_000
const swing = 0.62
/** A slower-than-poll ripple so that neighbouring intervals differ. */
const rippleMs = 47 * 60_000
const rippleSwing = 0.33

/**
 * Traffic as the integral of a day curve, in units of "seconds at the mean rate". Both swings sum to
 * less than one, so it only ever grows: octets between two moments are rate × (b − a).
 */
export const trafficSeconds = (localMs: number, ripplePhase: number): number => {
  const day = (2 * Math.PI) / dayMs
  const ripple = (2 * Math.PI) / rippleMs
  return (
    (localMs +
      (swing / day) * Math.sin(day * (localMs - peakMs)) +
      (rippleSwing / ripple) * Math.sin(ripple * localMs + ripplePhase)) /
    1000
  )
}

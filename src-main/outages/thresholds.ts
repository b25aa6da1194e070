/**
 * Every number that decides on outages, in one place. E1, E2, E3: facts/noc.md; "judgement": no source
 * gives a number, the corpus (test/outages) holds it.
 */
export interface OutageThresholds {
  /** Down events that lie so near one another may be one cause, s; at least one poll cycle (E3.1). */
  readonly windowS: number
  /** ONUs that are down for longer before the first look are nobody's outage, h (E3.1). */
  readonly longDeadH: number
  /** So many ONUs of a PON at least, and this share where their times are not exact (E3.3). */
  readonly fewest: number
  /** So many within the window, where they are more than a moment apart. Judgement. */
  readonly fewestSlow: number
  readonly fewestShare: number
  /** By the OLT's clock within this span it is one moment, s. Judgement: clocks tell whole seconds. */
  readonly momentS: number
  /** Two moments of one PON farther apart may be two causes, s. Judgement. */
  readonly apartS: number
  /** Arrivals over more than this are staggered: batteries run dry one by one, s. Judgement. */
  readonly staggeredS: number
  /** An outage of power takes more ONUs in for so long after its last one, s (batteries; judgement). */
  readonly batteryS: number
  /** From this share with a dying gasp it is power (E3.4); from the lower one it is in question. */
  readonly powerGaspShare: number
  readonly someGaspShare: number
  /** So many ONUs that could have gasped make silence mean something. Judgement; no proof (E3.7). */
  readonly silentCapable: number
  /** So many that it is dark fibre beside others that lost their power. Judgement. */
  readonly silentForDark: number
  /** The port is whole when nobody of it is up. A light's fall that tells of trouble before, dB (E4). */
  readonly lightFellDb: number
  readonly lightFellShare: number
  /** Changes within an hour that make an ONU a flapping one (E2). */
  readonly flaps: number
  /** ONUs that rebooted come back by themselves within so long, s. Judgement: boot takes a minute. */
  readonly rebootS: number
  /** A restart of the OLT that lies so near explains what fell with it, s. Judgement. */
  readonly restartS: number
  /** An outage ends with this share or less, but at least one, left down for so long, s. Judgement. */
  readonly leftoverShare: number
  readonly leftoverS: number
  /** Down again within so long after its end it is the same outage, s (E2: steady for 2 windows). */
  readonly reopenS: number
  /** A PON port's laser below this is dark, dBm. ITU-T G.984.2: launch power of B+ is +1.5 at least. */
  readonly darkDbm: number
  /** Share of an OLT's ONUs that makes it "the whole OLT". Judgement. */
  readonly wholeOltShare: number
  /** Impact (E1, E9): ONUs from which on it is critical; a whole PON of this many is so as well. */
  readonly criticalOnus: number
  readonly criticalPon: number
  /** A verdict's share for each confidence. Judgement. */
  readonly highShare: number
  readonly mediumShare: number
  /** Against it by so much: never "high". */
  readonly weighty: number
  /** What was seen sooner after the last fall may be half of it, s: a walk takes time. Judgement. */
  readonly settledS: number
  /** The verdict stands from then on, s after the last ONU fell. Judgement. */
  readonly weighS: number
  /** The OLT's boards and ports are asked for at once, but not more often, s. */
  readonly chassisEveryS: number
}

export const outageThresholds: OutageThresholds = {
  windowS: 120,
  longDeadH: 24,
  fewest: 3,
  fewestSlow: 5,
  fewestShare: 0.15,
  momentS: 5,
  apartS: 15,
  staggeredS: 20,
  batteryS: 900,
  powerGaspShare: 0.6,
  someGaspShare: 0.25,
  silentCapable: 3,
  silentForDark: 5,
  lightFellDb: 2,
  lightFellShare: 0.4,
  flaps: 4,
  rebootS: 180,
  restartS: 420,
  leftoverShare: 0.05,
  leftoverS: 600,
  reopenS: 600,
  darkDbm: -10,
  wholeOltShare: 0.9,
  criticalOnus: 32,
  criticalPon: 8,
  highShare: 0.9,
  mediumShare: 0.6,
  weighty: 1.5,
  settledS: 20,
  weighS: 1_800,
  chassisEveryS: 30,
}

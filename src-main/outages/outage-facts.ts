/** What was measured of ONUs that went down together: all that a verdict is made of (verdict.ts). */
export interface OutageFacts {
  readonly members: number
  readonly olts: number
  /** Of the ONUs of its OLTs that were up before, how many fell. */
  readonly shareOfOlts: number
  readonly pons: PonFacts
  readonly cards: CardFacts
  readonly ports: PortFacts
  /** Null: its uptime was not read since. */
  readonly restarted: boolean | null
  /** Names of its OLTs, and of the whole PON ports that the OLT calls down. */
  readonly oltNames: string
  readonly downPorts: string
  readonly gasps: GaspFacts
  readonly time: TimeFacts
  readonly plant: PlantFacts
  readonly areas: AreaFacts
  readonly distance: DistanceFacts | null
  /** Members whose light is known, and those whose light had fallen before. */
  readonly light: { readonly known: number; readonly fell: number; readonly averageDb: number }
  readonly flapped: number
  /** Seen in a walk that began well after the last fall, or in two walks. */
  readonly settled: boolean
}

export interface PonFacts {
  readonly count: number
  /** PONs with nobody up. */
  readonly whole: number
  /** Members over those and the ONUs of the same PONs that stayed up. */
  readonly share: number
  readonly up: number
}

export interface CardFacts {
  /** Cards with at least two PONs in use, all of them whole. */
  readonly whole: number
  readonly wholePons: number
  /** Every whole PON sits on a card that is whole. */
  readonly explainAll: boolean
  /** Another card of the same OLTs carries ONUs that are up. Null: there is no other. */
  readonly otherCardsUp: boolean | null
  /** Of the cards with members, as read after the fall. */
  readonly failed: number
  readonly inService: number
}

/** PON ports of whole PONs, as read after the fall. */
export interface PortFacts {
  readonly read: number
  readonly down: number
  /** The laser shines, is dark; of the rest nothing is known. */
  readonly lit: number
  readonly dark: number
}

export interface GaspFacts {
  readonly seen: number
  /** Without one, though their model has sent one on this OLT before; and of models that never did. */
  readonly silentCapable: number
  readonly silentUnproven: number
  /** PONs on which several could have gasped and none did. */
  readonly silentPons: number
  /** Share with a gasp in the first and in the last third of arrivals; null: too few. */
  readonly firstThird: number | null
  readonly lastThird: number | null
}

export interface TimeFacts {
  /** By the OLT's own clock; else the times are those of walks and tell nothing of order. */
  readonly clocked: boolean
  /** Seconds in which eight of ten fell. */
  readonly spreadS: number
}

export interface PlantNodeFact {
  readonly id: string
  readonly name: string
  readonly fell: number
  readonly up: number
}

export interface PlantFacts {
  /** Share of the members that hang on a node. */
  readonly placed: number
  /** The lowest node that (nearly) all share, and of the ONUs below it: fell, stayed up. */
  readonly node: PlantNodeFact | null
  /** ONUs of the same PONs beside that node that stayed up. */
  readonly besideUp: number
  /** Share of the placed members whose own box (or last splitter) has nobody left up. */
  readonly wholeBoxes: number
  readonly boxes: number
  /** That node serves ONUs of more than one PON. */
  readonly severalPons: boolean
}

export interface AreaFacts {
  /** Names by number of members, the largest first. */
  readonly names: readonly string[]
  readonly known: number
  /** ONUs of these areas on other PONs: up, and fallen with it. */
  readonly elsewhereUp: number
  /** ONUs of the same PONs: up in these areas, up in others. */
  readonly sameUp: number
  readonly otherUp: number
  /** Areas with members on two PONs or more. */
  readonly overPons: number
}

export interface DistanceFacts {
  /** Every member is at least this far, every ONU of its PON that stayed up is nearer. */
  readonly beyondM: number
  readonly nearerUp: number
}

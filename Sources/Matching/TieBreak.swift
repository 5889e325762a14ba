/// What orders two mentors, most important first.
struct TieBreak {
  let total: Int
  let weeklyBudget: Int
  /// A mentor never offered an ask has waited longest.
  let daysSinceOffered: Int
  let hash: UInt64
  let id: Int64

  init(_ candidate: Candidate, total: Int, seed: UInt64) {
    self.total = total
    weeklyBudget = candidate.load.weeklyBudget
    daysSinceOffered = candidate.record.daysSinceOffered ?? .max
    hash = Self.mix(seed ^ Self.mix(UInt64(bitPattern: candidate.id)))
    id = candidate.id
  }

  func isAhead(of other: TieBreak) -> Bool {
    if total != other.total { return total > other.total }
    if weeklyBudget != other.weeklyBudget { return weeklyBudget > other.weeklyBudget }
    if daysSinceOffered != other.daysSinceOffered { return daysSinceOffered > other.daysSinceOffered }
    return (hash, id) < (other.hash, other.id)
  }

  /// SplitMix64 (Steele, Lea, Flood 2014): spreads neighbouring ids over the whole range.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

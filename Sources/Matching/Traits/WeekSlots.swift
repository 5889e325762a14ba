/// Free half hours of a sample week in UTC: number 0 begins on Monday at 00:00, 335 ends the week.
struct WeekSlots: Sendable, Equatable {
  static let count = 336
  private var words = SIMD8<UInt64>(repeating: 0)

  init() {}

  /// Reads `18-20;66-70`: from one half hour up to, not including, another.
  init(_ text: String) throws(FieldFault) {
    for part in text.split(separator: ";") {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count == 2 else { throw FieldFault("not half hours such as 18-20: '\(part.prefix(20))'") }
      let from = try Array(ends[0].utf8).trimmed.integer(in: 0...WeekSlots.count)
      let to = try Array(ends[1].utf8).trimmed.integer(in: 0...WeekSlots.count)
      guard from < to else { throw FieldFault("half hours that end before they begin: '\(part.prefix(20))'") }
      for slot in from..<to { words[slot >> 6] |= 1 << UInt64(slot & 63) }
    }
  }

  private init(_ words: SIMD8<UInt64>) { self.words = words }

  /// Half hours that both have free.
  func shared(with other: WeekSlots) -> WeekSlots { WeekSlots(words & other.words) }

  /// Half hours at which a session of so many minutes can begin.
  func starts(minutes: Int) -> WeekSlots {
    var starts = words
    for _ in 1..<max(2, (minutes + 29) / 30) where minutes > 30 {
      var later = starts &>> 1
      for word in 0..<7 where starts[word + 1] & 1 == 1 { later[word] |= 1 << 63 }
      starts = later & words
    }
    return WeekSlots(starts)
  }

  var count: Int { (0..<8).reduce(0) { $0 + words[$1].nonzeroBitCount } }

  /// The number of the first; nil when there is none.
  var first: Int? {
    (0..<8).first { words[$0] != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
  }
}

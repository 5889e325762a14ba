/// What a history says of first stability: its first grade, and the days before the first review on a later day.
struct FirstInterval: Hashable {
  let grade: Grade
  let days: Int

  /// Nil for a history without a review on a later day.
  init?(_ history: ReviewHistory) {
    guard let first = history.reviews.first,
      let days = history.reviews.indices.lazy.map({ history.days($0) }).first(where: { $0 > 0 })
    else { return nil }
    grade = first.grade
    self.days = days
  }
}

/// The items that tell about first stabilities, without the intervals too rare to trust.
struct FirstReviews {
  /// Per first grade and interval: how many were asked and how many recalled.
  private(set) var groups: [FirstInterval: (count: Int, recalled: Int)] = [:]
  /// Histories that begin with a trusted interval.
  let trusted: [Bool]

  /// Items per first grade (1...4).
  var counts: [Int: Int] { groups.reduce(into: [:]) { $0[$1.key.grade.rawValue, default: 0] += $1.value.count } }

  /// Removes outliers: per grade the rarest intervals first, up to a twentieth of the items (at least 20); beyond that a group
  /// stays only when it has 6 items or more and is no longer than 100 days (365 after *easy*).
  init(_ histories: [ReviewHistory], _ items: [TrainingItem]) {
    let intervals = histories.map(FirstInterval.init)
    for item in items
    where histories[item.history].reviews.indices.count(where: { $0 <= item.place && histories[item.history].days($0) > 0 }) == 1 {
      guard let interval = intervals[item.history] else { continue }
      groups[interval, default: (0, 0)].count += 1
      if histories.isRecalled(item) { groups[interval, default: (0, 0)].recalled += 1 }
    }
    var removed: Set<FirstInterval> = []
    for grade in Grade.allCases {
      let mine = groups.filter { $0.key.grade == grade }
      let total = mine.values.reduce(0) { $0 + $1.count }
      var gone = 0
      for (interval, group) in mine.sorted(by: { ($0.value.count, $0.key.days) < ($1.value.count, $1.key.days) }) {
        if gone + group.count < max(20, total / 20) {
          gone += group.count
          removed.insert(interval)
        } else if group.count < 6 || interval.days > (grade == .easy ? 365 : 100) {
          removed.insert(interval)
        }
      }
    }
    trusted = intervals.map { interval in interval.map { !removed.contains($0) } ?? false }
    for interval in removed { groups[interval] = nil }
  }
}

/// Finds the regular gaps of a week: short stretches that were free in the last weeks and are free in the next.
///
/// Cells of five minutes; for each weekday and cell the share of weeks in which the window and five minutes on both sides were free,
/// how often learning was done there ((done + 2) / (offered + 4)), whether the same time is free on the other days, the distance from
/// the edges of the day, and whether it lies beside a meeting. Holes in the middle of long free stretches count less: people use them
/// for deep work. Pure: rules and busy times in, proposals out. O(days · log busy + days · cells).
public struct LearningAudit: Sendable {
  /// Weeks looked back at, and ahead.
  public static let past = 4
  public static let ahead = 2
  static let cell = 5
  static let air = 5

  private let minutes: Int
  private let outcomes: [LearningOutcome]
  private let hours: ClosedRange<Int>
  private let weekdays: [Weekday]
  /// By weekday, for each week: which cells are taken, and which end or begin a meeting.
  private let days: [Weekday: [DayCells]]

  /// - Parameters:
  ///   - busy: everything that takes the member's time in the last four and next two weeks, in any order.
  ///   - today: the member's date now; weeks are counted from it.
  ///   - from, to: the working hours, outside of which nothing is proposed.
  ///   - minutes: the length of a window, clamped to 5...15.
  ///   - weekdays: the days on which the member wants to learn.
  public init(
    busy: [Interval], zone: Zone, today: CivilDate, from: WallTime, to: WallTime, minutes: Int, weekdays: [Weekday],
    outcomes: [LearningOutcome] = []
  ) {
    self.minutes = min(max(minutes, 5), 15)
    self.outcomes = outcomes
    self.weekdays = Set(weekdays).sorted()
    hours = from.minuteOfDay...max(from.minuteOfDay, to.minuteOfDay)
    let taken = IntervalList(busy)
    var days: [Weekday: [DayCells]] = [:]
    for day in -(Self.past * 7)..<(Self.ahead * 7) {
      let date = today.adding(days: day)
      guard self.weekdays.contains(date.weekday) else { continue }
      days[date.weekday, default: []].append(DayCells(date, taken, zone))
    }
    self.days = days
  }

  /// Up to `count` different times of day, the best first: each with a window for every wanted weekday on which there is one.
  public func proposals(_ count: Int = 3) -> [LearningProposal] {
    let scored = Dictionary(uniqueKeysWithValues: weekdays.map { ($0, candidates($0)) })
    var sums: [Int: Double] = [:]
    for candidate in scored.values.joined() where candidate.share >= 0.75 { sums[candidate.minute, default: 0] += candidate.score }
    var proposals: [LearningProposal] = []
    var taken: [Int] = []
    for (minute, _) in sums.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      if proposals.count == count { break }
      if taken.contains(where: { abs($0 - minute) < 60 }) { continue }
      let windows = weekdays.compactMap { day in scored[day].flatMap { best($0, near: minute) } }
      guard !windows.isEmpty else { continue }
      taken.append(minute)
      proposals.append(proposal(minute, windows))
    }
    return proposals
  }

  /// The candidate at the proposal's time, or where the day has another plan the best of that day.
  private func best(_ candidates: [Candidate], near minute: Int) -> Candidate? {
    let same = candidates.first { $0.minute == minute }
    if let same, same.share >= 0.75 { return same }
    let usable = candidates.filter { $0.share >= 0.6 }
    return usable.max { a, b in
      (a.share, a.score - Double(abs(a.minute - minute)) / 600) < (b.share, b.score - Double(abs(b.minute - minute)) / 600)
    }
  }

  private func proposal(_ minute: Int, _ windows: [Candidate]) -> LearningProposal {
    let weeks = windows.map(\.free).min() ?? 0
    let near = outcomes.filter { abs($0.start.minuteOfDay - minute) <= 15 }
    return LearningProposal(
      windows: windows.compactMap { candidate in
        WallTime(minuteOfDay: candidate.minute).map { LearningWindow(candidate.weekday, at: $0, minutes: minutes) }
      }, freeWeeks: weeks, weeks: windows.map(\.weeks).min() ?? 0, offered: near.reduce(0) { $0 + $1.offered },
      done: near.reduce(0) { $0 + $1.done }, besideMeeting: windows.contains { $0.edge >= 0.5 })
  }

  struct Candidate {
    let weekday: Weekday
    let minute: Int
    let free: Int
    let weeks: Int
    /// How often there is a meeting right before or after, as a share of weeks.
    let edge: Double
    let score: Double

    var share: Double { weeks == 0 ? 0 : Double(free) / Double(weeks) }
  }

  private func candidates(_ weekday: Weekday) -> [Candidate] {
    let weeks = days[weekday] ?? []
    let last = hours.upperBound - minutes
    let first = (hours.lowerBound + Self.cell - 1) / Self.cell * Self.cell
    guard first <= last, !weeks.isEmpty else { return [] }
    return stride(from: first, through: last, by: Self.cell).compactMap { minute in
      let free = weeks.count { $0.isFree(minute - Self.air, minute + minutes + Self.air) }
      guard free > 0 else { return nil }
      let edge = Double(weeks.count { $0.isEdge(minute, minutes) }) / Double(weeks.count)
      let deep = Double(weeks.count { $0.isFree(minute - 45, minute + minutes + 45) }) / Double(weeks.count)
      let others = weekdays.filter { $0 != weekday }
      let steady = others.isEmpty ? 1 : others.map { share($0, minute) }.reduce(0, +) / Double(others.count)
      let distance = min(1, Double(min(minute - hours.lowerBound, last - minute)) / 60)
      let score =
        0.5 * Double(free) / Double(weeks.count) + 0.2 * success(weekday, minute) + 0.15 * steady + 0.05 * distance + 0.1 * edge
        - 0.05 * deep
      return Candidate(weekday: weekday, minute: minute, free: free, weeks: weeks.count, edge: edge, score: score)
    }
  }

  private func share(_ weekday: Weekday, _ minute: Int) -> Double {
    guard let weeks = days[weekday], !weeks.isEmpty else { return 0 }
    return Double(weeks.count { $0.isFree(minute - Self.air, minute + minutes + Self.air) }) / Double(weeks.count)
  }

  /// (done + 2) / (offered + 4) within a quarter of an hour of this time, on this weekday.
  private func success(_ weekday: Weekday, _ minute: Int) -> Double {
    let near = outcomes.filter { $0.weekday == weekday && abs($0.start.minuteOfDay - minute) <= 15 }
    return Double(near.reduce(0) { $0 + $1.done } + 2) / Double(near.reduce(0) { $0 + $1.offered } + 4)
  }
}

/// One time of day for learning, with a window for each day of the week.
public struct LearningProposal: Sendable, Hashable {
  public let windows: [LearningWindow]
  /// In how many of `weeks` weeks the least free of its windows was free.
  public let freeWeeks: Int
  public let weeks: Int
  /// How often learning was offered at about this time before, and done.
  public let offered: Int
  public let done: Int
  /// Whether it lies right after or before a meeting in at least half of the weeks.
  public let besideMeeting: Bool
}

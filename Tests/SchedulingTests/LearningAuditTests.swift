import Scheduling
import Testing

@Suite struct LearningAuditTests {
  private let eight = WallTime(hour: 8, minute: 0) ?? .midnight
  private let six = WallTime(hour: 18, minute: 0) ?? .midnight
  private let today = CivilDate(year: 2026, month: 11, day: 23) ?? CivilDate(dayNumber: 0)
  private let week: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

  private func busy(_ date: CivilDate, _ from: Int, _ to: Int, _ zone: Zone = .utc) -> Interval {
    let midnight = MinuteClock.minutes(roundingDown: zone.startOfDay(date))
    return Interval(start: midnight + Int32(from), end: midnight + Int32(to))
  }

  private func audit(_ busy: [Interval], minutes: Int = 10, outcomes: [LearningOutcome] = []) -> [LearningProposal] {
    LearningAudit(busy: busy, zone: .utc, today: today, from: eight, to: six, minutes: minutes, weekdays: week, outcomes: outcomes)
      .proposals()
  }

  @Test("an empty calendar gives three times, an hour or more apart, on every day wanted")
  func empty() {
    let found = audit([])
    #expect(found.count == 3 && found.allSatisfy { $0.windows.count == 5 && $0.freeWeeks == 6 })
    let times = found.compactMap { $0.windows.first?.start.minuteOfDay }.sorted()
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 60 })
  }

  @Test("a full calendar gives nothing; the one gap of a full day is found, with air on both sides")
  func gap() {
    let days = (-28..<14).map { today.adding(days: $0) }
    #expect(audit(days.map { busy($0, 0, 1440) }).isEmpty)
    let gaps = days.flatMap { [busy($0, 0, 620), busy($0, 645, 1440)] }
    #expect(audit(gaps).map { $0.windows.first?.start.minuteOfDay } == [625])
    #expect(audit(gaps, minutes: 15).map { $0.windows.first?.start.minuteOfDay } == [625])
    #expect(audit(days.flatMap { [busy($0, 0, 620), busy($0, 639, 1440)] }, minutes: 15).isEmpty)
  }

  @Test("a time beside a meeting is preferred to a hole in a long free stretch, and one where learning went well to one where it did not")
  func preferences() {
    let days = (-28..<14).map { today.adding(days: $0) }
    let standup = audit(days.map { busy($0, 600, 615) })
    #expect(standup.first?.besideMeeting == true)
    let good = week.map { LearningOutcome($0, at: WallTime(hour: 15, minute: 0) ?? eight, offered: 8, done: 8) }
    let first = audit([], outcomes: good).first
    #expect(abs((first?.windows.first?.start.minuteOfDay ?? 0) - 900) <= 15 && first?.done == 40)
  }

  @Test("a meeting that lands on a window moves it within the day, or drops it")
  func moves() {
    let window = LearningWindow(.monday, at: WallTime(hour: 9, minute: 10) ?? eight, minutes: 10)
    func start(_ busy: [Interval], earliest: Int = 0) -> Int? {
      let midnight = MinuteClock.minutes(roundingDown: Zone.utc.startOfDay(today))
      return LearningDay.start(of: window, on: today, busy: busy, from: eight, to: six, earliest: midnight + Int32(earliest), .utc)
        .map { Int($0 - midnight) }
    }
    #expect(start([]) == 550)
    #expect(start([busy(today, 540, 570)]) == 570)
    #expect(start([busy(today, 540, 570)], earliest: 545) == 570)
    #expect(start([busy(today, 0, 1440)]) == nil)
  }

  @Test("in 1,000 simulated weeks 95 % of planned windows are free when the day comes, and 90 % of people with 20 free minutes get one")
  func simulation() {
    var random = SeededGenerator(state: 20261123)
    var planned = 0
    var free = 0
    var able = 0
    var served = 0
    for _ in 0..<1_000 {
      let person = SimulatedWeeks(today, week, &random)
      let proposals = LearningAudit(
        busy: person.known, zone: .utc, today: today, from: eight, to: six, minutes: 10, weekdays: week
      ).proposals()
      if person.hasTwentyMinutes {
        able += 1
        served += proposals.isEmpty ? 0 : 1
      }
      guard let kept = proposals.first else { continue }
      for window in kept.windows {
        let date = today.adding(days: window.weekday.rawValue - 1)
        // The evening before, what is known by then is looked at again.
        guard let start = LearningDay.start(of: window, on: date, busy: person.known, from: eight, to: six, earliest: 0, .utc) else {
          continue
        }
        planned += 1
        let time = Interval(start: start, end: start + 10)
        free += person.late.contains { $0.overlaps(time) } || person.known.contains { $0.overlaps(time) } ? 0 : 1
      }
    }
    #expect(planned > 3_000 && able > 700)
    #expect(Double(free) / Double(planned) >= 0.95, "\(free) of \(planned)")
    #expect(Double(served) / Double(able) >= 0.9, "\(served) of \(able)")
  }
}

/// Six weeks of one person: meetings that come back, some that come once, and a few that come in at the last minute.
private struct SimulatedWeeks {
  var known: [Interval] = []
  var late: [Interval] = []
  /// Whether each day of the coming week has 20 free minutes within the hours.
  var hasTwentyMinutes = true

  init(_ today: CivilDate, _ week: [Weekday], _ random: inout SeededGenerator) {
    let load = Int.random(in: 2...9, using: &random)
    let recurring = week.map { _ in (0..<load).map { _ in SimulatedWeeks.meeting(&random) } }
    for day in -28..<14 {
      let date = today.adding(days: day)
      guard date.weekday <= .friday else { continue }
      let midnight = MinuteClock.minutes(roundingDown: Zone.utc.startOfDay(date))
      var meetings = recurring[date.weekday.rawValue - 1].filter { _ in Int.random(in: 0..<10, using: &random) > 0 }
      meetings += (0..<Int.random(in: 0...2, using: &random)).map { _ in SimulatedWeeks.meeting(&random) }
      known += meetings.map { Interval(start: midnight + Int32($0.0), end: midnight + Int32($0.1)) }
      guard (0..<5).contains(day) else { continue }
      if Int.random(in: 0..<5, using: &random) == 0 {
        let (from, to) = SimulatedWeeks.meeting(&random)
        late.append(Interval(start: midnight + Int32(from), end: midnight + Int32(to)))
      }
      var run = 0
      var longest = 0
      for minute in 480..<1080 {
        run = meetings.contains { $0.0 <= minute && minute < $0.1 } ? 0 : run + 1
        longest = max(longest, run)
      }
      if longest < 20 { hasTwentyMinutes = false }
    }
  }

  private static func meeting(_ random: inout SeededGenerator) -> (Int, Int) {
    let start = 480 + 15 * Int.random(in: 0..<38, using: &random)
    return (start, start + ([15, 30, 30, 60, 60, 90].randomElement(using: &random) ?? 30))
  }
}

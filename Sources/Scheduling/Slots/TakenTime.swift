/// Why a person cannot begin a session of some length: busy times and sessions with the buffers around them, days at their cap, weeks
/// without budget.
struct TakenTime {
  let list: IntervalList

  /// O(b log b) in busy times and sessions.
  init(_ person: Participant, minutes: Int) {
    let buffers = person.availability.buffers
    let sessions = person.sessions.filter { !$0.isEmpty }
    let occupied = sessions.map { $0.grown(before: buffers.before, after: buffers.after) }
    let busy = (person.busy.filter { !$0.isEmpty } + occupied).map { $0.grown(before: buffers.after, after: buffers.before) }
    list = IntervalList(busy + Self.fullDays(person, sessions) + Self.fullWeeks(person, sessions, minutes: minutes))
  }

  private static func fullDays(_ person: Participant, _ sessions: [Interval]) -> [Interval] {
    guard let cap = person.availability.sessionsPerDay else { return [] }
    return Dictionary(grouping: sessions) { person.zone.date(at: $0.start) }
      .filter { $0.value.count >= cap }
      .map { person.zone.minutes(from: $0.key, days: 1) }
  }

  private static func fullWeeks(_ person: Participant, _ sessions: [Interval], minutes: Int) -> [Interval] {
    guard let budget = person.availability.weeklyMinutes else { return [] }
    return Dictionary(grouping: sessions) { IsoWeek(containing: person.zone.date(at: $0.start)) }
      .filter { $0.value.reduce(0) { $0 + $1.minutes } > budget - minutes }
      .map { person.zone.minutes(from: $0.key.monday, days: 7) }
  }
}

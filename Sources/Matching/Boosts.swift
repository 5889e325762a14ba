/// Points on top of the weighted factors. They can never lift a pair over a hard rule, and each is its own line.
enum Boosts {
  /// A mentor never offered an ask in this many days waits.
  static let waitingDays = 21
  static let waitingPoints = 40
  static let passedOnPoints = 30
  static let passedOnMaximum = 150

  static func lines(need: Need, candidate: Candidate) -> [Reason] {
    var lines: [Reason] = []
    let lastOffered = candidate.record.daysSinceOffered
    if lastOffered.map({ $0 >= waitingDays }) ?? true {
      lines.append(
        Reason(factor: .waitingMentor, points: waitingPoints, maximum: waitingPoints, fact: .lastOffered(days: lastOffered)))
    }
    let times = need.timesPassedOn.clamped(to: Bounds.count)
    if times > 0 {
      lines.append(
        Reason(
          factor: .passedOn, points: min(passedOnPoints * times, passedOnMaximum), maximum: passedOnMaximum,
          fact: .passedOn(times: times)))
    }
    return lines
  }
}

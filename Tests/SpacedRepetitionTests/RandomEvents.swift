import SpacedRepetition

extension SeededGenerator {
  mutating func eventID() -> EventID { EventID(high: next(), low: next()) }

  /// A history as two devices might leave it: all kinds of events, some at the same instant, undoing and placing one another.
  mutating func events(card: Int64) -> [ReviewEvent] {
    var events: [ReviewEvent] = []
    var instant: Int64 = 1_767_265_200_000_000
    for _ in 0..<Int.random(in: 1...25, using: &self) {
      instant += [0, 60_000_000, 700_000_000, 86_400_000_000, 900_000_000_000].randomElement(using: &self) ?? 0
      let moment = Moment(instant: instant, zoneOffset: [-300, 0, 60, 120].randomElement(using: &self) ?? 0)
      let kind = kind(events: events, day: moment.day)
      events.append(ReviewEvent(id: eventID(), card: card, kind: kind, moment: moment))
    }
    return events
  }

  private mutating func kind(events: [ReviewEvent], day: DayNumber) -> ReviewEvent.Kind {
    let other = events.randomElement(using: &self)?.id ?? eventID()
    switch Int.random(in: 0..<20, using: &self) {
    case 0..<11: return .review(grade())
    case 11, 12: return .practice(grade())
    case 13, 14: return .undo(of: other)
    case 15: return .reset
    case 16:
      let memory = MemoryState(
        stability: .random(in: 0.001...400, using: &self), difficulty: .random(in: 1...10, using: &self))
      return .import(.memory(memory))
    case 17:
      return .import(
        .superMemo2(SuperMemo2(ease: .random(in: 1.3...3, using: &self), interval: .random(in: 0...300, using: &self))))
    default: return .place(after: events.last?.id ?? other, day: day.advanced(by: .random(in: -5...60, using: &self)))
    }
  }
}

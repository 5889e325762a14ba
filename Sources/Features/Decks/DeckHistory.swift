import Decks
import Interchange
import Kit
import SpacedRepetition

/// The past of one card in another program, as events of ours.
struct DeckHistory {
  let events: [ReviewEvent]
  /// Answers among them.
  let answers: Int
  /// Milliseconds of each answer, by its event.
  let milliseconds: [EventID: Int]

  /// - Parameters:
  ///   - note: whose guid, with the ordinal and the time, makes the ids: a second import makes the same events.
  ///   - opened: when the first day of the collection began.
  ///   - zoneOffset: minutes east of UTC at a moment.
  init(
    _ card: Deck.Card, _ note: Deck.Note, _ reviews: [Deck.Review], id: Int64, opened: Int64, now: Kit.Instant,
    zoneOffset: @escaping (Kit.Instant) -> Int
  ) {
    var events: [ReviewEvent] = []
    var milliseconds: [EventID: Int] = [:]
    let moment = { (instant: Kit.Instant) in SpacedRepetition.Moment(instant: instant.microseconds, zoneOffset: zoneOffset(instant)) }
    let eventID = { (time: Int64, part: String) in EventID.imported(time, "\(note.guid)\u{1F}\(card.ordinal)\u{1F}\(part)") }
    for review in reviews {
      guard let grade = Grade(rawValue: review.grade), (0..<now.microseconds / 1000).contains(review.id) else { continue }
      let at = moment(Instant(microseconds: review.id * 1000))
      let event = eventID(review.id, "review")
      let isCounted = review.kind == .learning || review.kind == .review || review.kind == .relearning
      events.append(ReviewEvent(id: event, card: id, kind: isCounted ? .review(grade) : .practice(grade), moment: at))
      milliseconds[event] = min(review.milliseconds, 60_000)
    }
    answers = events.count
    self.milliseconds = milliseconds
    if case .review(let day) = card.standing {
      let (offset, isTooFar) = Int64(day).multipliedReportingOverflow(by: 86_400)
      let due = moment(Instant(seconds: isTooFar ? opened : min(max(opened &+ offset, 0), 100_000_000_000) + 43_200)).day
      if !events.contains(where: { if case .review = $0.kind { true } else { false } }) {
        let answered = min(due.advanced(by: -min(card.interval, 36_500)).start(zoneOffset: 0) + 8 * 3_600_000_000, now.microseconds)
        let at = moment(Instant(microseconds: max(answered, 0)))
        let event = eventID(at.instant / 1000, "import")
        events.append(ReviewEvent(id: event, card: id, kind: .import(Self.memory(card)), moment: at))
      }
      let counted = events.last { event in
        switch event.kind {
        case .review, .import: true
        default: false
        }
      }
      if let counted {
        let place = eventID(counted.moment.instant / 1000, "place")
        events.append(ReviewEvent(id: place, card: id, kind: .place(after: counted.id, day: due), moment: counted.moment))
      }
    }
    self.events = events
  }

  private static func memory(_ card: Deck.Card) -> ImportedMemory {
    if let memory = card.memory, memory.stability.isFinite, memory.difficulty.isFinite {
      return .memory(MemoryState(stability: memory.stability, difficulty: memory.difficulty))
    }
    return .superMemo2(SuperMemo2(ease: card.ease > 0 ? card.ease : 2.5, interval: Double(max(card.interval, 1))))
  }
}

extension EventID {
  /// The same time and words give the same id.
  static func imported(_ milliseconds: Int64, _ words: String) -> EventID {
    let digest = SHA1.digest(words.utf8).prefix(10).map(UInt64.init)
    let low = digest.prefix(8).reduce(0) { $0 << 8 | $1 }
    let high = UInt64(clamping: milliseconds) & 0xFFFF_FFFF_FFFF
    return EventID(high: high << 16 | 0x7000 | (digest.suffix(2).reduce(0) { $0 << 8 | $1 } & 0xFFF), low: 1 << 63 | low >> 2)
  }
}

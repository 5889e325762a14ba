import Kit
import SpacedRepetition
import Store
import Web

/// Records how well a card was known. Answers given offline carry their own clock and id, so that a repeat is harmless and the order of
/// arrival does not matter.
public struct AnswerCard: UseCase {
  public enum Answer: String, Choice {
    case forgot, hard, recalled, easy

    var grade: Grade {
      switch self {
      case .forgot: .again
      case .hard: .hard
      case .recalled: .good
      case .easy: .easy
      }
    }

    init(_ grade: Grade) {
      self =
        switch grade {
        case .again: .forgot
        case .hard: .hard
        case .good: .recalled
        case .easy: .easy
        }
    }
  }

  public var card: ID<Card>
  public var answer: Answer
  /// The client's id of this answer, a UUID.
  public var event: String?
  /// When it was given, by the device's clock.
  public var answeredAt: Kit.Instant?
  /// When it was sent, by the same clock.
  public var sentAt: Kit.Instant?
  /// Minutes east of UTC on the device.
  public var zoneOffset: Int?
  public var device: String?
  /// Milliseconds from question to answer.
  public var milliseconds: Int?
  /// When the page with the question was made; stands in for `milliseconds`.
  public var shownAt: Kit.Instant?
  /// Whether the page went on beyond the day's minutes.
  public var more: Bool?

  public static var rules: [String: Rule] {
    [
      "event": .text(0...36), "zone_offset": .number(-1080...1080), "device": .text(0...64), "milliseconds": .number(0...86_400_000),
    ]
  }

  public init(card: ID<Card>, answer: Answer, event: String? = nil) {
    self.card = card
    self.answer = answer
    self.event = event
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CardStanding {
    let found = try Card.find(card, for: viewer, tx, locking: true)
    let learner = try Learner.load(viewer.person, org: viewer.org, tx)
    let now = world.now()
    let given = answeredAt ?? now
    let entry = ReviewLog.Entry(
      id: try EventID.given(event) ?? EventID.make(world), happening: .review(answer.grade), answeredAt: given, sentAt: sentAt ?? now,
      zoneOffset: zoneOffset ?? LearningClock(zone: viewer.zone, at: min(given, now)).zoneOffset, device: device ?? "page",
      milliseconds: milliseconds ?? shownAt.map { Int(clamping: min(max(0, (now - $0).microseconds / 1000), 3_600_000)) })
    let answered = try ReviewLog.append(entry, to: found, learner: learner, org: viewer.org, tx, world) {
      try place(after: entry.id, $0, learner, viewer, tx, world)
    }
    if answered != nil { try tx.record(viewer, "card.answered", card, ["answer": answer.rawValue], world) }
    var standing = CardStanding(answered ?? found, event: entry.id, viewer, world)
    if more == true { standing.next = "/reviews?more=true" }
    return standing
  }

  /// Moves the card to the day with room, as an event of its own; an answer that arrives late moves nothing.
  private func place(
    after event: EventID, _ replay: Replay, _ learner: Learner, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> ReviewLog.Entry? {
    let clock = LearningClock(zone: viewer.zone, world)
    guard replay.lastEvent == event, let days = DayLoads.days(learner.scheduler, replay.progress) else { return nil }
    let loads = try DayLoads.load(viewer, learner, clock, days, tx)
    guard let day = loads.day(for: replay.progress, card: card) else { return nil }
    return ReviewLog.Entry(
      id: EventID.make(world), happening: .place(after: event, day: day), answeredAt: clock.now, sentAt: clock.now,
      zoneOffset: clock.zoneOffset, device: "server", milliseconds: nil)
  }
}

extension EventID {
  /// The one in the field `event`; nil when there is none.
  static func given(_ text: String?) throws -> EventID? {
    guard let text, !text.isEmpty else { return nil }
    guard let id = EventID(text) else { throw Problem.invalid("event", "Give a UUID such as 0190d0c0-5f1e-7c3a-9b1e-3d6f1a2b4c5d.") }
    return id
  }

  /// A version 7 UUID (RFC 9562): milliseconds, then random bits.
  static func make(_ world: World) -> EventID {
    let milliseconds = UInt64(clamping: world.now().microseconds / 1000) & 0xFFFF_FFFF_FFFF
    return EventID(high: milliseconds << 16 | 0x7000 | world.random() & 0xFFF, low: 1 << 63 | world.random() >> 2)
  }
}

/// Where a card stands, in words and for programs.
public struct CardStanding: Output {
  public let id: ID<Card>
  /// `new`, `learning`, `review`, `relearning` or `suspended`.
  public let state: String
  public let dueAt: Kit.Instant
  /// "tomorrow", "in 10 min".
  public let due: String
  public let stability: Double?
  public let difficulty: Double?
  public let reviews: Int
  public let lapses: Int
  /// The id of the answer that was just stored.
  public let event: String?
  /// The page with the card that follows.
  public var next = "/reviews"

  init(_ card: Card, event: EventID?, _ viewer: Viewer, _ world: World) {
    id = card.id
    state = card.isSuspended ? "suspended" : CardCache.word(card.progress.state)
    dueAt = card.dueAt
    due = DueWords.of(card.progress.due, LearningClock(zone: viewer.zone, world))
    stability = card.progress.memory?.stability
    difficulty = card.progress.memory?.difficulty
    reviews = card.progress.reviews
    lapses = card.progress.lapses
    self.event = event?.description
  }
}

import Kit
import SpacedRepetition
import Store
import Web

/// The append-only log of what happened to cards, and the fold over it.
enum ReviewLog {
  /// What this program writes; the log can hold more kinds.
  enum Happening: Sendable {
    case review(Grade)
    case undo(of: EventID)
    case place(after: EventID, day: DayNumber)
  }

  /// An event as it arrives: times are the device's, until the server corrects them.
  struct Entry: Sendable {
    var id: EventID
    var happening: Happening
    var answeredAt: Kit.Instant
    var sentAt: Kit.Instant
    var zoneOffset: Int
    var device: String
    var milliseconds: Int?
  }

  /// Adds an event and folds it into the card. A repeat changes nothing.
  /// - Returns: false when the event was there already.
  static func append(
    _ entry: Entry, to card: Card, learner: Learner, _ viewer: Viewer, _ tx: Transaction, _ world: World
  ) throws -> Bool {
    let received = world.now()
    let corrected = Instant(
      microseconds: ReviewEvent.correctedTime(
        answeredAt: entry.answeredAt.microseconds, sentAt: entry.sentAt.microseconds, receivedAt: received.microseconds))
    let day = SpacedRepetition.Moment(instant: corrected.microseconds, zoneOffset: entry.zoneOffset).day
    let columns = Columns(entry.happening)
    let added = try tx.run(
      """
      INSERT INTO review_event (org_id, person_id, id, card_id, kind, grade, target, target_day, milliseconds, answered_at, zone_offset,
        device, sent_at, received_at, corrected_at, day, seq)
      VALUES (\(viewer.org), \(viewer.person), \(entry.id.description), \(card.id), \(columns.kind), \(columns.grade), \(columns.target),
        \(columns.day), \(entry.milliseconds), \(entry.answeredAt), \(entry.zoneOffset), \(entry.device), \(entry.sentAt), \(received),
        \(corrected), \(day.rawValue), \(world.id(ReviewEventRow.self)))
      ON CONFLICT (org_id, person_id, id) DO NOTHING
      """)
    guard added == 1 else {
      let owner: Int64? = try tx.value(
        "SELECT card_id FROM review_event WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(entry.id.description)")
      guard owner == card.id.value else { throw Problem.invalid("event", "This id belongs to an answer to another card.") }
      return false
    }
    try fold(card, learner: learner, org: viewer.org, zoneOffset: entry.zoneOffset, tx)
    return true
  }

  /// Brings the cache of a card up to its events.
  static func fold(_ card: Card, learner: Learner, org: ID<Organisation>, zoneOffset: Int, _ tx: Transaction) throws {
    let events = try events(of: [card.id], org: org, tx)
    try CardCache.write(learner.scheduler.replay(events, card: card.id.value), card, org: org, zoneOffset: zoneOffset, tx)
  }

  static func events(of cards: [ID<Card>], org: ID<Organisation>, _ tx: Transaction) throws -> [ReviewEvent] {
    if cards.isEmpty { return [] }
    let rows: [ReviewEventRow] = try tx.all(
      """
      SELECT id, card_id, kind, grade, target, target_day, zone_offset, corrected_at, milliseconds FROM review_event
      WHERE org_id = \(org) AND card_id IN \(SQL.list(cards)) ORDER BY card_id, corrected_at, id
      """)
    return rows.map(\.event)
  }

  private struct Columns {
    var kind: String
    var grade: Int?
    var target: String?
    var day: Int?

    init(_ happening: Happening) {
      switch happening {
      case .review(let grade): (kind, self.grade) = ("review", grade.rawValue)
      case .undo(let target): (kind, self.target) = ("undo", target.description)
      case .place(let target, let day): (kind, self.target, self.day) = ("place", target.description, day.rawValue)
      }
    }
  }
}

/// One row of the log.
struct ReviewEventRow: RowDecodable, Sendable {
  let event: ReviewEvent
  let milliseconds: Int?

  struct Unreadable: Error { let kind: String }

  init(row: Row) throws {
    let kind: String = try row("kind")
    let id = EventID(try row("id", as: String.self))
    let target = try row.optional("target", as: String.self).flatMap(EventID.init)
    let grade = try row.optional("grade", as: Int.self).flatMap(Grade.init(rawValue:))
    let read: ReviewEvent.Kind? =
      switch kind {
      case "review": grade.map(ReviewEvent.Kind.review)
      case "practice": grade.map(ReviewEvent.Kind.practice)
      case "undo": target.map { .undo(of: $0) }
      case "reset": .reset
      case "place": try place(target, try row.optional("target_day"))
      default: nil
      }
    guard let id, let read else { throw Unreadable(kind: kind) }
    let moment = SpacedRepetition.Moment(
      instant: try row("corrected_at", as: Kit.Instant.self).microseconds, zoneOffset: try row("zone_offset"))
    event = ReviewEvent(id: id, card: try row("card_id"), kind: read, moment: moment)
    milliseconds = try row.optional("milliseconds")
  }
}

private func place(_ target: EventID?, _ day: Int?) throws -> ReviewEvent.Kind? {
  guard let target, let day else { return nil }
  return .place(after: target, day: DayNumber(rawValue: day))
}

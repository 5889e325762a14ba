import Foundation
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
    guard try insert(entry, card, org: viewer.org, tx, world) != nil else {
      let owner: Int64? = try tx.value(
        "SELECT card_id FROM review_event WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(entry.id.description)")
      guard owner == card.id.value else { throw Problem.invalid("event", "This id belongs to an answer to another card.") }
      return false
    }
    try fold(card, learner: learner, org: viewer.org, zoneOffset: entry.zoneOffset, tx)
    return true
  }

  /// Adds an event, its time corrected, without folding it in.
  /// - Returns: the moment that counts; nil when the person has an event of this id already.
  private static func insert(
    _ entry: Entry, _ card: Card, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> SpacedRepetition.Moment? {
    let received = world.now()
    let corrected = Instant(
      microseconds: ReviewEvent.correctedTime(
        answeredAt: entry.answeredAt.microseconds, sentAt: entry.sentAt.microseconds, receivedAt: received.microseconds))
    let moment = SpacedRepetition.Moment(instant: corrected.microseconds, zoneOffset: entry.zoneOffset)
    let columns = Columns(entry.happening)
    let added = try tx.run(
      """
      INSERT INTO review_event (org_id, person_id, id, card_id, kind, grade, target, target_day, milliseconds, answered_at, zone_offset,
        device, sent_at, received_at, corrected_at, day, seq)
      VALUES (\(org), \(card.person), \(entry.id.description), \(card.id), \(columns.kind), \(columns.grade), \(columns.target),
        \(columns.day), \(entry.milliseconds), \(entry.answeredAt), \(entry.zoneOffset), \(entry.device), \(entry.sentAt), \(received),
        \(corrected), \(moment.day.rawValue), \(world.id(ReviewEventRow.self)))
      ON CONFLICT (org_id, person_id, id) DO NOTHING
      """)
    return added == 1 ? moment : nil
  }

  /// Adds the event that a card stays on the day it has.
  static func keep(
    _ day: DayNumber, after target: EventID, _ card: Card, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> ReviewEvent {
    let now = world.now()
    let entry = Entry(
      id: EventID.make(world), happening: .place(after: target, day: day), answeredAt: now, sentAt: now, zoneOffset: 0, device: "server",
      milliseconds: nil)
    let moment = try insert(entry, card, org: org, tx, world)
    return ReviewEvent(
      id: entry.id, card: card.id.value, kind: .place(after: target, day: day),
      moment: moment ?? SpacedRepetition.Moment(instant: now.microseconds, zoneOffset: 0))
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
      SELECT \(ReviewEventRow.columns) FROM review_event
      WHERE org_id = \(org) AND card_id IN \(SQL.list(cards)) ORDER BY card_id, corrected_at, id
      """)
    return rows.map(\.event)
  }

  /// Every event of a person, card by card.
  static func events(ofAllCardsOf person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [ReviewEvent] {
    let rows: [ReviewEventRow] = try tx.all(
      """
      SELECT \(ReviewEventRow.columns) FROM review_event WHERE org_id = \(org) AND person_id = \(person)
      ORDER BY card_id, corrected_at, id
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

  static let columns: SQL = "id, card_id, kind, grade, target, target_day, zone_offset, corrected_at, milliseconds, memory"

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
      case "import": try row.optional("memory", as: String.self).map(ReviewEventRow.imported)
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

extension ReviewEventRow {
  fileprivate static func imported(_ text: String) throws -> ReviewEvent.Kind {
    .import(try JSONDecoder().decode(ImportedMemory.self, from: Data(text.utf8)))
  }
}

private func place(_ target: EventID?, _ day: Int?) throws -> ReviewEvent.Kind? {
  guard let target, let day else { return nil }
  return .place(after: target, day: DayNumber(rawValue: day))
}

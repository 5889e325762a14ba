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

    fileprivate var kind: ReviewEvent.Kind {
      switch self {
      case .review(let grade): .review(grade)
      case .undo(let target): .undo(of: target)
      case .place(let target, let day): .place(after: target, day: day)
      }
    }
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
  ///
  /// - Parameter following: what else happens to the card because of it, told from how it then stands.
  /// - Returns: the card as it stands then; nil when the event was there already.
  static func append(
    _ entry: Entry, to card: Card, learner: Learner, org: ID<Organisation>, _ tx: Transaction, _ world: World,
    following: (Replay) throws -> Entry? = { _ in nil }
  ) throws -> Card? {
    guard try add(entry, card, org: org, tx, world) != nil else {
      let owner: Int64? = try tx.value(
        "SELECT card_id FROM review_event WHERE org_id = \(org) AND person_id = \(card.person) AND id = \(entry.id.description)")
      guard owner == card.id.value else { throw Problem.invalid("event", "This id belongs to an answer to another card.") }
      return nil
    }
    var events = try events(of: [card.id], org: org, tx)
    var replay = learner.scheduler.replay(events, card: card.id.value)
    var zoneOffset = entry.zoneOffset
    if let next = try following(replay), let added = try add(next, card, org: org, tx, world) {
      events.append(added)
      replay = learner.scheduler.replay(events, card: card.id.value)
      zoneOffset = next.zoneOffset
    }
    let standing = card.standing(replay, zoneOffset: zoneOffset)
    try CardCache.write(replay, card, org: org, dueAt: standing.dueAt, tx)
    return standing
  }

  /// Adds an event, its time corrected, without folding it in.
  /// - Returns: nil when the person has an event of this id already.
  private static func add(
    _ entry: Entry, _ card: Card, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> ReviewEvent? {
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
    return added == 1 ? ReviewEvent(id: entry.id, card: card.id.value, kind: entry.happening.kind, moment: moment) : nil
  }

  /// Adds the event that a card stays on the day it has.
  static func keep(
    _ day: DayNumber, after target: EventID, _ card: Card, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws -> ReviewEvent {
    let now = world.now()
    let entry = Entry(
      id: EventID.make(world), happening: .place(after: target, day: day), answeredAt: now, sentAt: now, zoneOffset: 0, device: "server",
      milliseconds: nil)
    guard let event = try add(entry, card, org: org, tx, world) else { throw Problem.unavailable(retryAfter: 1) }
    return event
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

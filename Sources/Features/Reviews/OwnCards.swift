import Kit
import SpacedRepetition
import Store
import Web

/// A card in one's own words.
struct NewCard: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CardFormPage {
    CardFormPage(
      form: Form(
        "/reviews", button: "Keep this card", id: "card", cancel: .init("Cancel", "/reviews"),
        [
          .area("front", "Question", help: "What should come to your mind? One thing per card.", rows: 3, max: 1000),
          .area("back", "Answer", help: "Short enough to say in one breath.", rows: 3, max: 2000),
        ]))
  }
}

struct CardFormPage: Output { let form: Form }

struct WriteCard: UseCase {
  var front: String
  var back: String

  static var rules: [String: Rule] { ["front": .text(1...1000), "back": .text(1...2000)] }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CardStanding {
    let id = try Card.make(org: viewer.org, person: viewer.person, front: front.trimmed, back: back.trimmed, source: .own, tx, world)
    return CardStanding(try Card.find(id, for: viewer, tx), event: nil, viewer, world)
  }
}

/// Sets a card aside.
struct SuspendCard: UseCase {
  var card: ID<Card>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CardStanding {
    _ = try Card.find(card, for: viewer, tx)
    try tx.run("UPDATE card SET suspended_at = \(world.now()) WHERE org_id = \(viewer.org) AND id = \(card) AND suspended_at IS NULL")
    try tx.record(viewer, "card.suspended", card, [:], world)
    return CardStanding(try Card.find(card, for: viewer, tx), event: nil, viewer, world)
  }
}

/// Brings a card back that was set aside.
struct ResumeCard: UseCase {
  var card: ID<Card>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CardStanding {
    _ = try Card.find(card, for: viewer, tx)
    try tx.run("UPDATE card SET suspended_at = NULL WHERE org_id = \(viewer.org) AND id = \(card)")
    try tx.record(viewer, "card.resumed", card, [:], world)
    return CardStanding(try Card.find(card, for: viewer, tx), event: nil, viewer, world)
  }
}

/// Takes back the last answer to a card: the event that says so is added, nothing is deleted.
struct UndoAnswer: UseCase {
  var card: ID<Card>
  /// The answer meant; without it the last one.
  var event: String?
  /// Whether the player goes on afterwards.
  var goesOn: Bool?

  static var rules: [String: Rule] { ["event": .text(0...36)] }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CardStanding {
    let named = try EventID.given(event)
    let found = try Card.find(card, for: viewer, tx, locking: true)
    let events = try ReviewLog.events(of: [card], org: viewer.org, tx)
    let undone = Set(events.compactMap { if case .undo(let target) = $0.kind { target } else { nil } })
    let answers = events.filter { if case .review = $0.kind { !undone.contains($0.id) } else { false } }
    guard let target = answers.last(where: { named == nil || $0.id == named }) else {
      throw Problem.conflict(code: "nothing_to_undo", detail: "There is no answer to take back.")
    }
    let now = world.now()
    let entry = ReviewLog.Entry(
      id: EventID.make(world), happening: .undo(of: target.id), answeredAt: now, sentAt: now,
      zoneOffset: LearningClock(zone: viewer.zone, world).zoneOffset, device: "page", milliseconds: nil)
    let learner = try Learner.load(viewer.person, org: viewer.org, tx)
    let standing = try ReviewLog.append(entry, to: found, learner: learner, org: viewer.org, tx, world) ?? found
    try tx.record(viewer, "card.answer_undone", card, [:], world)
    var result = CardStanding(standing, event: entry.id, viewer, world)
    if goesOn != true { result.next = "/reviews/\(card)" }
    return result
  }
}

/// The answer that somebody gave last today, which the player offers to take back.
struct LastAnswer: Output {
  let action: String
  let event: String

  /// How many of the day's last events are looked through.
  private static let reach = 20

  static func load(_ viewer: Viewer, _ clock: LearningClock, _ tx: Transaction) throws -> LastAnswer? {
    var undone: Set<String> = []
    for row in try tx.rows(
      """
      SELECT id, card_id, target FROM review_event
      WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND day = \(clock.today.rawValue) AND kind IN ('review', 'undo')
      ORDER BY seq DESC LIMIT \(reach)
      """)
    {
      let event: String = try row("id")
      if let target: String = try row.optional("target") {
        undone.insert(target)
      } else if !undone.contains(event) {
        let card: ID<Card> = try row("card_id")
        return LastAnswer(action: "/reviews/\(card)/undo", event: event)
      }
    }
    return nil
  }
}

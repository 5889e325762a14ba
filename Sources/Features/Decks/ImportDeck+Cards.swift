import Decks
import Foundation
import Kit
import Scheduling
import SpacedRepetition
import Store
import Web

extension ImportDeck {
  /// Characters of a side.
  static let longestSide = 20_000

  /// One card: new words for one that is here, or a new card with its past.
  func take(
    _ card: Deck.Card, _ note: Deck.Note, _ noteID: Int64, _ type: Deck.NoteType, _ reviews: [Deck.Review], _ old: Known?,
    _ learner: Learner, _ media: [String: ID<DeckMedia>], _ work: inout Int, _ report: inout DeckReport, _ number: Int, _ viewer: Viewer,
    _ tx: Transaction, _ world: World
  ) throws {
    let name = deck.decks[card.deck] ?? "Default"
    guard let faces = CardFaces(card, note, type, deck: name, media: { media[$0].map(DeckMedia.address) }) else {
      report.faults.append("Note \(number): its type has no card \(card.ordinal + 1). That card was left out.")
      return
    }
    work += faces.work
    guard work <= mostWork else {
      throw Problem.invalid("file", "The texts of these cards are too long to be taken in at once. Export the decks one by one.")
    }
    if faces.isCut || faces.front.count > Self.longestSide || faces.back.count > Self.longestSide {
      report.remarks.append("Note \(number): card \(card.ordinal + 1) is too long. Its end was left out.")
    }
    let front = faces.front.isEmpty ? "…" : faces.front.shortened(to: Self.longestSide)
    let back = faces.back.isEmpty ? "…" : faces.back.shortened(to: Self.longestSide)
    let kept: ID<Card>? =
      old != nil
      ? try tx.value("SELECT card_id FROM deck_card WHERE org_id = \(viewer.org) AND note_id = \(noteID) AND ordinal = \(card.ordinal)")
      : nil
    if let kept {
      // Newer words stay. Words of the same age are written again, for media that came only now.
      let isOlder = old.map { $0.modified > note.modified } ?? false
      if isDryRun || isOlder { return }
      try tx.run("UPDATE card SET front = \(front), back = \(back) WHERE org_id = \(viewer.org) AND id = \(kept)")
      return
    }
    let id: ID<Card> = world.id()
    let zone = Zones.zone(viewer.zone)
    let history = DeckHistory(card, note, reviews, id: id.value, opened: deck.created, now: world.now()) {
      zone.offset(at: $0.microseconds) / 60
    }
    report.cardsAdded += 1
    report.answers += history.answers
    if !history.events.isEmpty { report.scheduled += 1 }
    if isDryRun { return }
    try make(id, card, front, back, history, learner, viewer, tx, world)
    try tx.run(
      """
      INSERT INTO deck_card (org_id, card_id, note_id, ordinal, deck)
      VALUES (\(viewer.org), \(id), \(noteID), \(card.ordinal), \(name))
      """)
  }

  private func make(
    _ id: ID<Card>, _ card: Deck.Card, _ front: String, _ back: String, _ history: DeckHistory, _ learner: Learner, _ viewer: Viewer,
    _ tx: Transaction, _ world: World
  ) throws {
    let now = world.now()
    try tx.run(
      """
      INSERT INTO card (org_id, id, person_id, front, back, language, source, created_at, suspended_at, state, due_at, reviews, lapses,
        progress)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(front), \(back), 'en', 'own', \(now), \(card.isSuspended ? now : nil), 'new', \(now),
        0, 0, \(ProgressText.write(.new)))
      """)
    if history.events.isEmpty { return }
    try ReviewLog.insert(history.events, milliseconds: history.milliseconds, person: viewer.person, org: viewer.org, tx, world)
    let replay = learner.scheduler.replay(history.events, card: id.value)
    let clock = LearningClock(zone: viewer.zone, world)
    let dueAt = replay.progress.due.map { Instant(microseconds: $0.opens(zoneOffset: clock.zoneOffset)) } ?? now
    try CardCache.write(replay, try Card.find(id, for: viewer, tx), org: viewer.org, dueAt: dueAt, tx)
  }
}

extension ReviewLog {
  /// Adds events from another program as they are; those that are there already stay.
  static func insert(
    _ events: [ReviewEvent], milliseconds: [EventID: Int], person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World
  ) throws {
    let now = world.now()
    for start in stride(from: 0, to: events.count, by: 50) {
      let rows = try events[start..<min(start + 50, events.count)].map { event -> SQL in
        let at = Instant(microseconds: event.moment.instant)
        let columns = try ImportedColumns(event.kind)
        return """
          (\(org), \(person), \(event.id.description), \(event.card), \(columns.kind), \(columns.grade), \(columns.target), \(columns.day),
          \(columns.memory), \(milliseconds[event.id]), \(at), \(event.moment.zoneOffset), 'import', \(at), \(now), \(at),
          \(event.moment.day.rawValue), \(world.id(ReviewEventRow.self)))
          """
      }
      try tx.run(
        """
        INSERT INTO review_event (org_id, person_id, id, card_id, kind, grade, target, target_day, memory, milliseconds, answered_at,
          zone_offset, device, sent_at, received_at, corrected_at, day, seq)
        VALUES \(SQL.joined(rows, by: ", ")) ON CONFLICT (org_id, person_id, id) DO NOTHING
        """)
    }
  }
}

/// The columns in which an event of a package is kept.
private struct ImportedColumns {
  var kind: String
  var grade: Int?
  var target: String?
  var day: Int?
  var memory: String?

  init(_ event: ReviewEvent.Kind) throws {
    switch event {
    case .review(let grade): (kind, self.grade) = ("review", grade.rawValue)
    case .practice(let grade): (kind, self.grade) = ("practice", grade.rawValue)
    case .import(let memory):
      (kind, self.memory) = ("import", String(decoding: try JSONEncoder().encode(memory), as: UTF8.self))
    case .place(let target, let day): (kind, self.target, self.day) = ("place", target.description, day.rawValue)
    case .undo(let target): (kind, self.target) = ("undo", target.description)
    case .reset: kind = "reset"
    }
  }
}

import Decks
import Foundation
import Interchange
import Kit
import Scheduling
import SpacedRepetition
import Store
import Web

/// Takes an Anki package into a person's cards: words, media, schedule and history, all or nothing.
///
/// A note is known again by its guid. What is newer in the package replaces the words and keeps what is known of the card.
public struct ImportDeck: Sendable {
  let deck: Deck
  /// The note types as faces are made of them.
  private let types: [Int64: Deck.NoteType]
  let isDryRun: Bool
  /// Bytes of templates and fields that all cards together may ask for; more would keep everybody waiting.
  var mostWork = 200_000_000
  /// Told after each thousand notes.
  var progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }

  public init(_ package: [UInt8], isDryRun: Bool, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) throws {
    do throws(DeckRefusal) { deck = try Deck(package: package) } catch { throw Problem.invalid("file", error.description) }
    types = deck.noteTypes.mapValues(\.withoutScripts)
    self.isDryRun = isDryRun
    self.progress = progress
  }

  /// A note as it was kept.
  struct Known {
    let id: Int64
    let type: Int64
    let modified: Int64
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> DeckReport {
    var report = DeckReport()
    report.isDryRun = isDryRun
    report.remarks = deck.remarks
    (report.notes, report.cards, report.media) = (deck.notes.count, deck.cards.count, deck.media.count)
    let known = try known(viewer, tx)
    let cards = Dictionary(grouping: deck.cards, by: \.note)
    let reviews = Dictionary(grouping: deck.reviews, by: \.card)
    let learner = try Learner.load(viewer.person, org: viewer.org, tx)
    if !isDryRun {
      try keepTypes(viewer, tx)
      try DeckMedia.keep(deck.media, viewer, tx, world)
    }
    let media = try DeckMedia.kept(viewer, tx)
    var work = 0
    var guids: Set<String> = []
    for (place, note) in deck.notes.enumerated() {
      if place > 0, place % 1000 == 0 { progress(place, deck.notes.count) }
      guard let type = types[note.type] else { continue }
      guard guids.insert(note.guid).inserted else {
        report.faults.append("Note \(place + 1): a note before it has the same id. Nothing of it was taken.")
        continue
      }
      let old = known[note.guid]
      if let old, old.type != note.type {
        report.faults.append("Note \(place + 1): it is here already with another note type. Nothing of it was changed.")
        continue
      }
      if let old, old.modified >= note.modified { report.notesUnchanged += 1 } else if old != nil { report.notesChanged += 1 }
      let id = try keep(note, old, viewer, tx, world)
      var ordinals: Set<Int> = []
      for card in cards[note.id] ?? [] {
        guard ordinals.insert(card.ordinal).inserted else {
          report.faults.append("Note \(place + 1): its card \(card.ordinal + 1) is there twice. Only the first was taken.")
          continue
        }
        try take(card, note, id, type, reviews[card.id] ?? [], old, learner, media, &work, &report, place + 1, viewer, tx, world)
      }
    }
    if !isDryRun {
      try tx.record(viewer, "deck.imported", viewer.person, ["notes": "\(report.notes)", "cards": "\(report.cardsAdded)"], world)
    }
    return report
  }

  private func known(_ viewer: Viewer, _ tx: Transaction) throws -> [String: Known] {
    let rows = try tx.rows(
      "SELECT id, guid, type_id, modified FROM deck_note WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    return Dictionary(
      try rows.map { (try $0("guid"), Known(id: try $0("id"), type: try $0("type_id"), modified: try $0("modified"))) },
      uniquingKeysWith: { first, _ in first })
  }

  private func keepTypes(_ viewer: Viewer, _ tx: Transaction) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for type in deck.noteTypes.values.sorted(by: { $0.id < $1.id }) {
      try tx.run(
        """
        INSERT INTO deck_note_type (org_id, person_id, type_id, definition)
        VALUES (\(viewer.org), \(viewer.person), \(type.id), \(String(decoding: try encoder.encode(type), as: UTF8.self)))
        ON CONFLICT (org_id, person_id, type_id) DO UPDATE SET definition = excluded.definition
        """)
    }
  }

  private func keep(_ note: Deck.Note, _ old: Known?, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Int64 {
    let id = old?.id ?? world.id(Card.self).value
    if isDryRun || (old.map { $0.modified >= note.modified } ?? false) { return id }
    try tx.run(
      """
      INSERT INTO deck_note (org_id, id, person_id, guid, type_id, modified, tags, fields)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(note.guid), \(note.type), \(note.modified), \(note.tags.joined(separator: " ")),
        \(note.fields.joined(separator: "\u{1F}")))
      ON CONFLICT (org_id, person_id, guid) DO UPDATE SET modified = excluded.modified, tags = excluded.tags, fields = excluded.fields
      """)
    return id
  }
}

import Decks
import Foundation
import Interchange
import Kit
import Scheduling
import SpacedRepetition
import Store
import Web

/// All cards of a person as a deck for Anki: words, media, schedule and history.
public struct ExportDeck: Sendable {
  /// Whether answers go along.
  public var withHistory = true

  public init() {}

  /// The note type of cards that were not imported.
  static let plain = Deck.NoteType(
    id: 1_700_000_000_000, name: "Tandem", fields: ["Front", "Back"],
    templates: [.init(name: "Card 1", front: "{{Front}}", back: "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}")],
    css: ".card { font-family: arial; font-size: 20px; text-align: center; }")

  /// What goes out, to be packed when the transaction is over: packing takes long, and meanwhile somebody else may read.
  public struct Gathered: Sendable {
    let deck: Deck
    let modified: Int64

    public func package() throws -> [UInt8] { try deck.package(modified: modified) }
  }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Gathered {
    Gathered(deck: try deck(tx, viewer, world), modified: world.now().seconds)
  }

  private func deck(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Deck {
    let rows = try tx.rows(
      """
      SELECT \(Card.columns), deck_card.note_id, deck_card.ordinal, deck_card.deck, lesson.title AS lesson_title
      FROM card LEFT JOIN deck_card ON deck_card.org_id = card.org_id AND deck_card.card_id = card.id
        LEFT JOIN lesson ON lesson.org_id = card.org_id AND lesson.id = card.lesson_id
      WHERE card.org_id = \(viewer.org) AND card.person_id = \(viewer.person) ORDER BY card.id
      """)
    let events = Dictionary(grouping: try ReviewLog.events(ofAllCardsOf: viewer.person, org: viewer.org, tx), by: \.card)
    let notes = try Notes(viewer, tx)
    let days = events.values.flatMap { $0.map(\.moment.day) }
    let first = min(days.min() ?? LearningClock(zone: "UTC", world).today, LearningClock(zone: "UTC", world).today)
    var writer = DeckWriter(first: first, notes: notes, now: world.now(), learner: try Learner.load(viewer.person, org: viewer.org, tx))
    for row in rows {
      let card = try Card(row: row)
      let source = DeckWriter.Source(
        note: try row.optional("note_id"), ordinal: try row.optional("ordinal") ?? 0, deck: try row.optional("deck"),
        lesson: try row.optional("lesson_title"))
      writer.add(card, source, withHistory ? events[card.id.value] ?? [] : [])
    }
    var deck = writer.deck
    for row in try tx.rows(
      "SELECT name, content FROM deck_media WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) ORDER BY name")
    {
      deck.media.append(DeckPackage.Media(name: try row("name"), content: try row("content")))
    }
    return deck
  }

  /// Imported notes and their types.
  struct Notes {
    private(set) var byID: [Int64: Deck.Note] = [:]
    private(set) var types: [Int64: Deck.NoteType] = [:]

    init(_ viewer: Viewer, _ tx: Transaction) throws {
      for row in try tx.rows("SELECT definition FROM deck_note_type WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)") {
        let type = try JSONDecoder().decode(Deck.NoteType.self, from: Data(try row("definition", as: String.self).utf8))
        types[type.id] = type
      }
      for row in try tx.rows(
        "SELECT id, guid, type_id, modified, tags, fields FROM deck_note WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
      {
        let id: Int64 = try row("id")
        byID[id] = Deck.Note(
          id: id, guid: try row("guid"), type: try row("type_id"), modified: try row("modified"),
          tags: try row("tags", as: String.self).split(separator: " ").map(String.init),
          fields: try row("fields", as: String.self).split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init))
      }
    }
  }
}

import Foundation
import Interchange

/// Reads the tables of a collection, of schema 11 (note types and decks as JSON) or 18 (as tables of their own).
struct CollectionReader {
  private let file: CollectionFile
  private(set) var deck: Deck

  /// Bounds on rows; more is refused.
  static let mostNotes = 100_000
  static let mostCards = 300_000
  static let mostReviews = 3_000_000
  /// Bytes of a guid and of a deck's name that count.
  static let mostNameBytes = 1000

  init(_ bytes: [UInt8]) throws(DeckRefusal) {
    do throws(CollectionFile.Damaged) {
      file = try CollectionFile(bytes)
      for table in ["col", "notes", "cards", "revlog"] {
        guard try file.hasTable(table) else { throw CollectionFile.Damaged() }
      }
      var created: Int64?
      var json: (models: [UInt8], decks: [UInt8]) = ([], [])
      try file.each("SELECT crt, models, decks FROM col LIMIT 1") { row in
        created = row.integer(0)
        json = (row.bytes(1), row.bytes(2))
      }
      guard let created else { throw CollectionFile.Damaged() }
      deck = Deck(created: created)
      if try file.hasTable("notetypes") { try readTypes() } else { try readTypes(json.models, decks: json.decks) }
      try readNotes()
      try readCards()
      try readReviews()
    } catch {
      throw .damaged
    }
    if deck.notes.count > Self.mostNotes || deck.cards.count > Self.mostCards || deck.reviews.count > Self.mostReviews { throw .tooMany }
    try check()
  }

  /// Nothing may point at what is not there.
  private func check() throws(DeckRefusal) {
    let notes = Set(deck.notes.map(\.id))
    for note in deck.notes where deck.noteTypes[note.type] == nil { throw .dangling("The note \(note.id) has no note type.") }
    for card in deck.cards where !notes.contains(card.note) { throw .dangling("The card \(card.id) has no note.") }
  }
}

extension CollectionReader {
  private mutating func readTypes() throws(CollectionFile.Damaged) {
    for table in ["fields", "templates", "decks"] {
      guard try file.hasTable(table) else { throw CollectionFile.Damaged() }
    }
    var fields: [Int64: [(Int64, String)]] = [:]
    try file.each("SELECT ntid, ord, name FROM fields LIMIT 200000") {
      fields[$0.integer(0), default: []].append(($0.integer(1), $0.text(2)))
    }
    var templates: [Int64: [(Int64, Deck.Template)]] = [:]
    var isDamaged = false
    try file.each("SELECT ntid, ord, name, config FROM templates LIMIT 200000") { row in
      guard let config = try? ProtocolBuffer(row.bytes(3)[...]) else {
        isDamaged = true
        return
      }
      let template = Deck.Template(name: row.text(2), front: config.text(1) ?? "", back: config.text(2) ?? "")
      templates[row.integer(0), default: []].append((row.integer(1), template))
    }
    var types: [Deck.NoteType] = []
    try file.each("SELECT id, name, config FROM notetypes LIMIT 10000") { row in
      guard let config = try? ProtocolBuffer(row.bytes(2)[...]) else {
        isDamaged = true
        return
      }
      let id = row.integer(0)
      types.append(
        Deck.NoteType(
          id: id, name: row.text(1), fields: (fields[id] ?? []).sorted { $0.0 < $1.0 }.map(\.1),
          templates: (templates[id] ?? []).sorted { $0.0 < $1.0 }.map(\.1), isCloze: config.number(1) == 1, css: config.text(3) ?? ""))
    }
    if isDamaged { throw CollectionFile.Damaged() }
    for type in types { deck.noteTypes[type.id] = type }
    var decks: [Int64: String] = [:]
    try file.each("SELECT id, name FROM decks LIMIT 100000") { row in
      decks[row.integer(0)] = Self.deckName(row.text(1).split(separator: "\u{1F}").joined(separator: "::"))
    }
    deck.decks = decks
  }

  private struct Model: Decodable {
    struct Field: Decodable {
      let name: String
      let ord: Int?
    }
    struct Template: Decodable {
      let name: String
      let ord: Int?
      let qfmt: String
      let afmt: String
    }
    let name: String
    let type: Int?
    let flds: [Field]
    let tmpls: [Template]
    let css: String?
  }

  private static func deckName(_ text: String) -> String { String(text.cut(to: mostNameBytes)).storable }

  private struct NamedDeck: Decodable { let name: String }

  private mutating func readTypes(_ models: [UInt8], decks: [UInt8]) throws(CollectionFile.Damaged) {
    guard let models = try? JSONDecoder().decode([String: Model].self, from: Data(models)),
      let decks = try? JSONDecoder().decode([String: NamedDeck].self, from: Data(decks))
    else { throw CollectionFile.Damaged() }
    for (key, model) in models {
      guard let id = Int64(key) else { throw CollectionFile.Damaged() }
      deck.noteTypes[id] = Deck.NoteType(
        id: id, name: model.name, fields: model.flds.sorted { ($0.ord ?? 0) < ($1.ord ?? 0) }.map(\.name),
        templates: model.tmpls.sorted { ($0.ord ?? 0) < ($1.ord ?? 0) }.map { .init(name: $0.name, front: $0.qfmt, back: $0.afmt) },
        isCloze: model.type == 1, css: model.css ?? "")
    }
    for (key, named) in decks { if let id = Int64(key) { deck.decks[id] = Self.deckName(named.name) } }
  }

  private mutating func readNotes() throws(CollectionFile.Damaged) {
    var notes: [Deck.Note] = []
    try file.each("SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id LIMIT \(Self.mostNotes + 1)") { row in
      notes.append(
        Deck.Note(
          id: row.integer(0), guid: String(row.text(1).cut(to: Self.mostNameBytes)), type: row.integer(2), modified: row.integer(3),
          tags: row.text(4).split(separator: " ").map(String.init),
          fields: row.text(5).split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)))
    }
    deck.notes = notes
  }

  private struct CardData: Decodable {
    let s: Double?
    let d: Double?
  }

  private mutating func readCards() throws(CollectionFile.Damaged) {
    var cards: [Deck.Card] = []
    try file.each(
      """
      SELECT id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, odue, odid, data FROM cards ORDER BY id LIMIT \(Self.mostCards + 1)
      """
    ) { row in
      let isFiltered = row.integer(12) != 0
      let due = isFiltered ? row.integer(11) : row.integer(6)
      let data = try? JSONDecoder().decode(CardData.self, from: Data(row.bytes(13)))
      let memory = data.flatMap { data in data.s.flatMap { s in data.d.map { Deck.Memory(stability: s, difficulty: $0) } } }
      cards.append(
        Deck.Card(
          id: row.integer(0), note: row.integer(1), deck: isFiltered ? row.integer(12) : row.integer(2),
          ordinal: Int(clamping: min(max(row.integer(3), 0), 500)), standing: Self.standing(type: row.integer(4), due: due),
          isSuspended: row.integer(5) == -1, interval: Int(clamping: max(row.integer(7), 0)), ease: Double(row.integer(8)) / 1000,
          reviews: Int(clamping: max(row.integer(9), 0)), lapses: Int(clamping: max(row.integer(10), 0)), memory: memory))
    }
    deck.cards = cards
  }

  /// In type 1 and 3 a due time below a billion counts days: a step of a day or more.
  private static func standing(type: Int64, due: Int64) -> Deck.Standing {
    switch type {
    case 1: due < 1_000_000_000 ? .review(day: Int(clamping: due)) : .learning(due: due)
    case 2: .review(day: Int(clamping: due))
    case 3: due < 1_000_000_000 ? .review(day: Int(clamping: due)) : .relearning(due: due)
    default: .new(position: Int(clamping: due))
    }
  }

  private mutating func readReviews() throws(CollectionFile.Damaged) {
    var reviews: [Deck.Review] = []
    try file.each("SELECT id, cid, ease, ivl, time, type FROM revlog ORDER BY id LIMIT \(Self.mostReviews + 1)") { row in
      reviews.append(
        Deck.Review(
          id: row.integer(0), card: row.integer(1), grade: Int(clamping: min(max(row.integer(2), 0), 4)),
          interval: Int(clamping: row.integer(3)),
          milliseconds: Int(clamping: min(max(row.integer(4), 0), 86_400_000)),
          kind: Deck.Review.Kind(rawValue: Int(clamping: row.integer(5))) ?? .manual))
    }
    deck.reviews = reviews
  }
}

import Foundation
import Interchange

/// Writes a collection of schema 11, which every Anki reads.
struct CollectionWriter {
  let deck: Deck
  let modified: Int64

  init(_ deck: Deck, modified: Int64) {
    self.deck = deck
    self.modified = modified
  }

  func bytes() throws(DeckRefusal) -> [UInt8] {
    do throws(CollectionFile.Damaged) {
      let file = try CollectionFile()
      for statement in Self.schema { try file.run(statement) }
      try file.run("BEGIN")
      try file.run(
        "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        [
          .integer(deck.created), .integer(modified.multipliedReportingOverflow(by: 1000).partialValue), .text(Self.conf),
          .text(try json(models())), .text(try json(decks())), .text(try json(["1": DeckOptions()])),
        ])
      try file.insert("INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')", deck.notes.map(row))
      try file.insert(
        "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, -1, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, 0, 0, ?14)", deck.cards.map(row))
      try file.insert("INSERT INTO revlog VALUES (?1, ?2, -1, ?3, ?4, ?4, 0, ?5, ?6)", deck.reviews.map(row))
      try file.run("COMMIT")
      return try file.bytes()
    } catch {
      throw .damaged
    }
  }

  private func row(_ note: Deck.Note) -> [CollectionValue] {
    let first = HTMLText.plain(note.fields.first ?? "")
    let sum = SHA1.digest(first.utf8).prefix(4).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    return [
      .integer(note.id), .text(note.guid), .integer(note.type), .integer(note.modified),
      .text(note.tags.isEmpty ? "" : " \(note.tags.joined(separator: " ")) "), .text(note.fields.joined(separator: "\u{1F}")), .text(first),
      .integer(sum),
    ]
  }

  private func row(_ card: Deck.Card) -> [CollectionValue] {
    let (type, queue, due): (Int64, Int64, Int64) =
      switch card.standing {
      case .new(let position): (0, 0, Int64(position))
      case .learning(let due): (1, 1, due)
      case .review(let day): (2, 2, Int64(day))
      case .relearning(let due): (3, 1, due)
      }
    let left: Int64 = type == 1 || type == 3 ? 1001 : 0
    let data = card.memory.map { "{\"s\":\($0.stability),\"d\":\($0.difficulty)}" } ?? "{}"
    return [
      .integer(card.id), .integer(card.note), .integer(card.deck), .integer(Int64(card.ordinal)), .integer(modified), .integer(type),
      .integer(card.isSuspended ? -1 : queue), .integer(due), .integer(Int64(card.interval)), .integer(Int64((card.ease * 1000).rounded())),
      .integer(Int64(card.reviews)), .integer(Int64(card.lapses)), .integer(left), .text(data),
    ]
  }

  private func row(_ review: Deck.Review) -> [CollectionValue] {
    [
      .integer(review.id), .integer(review.card), .integer(Int64(review.grade)), .integer(Int64(review.interval)),
      .integer(Int64(review.milliseconds)), .integer(Int64(review.kind.rawValue)),
    ]
  }

  private func json(_ value: some Encodable) throws(CollectionFile.Damaged) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let data = try? encoder.encode(value) else { throw CollectionFile.Damaged() }
    return String(decoding: data, as: UTF8.self)
  }
}

import Decks
import Foundation
import Interchange
import Testing

@Suite("Anki packages")
struct PackageTests {
  @Test("every note, card, field, tag, deck, media file, answer and schedule of each flavour is read", arguments: try Expected.all())
  func read(_ expected: Expected) throws {
    let deck = try Deck(package: Fixture.bytes(expected.file))
    #expect(deck.notes.count == expected.notes && deck.cards.count == expected.cards)
    #expect(deck.reviews.count == expected.reviewLogRows)
    #expect(deck.media.map(\.name).sorted() == expected.media.sorted())
    #expect(deck.media.allSatisfy { !$0.content.isEmpty } && deck.remarks.isEmpty)
    #expect(Set(deck.notes.flatMap(\.tags)) == Set(expected.tags))
    let used = Set(deck.cards.map(\.deck)).compactMap { deck.decks[$0] }
    #expect(Set(used) == Set(expected.cardsByDeck.keys))
    for (name, count) in expected.cardsByDeck { #expect(deck.cards.count { deck.decks[$0.deck] == name } == count) }
    let queues = Dictionary(grouping: deck.cards, by: \.queue).mapValues(\.count)
    #expect(queues == Dictionary(uniqueKeysWithValues: expected.cardQueues.compactMap { key, count in Int(key).map { ($0, count) } }))
    let cards = Dictionary(grouping: deck.cards, by: \.note).mapValues(\.count)
    for note in expected.noteList {
      let found = deck.notes.contains { own in
        guard let type = deck.noteTypes[own.type] else { return false }
        let fields = Dictionary(zip(type.fields, own.fields), uniquingKeysWith: { first, _ in first })
        return type.name == note.type && fields == note.fields && own.tags.sorted() == note.tags.sorted() && cards[own.id] == note.cards
      }
      #expect(found, "\(note.fields)")
    }
    #expect(deck.reviews.map(\.grade).sorted() == expected.reviewLog.map(\.rating).sorted())
  }

  @Test("what is written is read back the same, in every flavour", arguments: DeckPackage.Flavour.allCases)
  func roundTrip(_ flavour: DeckPackage.Flavour) throws {
    let deck = try Deck(package: Fixture.bytes("rich_new.apkg"))
    let again = try Deck(package: deck.package(flavour: flavour, modified: 1_795_229_812))
    #expect(again.notes == deck.notes && again.cards == deck.cards && again.reviews == deck.reviews)
    #expect(again.media == deck.media && again.noteTypes == deck.noteTypes && again.created == deck.created)
    #expect(again.decks == deck.decks)
  }

  @Test("a card shows its sides as Markdown: template, gaps, emphasis, entities, sounds and pictures")
  func faces() throws {
    let deck = try Deck(package: Fixture.bytes("rich_legacy.apkg"))
    let faces = try deck.cards.map { card -> CardFaces in
      let note = try #require(deck.notes.first { $0.id == card.note })
      let type = try #require(deck.noteTypes[note.type])
      return try #require(CardFaces(card, note, type, deck: deck.decks[card.deck] ?? ""))
    }
    let sides = faces.map { "\($0.front) | \($0.back)" }
    #expect(sides.contains("What does **SBI** stand for? | Situation, Behaviour, Impact\n\n(say it in this order)"))
    #expect(sides.contains("▣ stage épée.png Where do you stand? | Centre stage ♪ pause.wav"))
    #expect(sides.contains("Zeichen: ü, 日本語, 😀 & \\<tag\\> | ok"))
    #expect(sides.contains("cannot be answered with yes or no | open question"))
    #expect(sides.contains("Opposite of closed | Opposite of closed\n\nopen"))
    #expect(
      sides.contains("Feedback is **\\[…\\]**, timely and **\\[…\\]**. | Feedback is **specific**, timely and **kind**.\n\nthree qualities")
    )
    #expect(
      sides.contains("Feedback is specific, **\\[adjective\\]** and kind. | Feedback is specific, **timely** and kind.\n\nthree qualities"))
  }

  @Test("pictures and sounds that are there are shown, with any name; what is missing is named")
  func media() {
    let type = Deck.NoteType(id: 1, name: "One", fields: ["Front"], templates: [.init(name: "Card", front: "{{Front}}", back: "")])
    let field = "<b>See</b> <img src=\"a [1].png\"> and<br>[sound:x_1.mp3]!<img src=gone.png>[sound:gone.mp3]"
    let note = Deck.Note(id: 1, guid: "a", type: 1, modified: 0, tags: [], fields: [field])
    let card = Deck.Card(id: 1, note: 1, deck: 1, ordinal: 0, standing: .new(position: 1))
    let faces = CardFaces(card, note, type, deck: "") { $0.hasPrefix("gone") ? nil : "/m/\($0.utf8.count)" }
    #expect(faces?.front == "**See** ![a \\[1\\].png](/m/9) and\n\n[♪ x\\_1.mp3](/m/7)!▣ gone.png♪ gone.mp3")
  }

  @Test("a damaged package is refused with a reason, never half read")
  func damaged() throws {
    let whole = try Fixture.bytes("rich_new.apkg")
    for cut in [0, 10, 100, whole.count / 2, whole.count - 1] {
      #expect(throws: DeckRefusal.self) { try Deck(package: Array(whole.prefix(cut))) }
    }
    let package = try DeckPackage(whole)
    var collection = package.collection
    for place in stride(from: 100, to: collection.count, by: 97) { collection[place] ^= 0x5A }
    let broken = try DeckPackage(flavour: .current, collection: collection, media: []).write()
    #expect(throws: DeckRefusal.self) { try Deck(package: broken) }
    var empty = Deck(created: 1_795_147_200)
    empty.decks[1] = "Default"
    #expect(try Deck(package: empty.package(modified: 1)).notes.isEmpty, "nothing is a deck too")
  }

  @Test("media names that lead out of a folder are refused")
  func mediaNames() throws {
    let package = try DeckPackage(Fixture.bytes("rich_legacy.apkg"))
    for name in ["../x.png", "/x.png", "a/b.png", "..", "", String(repeating: "x", count: 200), "a\u{0}b"] {
      let media = [DeckPackage.Media(name: name, content: [1])]
      let bytes = try DeckPackage(flavour: .legacy, collection: package.collection, media: media).write()
      #expect(throws: DeckPackage.Refusal.mediaName(name)) { try DeckPackage(bytes) }
    }
  }
}

extension Deck.Card {
  fileprivate var queue: Int {
    switch standing {
    case .new: 0
    case .learning: 1
    case .review: 2
    case .relearning: 3
    }
  }
}

import Decks
import Foundation
import Interchange
import Kit
import SpacedRepetition
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Decks of other programs")
struct DeckTests {
  @Test("cards come along with words, dates, answers and media; a second time nothing changes", arguments: Databases.each)
  func take(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let package = try scene.deck().package(modified: 1)
      let dry = try await scene.take(package, isDryRun: true)
      #expect(dry.cardsAdded == 3 && dry.isDryRun)
      #expect(try await scene.cardCount() == 0, "a dry run changes nothing")
      let report = try await scene.take(package)
      #expect(report.notes == 3 && report.cardsAdded == 3 && report.answers == 2 && report.scheduled == 2 && report.media == 1)
      let cards = try await scene.ownCards()
      #expect(cards.map(\.front) == ["Front 0 **bold**", "Front 1", "Front 2"])
      let today = SpacedRepetition.Moment(instant: scene.clock.now.microseconds, zoneOffset: 60).day
      #expect(cards[0].progress.reviews == 2 && cards[0].progress.due == .day(today.advanced(by: 5)))
      #expect(cards[1].progress.due == .day(today.advanced(by: 12)), "a card without answers keeps its day by what SM-2 knew")
      #expect((cards[1].progress.memory?.stability ?? 0) > 15)
      #expect(cards[2].progress.state == .new)
      let again = try await scene.take(package)
      #expect(again.cardsAdded == 0 && again.notesUnchanged == 3 && again.answers == 0)
      #expect(try await scene.ownCards().map(\.progress) == cards.map(\.progress))
      try await scene.expectChecks()
    }
  }

  @Test("newer words replace older ones and leave the schedule; another note type is a conflict", arguments: Databases.each)
  func update(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      _ = try await scene.take(scene.deck().package(modified: 1))
      let before = try await scene.ownCards()
      var newer = try scene.deck()
      newer.notes[0] = Deck.Note(id: 1, guid: "guid0", type: 9, modified: 500, tags: [], fields: ["Changed", "Back 0"])
      newer.noteTypes[10] = Deck.NoteType(
        id: 10, name: "Other", fields: ["Front", "Back"], templates: [.init(name: "Card", front: "{{Front}}", back: "{{Back}}")])
      newer.notes[1] = Deck.Note(id: 2, guid: "guid1", type: 10, modified: 500, tags: [], fields: ["No", "No"])
      let report = try await scene.take(newer.package(modified: 1))
      #expect(report.notesChanged == 1 && report.notesUnchanged == 1 && report.cardsAdded == 0)
      #expect(report.faults == ["Note 2: it is here already with another note type. Nothing of it was changed."])
      let after = try await scene.ownCards()
      #expect(after.map(\.front) == ["Changed", "Front 1", "Front 2"])
      #expect(after.map(\.progress) == before.map(\.progress))
    }
  }

  @Test("what goes out holds the same cards, days and answers, also own cards and those of lessons", arguments: Databases.each)
  func export(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      _ = try await scene.take(scene.deck().package(modified: 1))
      let own = try await scene.cards(2)
      try await scene.do(.ben, AnswerCard(card: own[0], answer: .easy))
      let viewer = try await scene.viewer(.ben)
      let world = scene.world
      let gathered = try await scene.store.read { tx in try ExportDeck()(tx, viewer, world) }
      let deck = try Deck(package: gathered.package())
      #expect(deck.notes.count == 5 && deck.cards.count == 5 && deck.reviews.count == 3 && deck.media.map(\.name) == ["a.png"])
      #expect(Set(deck.notes.map(\.guid)).isSuperset(of: ["guid0", "guid1", "guid2"]))
      let cards = try await scene.ownCards()
      let opened = SpacedRepetition.Moment(instant: deck.created * 1_000_000, zoneOffset: 0).day
      for (card, out) in zip(cards, deck.cards) {
        if case .day(let day)? = card.progress.due { #expect(out.standing == .review(day: opened.days(to: day))) }
      }
      let page = try await scene.browser(.ben).get("/learn/decks").body
      #expect(page.contains("Deck › Sub") && page.contains("5 cards, with dates and answers"))
      let other = try await scene.browser(.ravi).get("/learn/decks").body
      #expect(!other.contains("Deck › Sub") && other.contains("You have no cards yet"))
    }
  }

  @Test("pictures are shown and sounds played on the card, to nobody but its owner", arguments: Databases.each)
  func media(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var deck = try scene.deck()
      let fields = ["<img src=\"a.png\"> Front [sound:hum & haw.mp3]", "Back <img src=\"missing.png\"> [sound:odd.html]"]
      deck.notes = [Deck.Note(id: 1, guid: "guid0", type: 9, modified: 100, tags: [], fields: fields)]
      deck.cards = [Deck.Card(id: 11, note: 1, deck: 7, ordinal: 0, standing: .new(position: 1))]
      deck.reviews = []
      deck.media += [.init(name: "hum & haw.mp3", content: [4, 5]), .init(name: "odd.html", content: Array("<script>".utf8))]
      let package = try deck.package(modified: 1)
      _ = try await scene.take(package)
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/reviews").body
      let picture = try #require(page.firstMatch(of: /<img src="(\/learn\/decks\/media\/[0-9A-Z]+)" alt="a.png"/)?.1)
      let sound = try #require(page.firstMatch(of: /<audio controls preload="none" src="([^"]+)" aria-label="hum &amp; haw.mp3">/)?.1)
      let odd = try #require(page.firstMatch(of: /<audio [^>]*src="([^"]+)" aria-label="odd.html">/)?.1)
      #expect(page.contains("▣ missing.png"))
      let shown = try await ben.get(String(picture))
      #expect(shown.status == 200 && shown.bytes == [1, 2, 3] && shown.header("Content-Type") == "image/png")
      #expect(shown.header("Cache-Control") == "private, no-cache" && shown.header("X-Content-Type-Options") == "nosniff")
      let tag = try #require(shown.header("ETag"))
      let known = try await ben.send(.get, String(picture), headers: [.accept: "text/html", .ifNoneMatch: tag])
      #expect(known.status == 304 && known.bytes.isEmpty)
      #expect(try await ben.get(String(sound)).header("Content-Type") == "audio/mpeg")
      let kept = try await ben.get(String(odd))
      #expect(kept.header("Content-Type") == "application/octet-stream" && kept.header("Content-Disposition")?.contains("odd.html") == true)
      for role in [Scene.Role.ravi, .otto] { try await #expect(scene.browser(role).get(String(picture)).status == 404) }
      #expect([303, 401].contains(try await scene.stranger.get(String(picture)).status))
      #expect(try await ben.get("/reviews/cards").body.contains("a.png Front ♪ hum &amp; haw.mp3"))
      // Another picture of the same name takes its place.
      deck.media[0] = .init(name: "a.png", content: [9])
      _ = try await scene.take(deck.package(modified: 1))
      let other = try await ben.send(.get, String(picture), headers: [.accept: "text/html", .ifNoneMatch: tag])
      #expect(other.status == 200 && other.bytes == [9] && other.header("ETag") != tag)
    }
  }

  @Test("the limit of media counts what is replaced once", arguments: Databases.each)
  func limit(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let viewer = try await scene.viewer(.ben)
      let world = scene.world
      let keep: @Sendable ([DeckPackage.Media]) async throws -> Void = { files in
        try await scene.store.write { tx in try DeckMedia.keep(files, viewer, tx, world, most: 4) }
      }
      let picture = DeckPackage.Media(name: "a.png", content: [1, 2, 3])
      try await keep([picture])
      try await keep([picture, .init(name: "b.png", content: [4])])
      await #expect(throws: Problem.self) { try await keep([.init(name: "c.png", content: [5])]) }
      try await keep([.init(name: "a.png", content: [1])])
      try await keep([.init(name: "c.png", content: [5])])
      let names = try await scene.store.read { tx in try DeckMedia.kept(viewer, tx).keys.sorted() }
      #expect(names == ["a.png", "b.png", "c.png"])
    }
  }

  @Test("an older package leaves newer words as they are", arguments: Databases.each)
  func older(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      _ = try await scene.take(scene.deck().package(modified: 1))
      var other = try scene.deck()
      let words = ["Other <img src=\"b.png\">", "Back"]
      other.notes[0] = Deck.Note(id: 1, guid: "guid0", type: 9, modified: 99, tags: [], fields: words)
      other.notes[1] = Deck.Note(id: 2, guid: "guid1", type: 9, modified: 100, tags: [], fields: words)
      other.media = [.init(name: "b.png", content: [1])]
      let report = try await scene.take(other.package(modified: 1))
      #expect(report.notesUnchanged == 3 && report.notesChanged == 0)
      let fronts = try await scene.ownCards().map(\.front)
      #expect(fronts.first == "Front 0 **bold**" && fronts.last == "Front 2")
      #expect(fronts[1].hasPrefix("Other ![b.png](/learn/decks/media/"), "of the same age, it brings its media")
    }
  }

  @Test("a note or a card that a package holds twice is taken once, and told before and after", arguments: Databases.each)
  func repeated(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var deck = try scene.deck()
      deck.notes.append(Deck.Note(id: 4, guid: "guid0", type: 9, modified: 100, tags: [], fields: ["Again", "Again"]))
      deck.cards.append(Deck.Card(id: 14, note: 4, deck: 7, ordinal: 0, standing: .new(position: 2)))
      deck.cards.append(Deck.Card(id: 15, note: 3, deck: 7, ordinal: 0, standing: .new(position: 3)))
      let package = try deck.package(modified: 1)
      let dry = try await scene.take(package, isDryRun: true)
      var report = try await scene.take(package)
      #expect(
        report.faults == [
          "Note 3: its card 1 is there twice. Only the first was taken.",
          "Note 4: a note before it has the same id. Nothing of it was taken.",
        ])
      #expect(report.cardsAdded == 3)
      #expect(try await scene.ownCards().map(\.front) == ["Front 0 **bold**", "Front 1", "Front 2"])
      report.isDryRun = true
      #expect(dry == report)
      try await scene.expectChecks()
    }
  }

  @Test("texts that are too long are cut and told; too many of them are refused, and nothing changes", arguments: Databases.each)
  func long(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var deck = try scene.deck()
      let long = String(repeating: "a", count: 200_000)
      deck.notes[1] = Deck.Note(id: 2, guid: "guid1", type: 9, modified: 100, tags: [], fields: [long, "Back"])
      let package = try deck.package(modified: 1)
      var act = try ImportDeck(package, isDryRun: false)
      act.mostWork = 100_000
      let viewer = try await scene.viewer(.ben)
      let world = scene.world
      let bounded = act
      await #expect(throws: Problem.self) { try await scene.store.write { tx in try bounded(tx, viewer, world) } }
      #expect(try await scene.cardCount() == 0)
      let report = try await scene.take(package)
      #expect(report.faults.isEmpty && report.remarks == ["Note 2: card 1 is too long. Its end was left out."])
      #expect(try await scene.ownCards().map(\.front.count) == [16, 20_000, 7])
    }
  }

  @Test("a package that is only checked in the browser changes nothing; what is taken can be downloaded", arguments: Databases.each)
  func browser(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let package = try scene.deck().package(modified: 1)
      for isDryRun in [true, false] {
        let start = "--fence\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.apkg\"\r\n\r\n"
        let box = isDryRun ? "\r\n--fence\r\nContent-Disposition: form-data; name=\"dry_run\"\r\n\r\ntrue" : ""
        let said = try await ben.send(
          .post, "/learn/decks",
          headers: [
            .accept: "text/html", .contentType: "multipart/form-data; boundary=fence", .init("Sec-Fetch-Site") ?? .from: "same-origin",
          ], bytes: Array(start.utf8) + package + Array("\(box)\r\n--fence--\r\n".utf8))
        #expect(said.status == 303)
        #expect(try await scene.cardCount() == (isDryRun ? 0 : 3))
      }
      let file = try await ben.get("/learn/decks/export")
      let out = try Deck(package: file.bytes)
      #expect(file.status == 200 && out.cards.count == 3 && out.media.map(\.name) == ["a.png"])
    }
  }

  @Test("something else than a package is refused with a reason, and nothing changes", arguments: Databases.each)
  func refused(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      let body = "--fence\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.apkg\"\r\n\r\nno package\r\n--fence--\r\n"
      let said = try await ben.send(
        .post, "/learn/decks",
        headers: [
          .accept: "text/html", .contentType: "multipart/form-data; boundary=fence", .init("Sec-Fetch-Site") ?? .from: "same-origin",
        ], body: body)
      #expect(said.status == 422 && said.body.contains("This is not a zip archive."))
      #expect(try await scene.cardCount() == 0)
    }
  }
}

extension Scene {
  /// Three notes: one with two answers and a day, one with SM-2's knowledge alone, one new.
  fileprivate func deck() throws -> Deck {
    let midnight = clock.now.seconds / 86_400 * 86_400
    var deck = Deck(created: midnight - 100 * 86_400 + 3 * 3600)
    deck.decks = [1: "Default", 7: "Deck::Sub"]
    deck.noteTypes[9] = Deck.NoteType(
      id: 9, name: "Plain", fields: ["Front", "Back"],
      templates: [.init(name: "Card", front: "{{Front}}", back: "{{FrontSide}}<hr id=answer>{{Back}}")])
    for number in 0..<3 {
      let front = number == 0 ? "Front 0 <b>bold</b>" : "Front \(number)"
      deck.notes.append(
        Deck.Note(id: Int64(number + 1), guid: "guid\(number)", type: 9, modified: 100, tags: ["tag"], fields: [front, "Back \(number)"]))
    }
    deck.cards = [
      Deck.Card(id: 11, note: 1, deck: 7, ordinal: 0, standing: .review(day: 105), interval: 8, ease: 2.5, reviews: 2),
      Deck.Card(id: 12, note: 2, deck: 7, ordinal: 0, standing: .review(day: 112), interval: 20, ease: 2.5, reviews: 4),
      Deck.Card(id: 13, note: 3, deck: 7, ordinal: 0, standing: .new(position: 1)),
    ]
    let answered = (midnight - 5 * 86_400) * 1000
    deck.reviews = [
      Deck.Review(id: answered, card: 11, grade: 3, interval: 2, milliseconds: 900, kind: .learning),
      Deck.Review(id: answered + 2 * 86_400_000, card: 11, grade: 3, interval: 8, milliseconds: 900, kind: .review),
    ]
    deck.media = [DeckPackage.Media(name: "a.png", content: [1, 2, 3])]
    return deck
  }

  fileprivate func take(_ package: [UInt8], isDryRun: Bool = false) async throws -> DeckReport {
    let viewer = try await viewer(.ben)
    let world = world
    let act = try ImportDeck(package, isDryRun: isDryRun)
    // To check a package, reading is enough.
    if isDryRun { return try await store.read { tx in try act(tx, viewer, world) } }
    return try await store.write { tx in try act(tx, viewer, world) }
  }

  fileprivate func ownCards() async throws -> [Card] {
    let viewer = try await viewer(.ben)
    return try await store.read { tx in
      try tx.all("SELECT \(Card.columns) FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) ORDER BY id")
    }
  }

  fileprivate func cardCount() async throws -> Int {
    let viewer = try await viewer(.ben)
    return try await store.read { tx in
      try tx.count("SELECT count(*) FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    }
  }

  fileprivate func expectChecks() async throws {
    let broken = try await store.read { tx in
      try Features.all.flatMap(\.checks).compactMap { check in try check.breaches(tx) == 0 ? nil : check.name }
    }
    #expect(broken == [])
  }
}

import Kit
import Store
import Web

/// The decks somebody brought along, and the ways in and out.
struct ShowDecks: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> DecksPage {
    let decks = try tx.rows(
      """
      SELECT deck_card.deck, count(*) AS n FROM deck_card JOIN card ON card.org_id = deck_card.org_id AND card.id = deck_card.card_id
      WHERE deck_card.org_id = \(viewer.org) AND card.person_id = \(viewer.person) GROUP BY deck_card.deck ORDER BY deck_card.deck LIMIT 200
      """
    ).map { row in DecksPage.Deck(name: try row("deck", as: String.self).replacing("::", with: " › "), cards: counted(try row("n"), "card"))
    }
    let cards = try tx.count("SELECT count(*) FROM card WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    return DecksPage(
      decks: decks, cards: cards == 0 ? nil : counted(cards, "card"),
      form: Form(
        "/learn/decks", button: "Take it in", id: "deck", multipart: true,
        [
          {
            var field = Form.Field.file(
              "file", "Anki package (.apkg)", help: "At most 50 MB. Cards, media, dates and answers come along. Nothing you know is lost.")
            field.accept = ".apkg,.zip"
            return field
          }(),
          .checkbox("dry_run", "Only check it", checked: false, help: "Says what would happen, and changes nothing."),
        ]))
  }
}

struct DecksPage: Output {
  let decks: [Deck]
  /// "48 cards"; absent without cards.
  let cards: String?
  let form: Form

  struct Deck: Output {
    let name: String
    let cards: String
  }
}

/// Takes in a package from the browser.
struct TakeDeck: Input {
  var file: Upload?
  var dryRun: Bool?

  static let endpoint = Endpoint.custom(
    .post, "/learn/decks", allow: .member, "Take in an Anki package", input: TakeDeck.self, output: .of(DeckReport.self)
  ) { call, input in
    // Who may is asked before a byte of the file is looked at.
    try await call.reading { tx in _ = try call.admit(tx) }
    guard let bytes = input.file?.bytes, !bytes.isEmpty else { throw Problem.invalid("file", "Choose a package, such as Spanish.apkg.") }
    let deck = try ImportDeck(bytes, isDryRun: input.dryRun == true)
    let act: @Sendable (Transaction) throws -> DeckReport = { tx in try deck(tx, try call.admit(tx), call.site.world) }
    let report = try await deck.isDryRun ? call.reading(act) : call.writing(act)
    let left =
      report.faults.isEmpty ? "" : " \(counted(report.faults.count, "note")) left out: \(report.faults.prefix(3).joined(separator: " "))"
    let said =
      report.isDryRun
      ? "The package holds \(report.words). \(counted(report.cardsAdded, "card")) would be new. Nothing was changed.\(left)"
      : "Taken in: \(report.words). \(counted(report.cardsAdded, "card")) \(report.cardsAdded == 1 ? "is" : "are") new.\(left)"
    return try Answer.acted(report, Destination("/learn/decks", say: said))
  }.with {
    $0.takesFiles = true
    $0.form = "/learn/decks"
  }
}

import Decks
import Kit
import Store
import Web

/// Decks of other programs: cards in, cards out.
extension Feature {
  static let decks = Feature(
    "Decks",
    endpoints: [
      .page("/learn/decks", ShowDecks.self, "decks/show", "Show the decks one brought along"),
      TakeDeck.endpoint, DeckMedia.endpoint,
      .custom(.get, "/learn/decks/export", allow: .member, "Download one's cards as an Anki package", input: NoInput.self) { call, _ in
        let world = call.site.world
        let gathered = try await call.reading { tx in try ExportDeck()(tx, try call.admit(tx), world) }
        return .bytes(try gathered.package(), "application/zip", fileName: "tandem-cards.apkg")
      }.with { $0.contentType = "application/zip" },
    ],
    migrations: DeckTables.migrations,
    checks: [
      Check("every card of a deck belongs to the person of its note", remedy: "Import the deck again.") { tx in
        try tx.count(
          """
          SELECT count(*) FROM deck_card JOIN deck_note ON deck_note.org_id = deck_card.org_id AND deck_note.id = deck_card.note_id
            JOIN card ON card.org_id = deck_card.org_id AND card.id = deck_card.card_id WHERE card.person_id <> deck_note.person_id
          """)
      }
    ],
    personalData: DeckTables.personalData
  )
}

import Kit
import Store
import Web

/// Cards and their reviews.
extension Feature {
  static let reviews = Feature(
    "Reviews",
    endpoints: [
      .page("/reviews", ShowReviews.self, "reviews/show", "Show the card to answer now"),
      .page("/reviews/new", NewCard.self, "reviews/new", "Show the form for a card of one's own"),
      .act(.post, "/reviews", WriteCard.self, "Write a card", form: "/reviews/new", creates: true) {
        Destination("/reviews/\($0.id)", say: "Kept. It comes up with your next reviews.")
      },
      .page("/reviews/cards", ListCards.self, "reviews/cards", "List one's cards"),
      .page("/reviews/settings", ShowReviewSettings.self, "reviews/settings", "Show how one reviews"),
      .act(.post, "/reviews/settings", SaveReviewSettings.self, "Change how one reviews", form: "/reviews/settings") { _ in
        Destination("/reviews/settings", say: "Saved. It counts from each card's next answer.")
      },
      .page("/reviews/:card", ShowCard.self, "reviews/card", "Show a card and its history"),
      .act(.post, "/reviews/:card/answer", AnswerCard.self, "Answer a card") { Destination($0.next) },
      .act(.post, "/reviews/:card/undo", UndoAnswer.self, "Take back an answer") {
        Destination($0.next, say: "Taken back.")
      },
      .act(.post, "/reviews/:card/suspend", SuspendCard.self, "Set a card aside") {
        Destination("/reviews/\($0.id)", say: "Set aside.", undo: Destination.undo("/reviews/\($0.id)/resume"))
      },
      .act(.post, "/reviews/:card/resume", ResumeCard.self, "Bring a card back") {
        Destination("/reviews/\($0.id)", say: "Back in your reviews.")
      },
    ],
    migrations: ReviewTables.migrations,
    checks: ReviewChecks.all,
    personalData: ReviewTables.personalData
  )
}

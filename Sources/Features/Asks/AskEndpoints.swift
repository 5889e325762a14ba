import Kit
import Web

/// The addresses of asks.
enum AskEndpoints {
  static let all: [Endpoint] = [
    .page("/asks", ListAsks.self, "asks/index", "List one's own asks"),
    .page("/asks/new", StartAsk.self, "asks/new", "Begin an ask"),
    .act(.post, "/asks/drafts", KeepDraft.self, "Keep a draft of an ask", form: "/asks/new", creates: true) {
      Destination("/asks/\($0.ask)/draft")
    },
    .page("/asks/:ask/draft", ShowDraft.self, "asks/draft", "Finish a draft of an ask").with { $0.alsoAnswers.insert(409) },
    .act(
      .post, "/asks", "Open an ask", form: "/asks/new", creates: true, then: { Destination("/asks/\($0.ask)/mentors") },
      onSite: { tx, viewer, site, input in try (input as OpenAsk).open(tx, viewer, site.world, most: site.settings.limits.openAsks) }),
    .act(
      .post, "/asks/:ask/opening", "Open a drafted ask", form: "/asks/:ask/draft", then: { Destination("/asks/\($0.ask)/mentors") },
      onSite: { tx, viewer, site, input in try (input as OpenAsk).open(tx, viewer, site.world, most: site.settings.limits.openAsks) }),
    .page("/asks/:ask", ShowAsk.self, "asks/show", "Show an ask"),
    .page("/asks/:ask/mentors", ShowMentors.self, "asks/mentors", "Show the mentors who fit an ask best").with {
      $0.alsoAnswers.insert(409)
    },
    .page("/asks/:ask/mentors/:mentor/slots", ShowHours.self, "asks/slots", "Show the hours shared with a mentor").with {
      $0.alsoAnswers.insert(409)
    },
    .act(.post, "/asks/:ask/holds", HoldHour.self, "Keep an hour for five minutes", form: "/asks/:ask/mentors", creates: true) {
      Destination("/asks/\($0.ask)/booking?mentor=\($0.mentor)&start=\($0.start)")
    },
    .page("/asks/:ask/booking", ShowBooking.self, "asks/booking", "Show the hour that is kept").with { $0.alsoAnswers.insert(409) },
    .act(.post, "/asks/:ask/booking", BookAsk.self, "Book an hour for an ask", form: "/asks/:ask/mentors", creates: true) {
      Destination("/sessions/\($0.session)", say: $0.said)
    },
    .act(.post, "/asks/:ask/offers", SendOffers.self, "Put an ask before anybody who fits", form: "/asks/:ask/mentors") {
      Destination("/asks/\($0.ask)", say: $0.said)
    },
    .act(.post, "/asks/:ask/offers/:offer/booking", PickTime.self, "Pick a time a mentor proposed", form: "/asks/:ask", creates: true) {
      Destination("/sessions/\($0.session)", say: $0.said)
    },
    .act(.post, "/asks/:ask/offers/:offer/decline", DeclineTimes.self, "Take none of the times proposed", form: "/asks/:ask") {
      Destination("/asks/\($0.ask)", say: "We told them, and go on looking.")
    },
    .act(.post, "/asks/:ask/offers/:offer/reply", ReplyToMentor.self, "Reply to a mentor's question", form: "/asks/:ask") {
      Destination("/asks/\($0.ask)", say: "Sent. The clock runs again.")
    },
    .act(.post, "/asks/:ask/withdrawal", WithdrawAsk.self, "Withdraw an ask", form: "/asks/:ask") {
      Destination("/asks", say: $0.said)
    },
  ]
}

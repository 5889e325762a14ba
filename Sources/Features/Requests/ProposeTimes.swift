import Kit
import Store
import Web

/// A mentor can help, at other times: up to three, from which the asker picks one.
struct ProposeTimes: UseCase {
  static let rules: [String: Rule] = ["starts": .list(1...3)]

  var offer: ID<Offer>
  var starts: [Instant]

  init(offer: ID<Offer>, starts: [Instant]) {
    self.offer = offer
    self.starts = starts
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> OfferAnswered {
    let offer = try Offer.answerable(offer, for: viewer, tx)
    guard offer.state.isPending, offer.state != .otherTime else { throw offer.state.refusal }
    guard let ask = try Ask.find(offer.ask, org: viewer.org, tx) else { throw Problem.notFound }
    guard !ask.settings.isWritten else { throw Problem.invalid("starts", "This one is answered in writing.") }
    let times = Set(starts).sorted()
    guard let last = times.last, times.count <= 3 else { throw Problem.invalid("starts", "Choose one to three times.") }
    let shared = Set(try SharedHours.between(mentor: offer.mentor, ask: ask, tx, world))
    guard shared.isSuperset(of: times) else {
      throw Problem.conflict(code: "slot_taken", detail: "One of these hours was taken a moment ago. Choose from the ones shown now.")
    }
    let due = min(last, world.now() + OfferDeadline.longestStandstill)
    try Offer.move(
      offer.id, org: viewer.org, from: [.sent, .seen, .asked], to: .otherTime, also: ", due_at = \(due)", tx)
    try tx.run("DELETE FROM offer_time WHERE org_id = \(viewer.org) AND offer_id = \(offer.id)")
    for time in times {
      try tx.run("INSERT INTO offer_time (org_id, offer_id, start_at) VALUES (\(viewer.org), \(offer.id), \(time))")
    }
    try LapseOffer.schedule(offer.id, org: viewer.org, due: due, tx, world)
    try Offer.refresh(ask: ask.id, org: viewer.org, tx)
    try tx.record(viewer, "offer.other_time", offer.id, [:], world)
    try tx.send(
      Letter(
        to: ask.asker, .request, subject: "\(viewer.name) can help, at another time",
        ["\(viewer.name) proposes \(counted(times.count, "other time")). Pick the one that suits you."],
        buttons: [.init("Pick a time", "/asks/\(ask.id)")]), org: viewer.org, key: "offer-times/\(offer.id)/\(world.now().microseconds)",
      world)
    return OfferAnswered(offer)
  }
}

/// What a mentor's act on an offer answers.
struct OfferAnswered: Output {
  var offer: ID<Offer>
  var ask: ID<Ask>

  init(_ offer: Offer) {
    self.offer = offer.id
    ask = offer.ask
  }
}

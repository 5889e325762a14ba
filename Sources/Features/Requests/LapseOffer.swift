import Jobs
import Kit
import Store
import Web

/// The time to answer an offer is over: it goes to the next best. One job for each deadline an offer had; only the last finds it due.
/// Only a mentor who said nothing was silent; one who waited for the asker's word is let go.
struct LapseOffer: Job {
  static let kind = "lapse-offer"
  var offer: ID<Offer>

  static func schedule(_ offer: ID<Offer>, org: ID<Organisation>, due: Instant, _ tx: Transaction, _ world: World) throws {
    try tx.enqueue(LapseOffer(offer: offer), for: org, key: "\(offer)/\(due.microseconds)", at: due, world)
  }

  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    guard let offer = try Offer.find(offer, org: org, tx), offer.state.isPending, offer.dueAt <= world.now() else { return }
    let wasSilent = Offer.State.silent.contains(offer.state)
    try Offer.move(
      offer.id, org: org, from: [offer.state], to: wasSilent ? .lapsed : .withdrawn, also: ", ended_at = \(world.now())", tx)
    try tx.record(org: org, actor: nil, origin: "job", wasSilent ? "offer.lapsed" : "offer.withdrawn", offer.id, [:], world)
    if wasSilent { try MentorPause.afterSilence(of: offer.mentor, org: org, tx, world) }
    try Offering.goOn(offer.ask, org: org, tx, world)
  }
}

/// One reminder to a mentor who has not answered.
struct RemindOffer: Job {
  static let kind = "remind-offer"
  var offer: ID<Offer>

  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    guard let offer = try Offer.find(offer, org: org, tx), Offer.State.silent.contains(offer.state), offer.dueAt > world.now(),
      let ask = try Ask.find(offer.ask, org: org, tx)
    else { return }
    try OfferLetter.reminder(offer, ask, tx, world)
  }
}

/// Looks again for an ask that had run out of mentors.
struct OfferAgain: Job {
  static let kind = "offer-again"
  var ask: ID<Ask>
}

/// An ask that nobody took in its time ends.
struct ExpireAsk: Job {
  static let kind = "expire-ask"
  var ask: ID<Ask>

  /// For an end other than the one that was planned when the ask was opened.
  static func plan(_ ask: ID<Ask>, org: ID<Organisation>, at end: Instant, _ tx: Transaction, _ world: World) throws {
    try tx.enqueue(ExpireAsk(ask: ask), for: org, key: "\(ask)/\(end.microseconds)", at: end, world)
  }
}

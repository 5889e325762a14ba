import Kit
import Store
import Web

/// The asker picks one of the times a mentor proposed.
struct PickTime: UseCase {
  var ask: ID<Ask>
  var offer: ID<Offer>
  var start: Instant

  init(ask: ID<Ask>, offer: ID<Offer>, start: Instant) {
    self.ask = ask
    self.offer = offer
    self.start = start
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> BookAsk.Result {
    let ask = try Ask.find(ask, for: viewer, tx)
    guard let offer = try Offer.find(offer, org: viewer.org, tx), offer.ask == ask.id else { throw Problem.notFound }
    guard ask.state.isWaiting else { throw ask.state.refusal }
    guard offer.state == .otherTime else {
      throw Problem.conflict(code: "offer_\(offer.state.rawValue)", detail: "These times are no longer proposed.")
    }
    guard try Offer.times(of: [offer.id], org: viewer.org, tx)[offer.id]?.contains(start) == true else {
      throw Problem.invalid("start", "Choose one of the times proposed.")
    }
    let session = try Booking.book(
      tx, viewer, mentor: offer.mentor, mentee: viewer.person, start: start, minutes: ask.minutes, kind: ask.kind, title: ask.title,
      question: ask.question, ask: ask.id, agreed: true, world)
    let member = try Member.find(offer.mentor, for: viewer, tx)
    let hour = HourChoice(start, mentor: member, viewer, now: world.now())
    return BookAsk.Result(
      ask: ask.id, session: session, said: "Booked. \(hour.moment.text) your time" + (hour.other.map { ", \($0)" } ?? "") + ".")
  }
}

/// None of the proposed times suits: the next best mentor is asked.
struct DeclineTimes: UseCase {
  var ask: ID<Ask>
  var offer: ID<Offer>

  init(ask: ID<Ask>, offer: ID<Offer>) {
    self.ask = ask
    self.offer = offer
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> OfferAnswered {
    let ask = try Ask.find(ask, for: viewer, tx)
    guard let offer = try Offer.find(offer, org: viewer.org, tx), offer.ask == ask.id else { throw Problem.notFound }
    try Offer.move(offer.id, org: viewer.org, from: [.otherTime], to: .withdrawn, also: ", ended_at = \(world.now())", tx)
    try tx.record(viewer, "offer.declined", offer.id, [:], world)
    try tx.send(
      Letter(
        to: offer.mentor, .request, subject: "The times did not fit", ["None of your times suited this once. Thank you for proposing them."]
      ),
      org: viewer.org, key: "offer-declined/\(offer.id)", world)
    try Offering.goOn(ask.id, org: viewer.org, tx, world)
    return OfferAnswered(offer)
  }
}

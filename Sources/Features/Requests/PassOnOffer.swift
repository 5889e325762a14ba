import Kit
import Store
import Web

/// A mentor passes an ask on, with a reason nobody else reads. The next best is asked at once.
struct PassOnOffer: UseCase {
  static let rules: [String: Rule] = ["reason": .text(0...500)]

  var offer: ID<Offer>
  var reason: String?

  init(offer: ID<Offer>, reason: String? = nil) {
    self.offer = offer
    self.reason = reason
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> OfferAnswered {
    let offer = try Offer.find(offer, for: viewer, tx)
    let text = reason?.trimmed ?? ""
    try Offer.move(
      offer.id, org: viewer.org, from: Offer.State.pending, to: .passed,
      also: ", reason = \(text.isEmpty ? nil : text), ended_at = \(world.now())", tx)
    try tx.withdraw(RemindOffer.self, key: "\(offer.id)")
    try tx.record(viewer, "offer.passed", offer.id, [:], world)
    try Offering.goOn(offer.ask, org: viewer.org, tx, world)
    return OfferAnswered(offer)
  }
}

import Kit
import Store
import Web

/// Puts an ask before anybody who fits, the best first, or before one mentor of the asker's choice.
struct SendOffers: UseCase {
  var ask: ID<Ask>
  var mentor: ID<Person>?

  init(ask: ID<Ask>, mentor: ID<Person>? = nil) {
    self.ask = ask
    self.mentor = mentor
  }

  struct Result: Output {
    var ask: ID<Ask>
    var state: Ask.State
    var offers: Int
    /// "Sent to Ines first. You will hear from us."
    var said: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let ask = try Ask.find(ask, for: viewer, tx)
    if let mentor {
      guard try Member.find(meetable: mentor, for: viewer, tx).isMentor, mentor != viewer.person else { throw Problem.notFound }
    }
    // Its end can be past while a mentor still says whether an hour suits them.
    if let end = ask.expiresAt, end <= world.now() {
      throw Problem.conflict(code: "ask_over", detail: "This ask ends with the answer to the time you chose. Then ask again.")
    }
    try Ask.move(ask.id, org: viewer.org, from: [.open], to: .offered, tx)
    try tx.record(viewer, "ask.offered", ask.id, [:], world)
    try Offering.goOn(ask.id, org: viewer.org, first: mentor, tx, world)
    let now = try Ask.find(ask.id, for: viewer, tx)
    let pending = try Offer.all(of: ask.id, org: viewer.org, tx).filter(\.state.isPending)
    return Result(
      ask: ask.id, state: now.state, offers: pending.count,
      said: try said(pending.map(\.mentor), wished: mentor ?? ask.wished, tx, viewer))
  }

  private func said(_ asked: [ID<Person>], wished: ID<Person>?, _ tx: Transaction, _ viewer: Viewer) throws -> String {
    if asked.isEmpty {
      return try MentorCount.isZero(besides: viewer, tx) ? MentorCount.nobody : "Nobody has room right now. We look again every day."
    }
    guard let wished, let name = try Member.find([wished], org: viewer.org, tx).first?.firstName else {
      return "Sent. You will hear from us."
    }
    return asked.contains(wished)
      ? "Sent to \(name) first. You will hear from us." : "Sent. \(name) cannot take it, so somebody else is asked."
  }
}

import Jobs
import Kit
import Store
import Web

extension JobHandler {
  /// The jobs of offers and asks: each looks at the world again in one transaction.
  static let offers: [JobHandler] = [
    JobHandler(LapseOffer.self) { job, run in
      let org = try run.org()
      try await run.store.write { tx in try job(tx, org: org, run.world) }
    },
    JobHandler(RemindOffer.self) { job, run in
      let org = try run.org()
      try await run.store.write { tx in try job(tx, org: org, run.world) }
    },
    JobHandler(OfferAgain.self) { job, run in
      let org = try run.org()
      try await run.store.write { tx in try job(tx, org: org, run.world) }
    },
    JobHandler(ExpireAsk.self) { job, run in
      let org = try run.org()
      try await run.store.write { tx in try job(tx, org: org, run.world) }
    },
  ]
}

extension OfferAgain {
  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    guard let ask = try Ask.find(ask, org: org, tx), ask.state == .offered else { return }
    try Offering.goOn(ask.id, org: org, tx, world)
  }
}

extension ExpireAsk {
  func callAsFunction(_ tx: Transaction, org: ID<Organisation>, _ world: World) throws {
    guard let ask = try Ask.find(ask, org: org, tx), ask.state.isWaiting, let end = ask.expiresAt, end <= world.now() else { return }
    // A mentor is still asked whether an hour suits them; their yes would be the help.
    if let due = try Approval.latestDue(for: ask.id, org: org, tx, world) {
      return try ExpireAsk.plan(ask.id, org: org, at: due, tx, world)
    }
    try Ask.move(ask.id, org: org, from: Ask.State.waiting, to: .expired, also: ", closed_at = \(world.now())", tx)
    try Offer.endPending(of: ask.id, org: org, because: "The ask ended before it found its time. Thank you for being there.", tx, world)
    try tx.record(org: org, actor: nil, origin: "job", "ask.expired", ask.id, [:], world)
    try tx.send(
      Letter(
        to: ask.asker, .request, subject: "Your ask found nobody in time",
        ["Nobody could take your ask. A shorter session, another week or fewer conditions often help. Your words are kept."],
        quote: ask.question.shortened(to: 300), buttons: [.init("Ask again", "/asks/new?from=\(ask.id)")]), org: org,
      key: "ask-expired/\(ask.id)", world)
  }
}

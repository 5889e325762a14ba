import Kit
import Store
import Web

/// The asker needs no help any more, or throws a draft away.
struct WithdrawAsk: UseCase {
  var ask: ID<Ask>

  init(ask: ID<Ask>) { self.ask = ask }

  struct Result: Output {
    var ask: ID<Ask>
    var state: Ask.State
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let ask = try Ask.find(ask, for: viewer, tx)
    try Ask.move(
      ask.id, org: viewer.org, from: [.draft] + Ask.State.waiting, to: .withdrawn, also: ", closed_at = \(world.now())", tx)
    try Offer.endPending(of: ask.id, org: viewer.org, because: "The ask was withdrawn. Thank you for being there.", tx, world)
    try tx.withdraw(ExpireAsk.self, key: "\(ask.id)")
    try tx.record(viewer, "ask.withdrawn", ask.id, [:], world)
    return Result(ask: ask.id, state: .withdrawn)
  }
}

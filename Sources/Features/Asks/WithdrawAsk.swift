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
    /// What the page says next.
    var said: String
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let ask = try Ask.find(ask, for: viewer, tx)
    try Self.withdraw(ask.id, tx, viewer, world)
    return Result(
      ask: ask.id, state: .withdrawn, said: ask.state == .draft ? "Thrown away." : "Withdrawn. Everybody who was asked knows.")
  }

  /// Ends an ask that nobody has taken, in the name of the viewer, who need not be the asker: an administrator may let somebody go.
  static func withdraw(_ ask: ID<Ask>, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    try Ask.move(
      ask, org: viewer.org, from: [.draft] + Ask.State.waiting, to: .withdrawn, also: ", closed_at = \(world.now())", tx)
    try Offer.endPending(of: ask, org: viewer.org, because: "The ask was withdrawn. Thank you for being there.", tx, world)
    try tx.withdraw(ExpireAsk.self, keysFrom: "\(ask)")
    try tx.record(viewer, "ask.withdrawn", ask, [:], world)
  }
}

import Jobs
import Kit
import Store
import Web

/// Asks for a demo organisation. Offered only to somebody who is alone in the installation: later there is real life to look at.
struct StartDemo: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    if let refusal = try StartDemo.refusal(viewer, tx) { throw Problem.conflict(code: "no_demo_here", detail: refusal) }
    let now = world.now()
    try tx.run("DELETE FROM demo WHERE org_id = \(viewer.org) AND state = \(InstalledDemo.State.failed)")
    let made = try tx.run(
      """
      INSERT INTO demo (org_id, demo_id, state, played, started_by, started_at)
      VALUES (\(viewer.org), \(nil as ID<Organisation>?), \(InstalledDemo.State.waiting), 0, \(viewer.person), \(now))
      ON CONFLICT (org_id) DO NOTHING
      """)
    guard made == 1 else { throw Problem.conflict(code: "demo_there", detail: "There is a demo organisation already.") }
    try tx.enqueue(FillDemo(), for: viewer.org, key: "\(viewer.org)@\(now.microseconds)", at: now, world)
    try tx.record(viewer, "demo.started", viewer.person, [:], world)
    return Done()
  }

  /// Why no demo is made here; nil when one may be.
  static func refusal(_ viewer: Viewer, _ tx: Transaction) throws -> String? {
    if try !Member.isAlone(viewer, tx) { return "A demo is offered only while you are alone here. You have members already." }
    if try Neighbours.exist(tx) { return "Several organisations share this installation, so no demo is added to it." }
    return nil
  }
}

/// Removes the demo organisation with everything in it.
struct RemoveDemo: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    guard let installed = try InstalledDemo.of(viewer.org, tx) else { throw InstalledDemo.absent }
    if installed.isRunning {
      throw Problem.conflict(code: "demo_running", detail: "The demo is being made. Wait until it is there, then remove it.")
    }
    if let demo = installed.demo { try EraseOrganisation(org: demo)(tx) }
    try tx.run("DELETE FROM demo WHERE org_id = \(viewer.org)")
    try tx.record(viewer, "demo.removed", viewer.person, [:], world)
    return Done()
  }
}

/// Deletes an organisation with all its rows, whatever part of the product they belong to.
struct EraseOrganisation {
  let org: ID<Organisation>

  func callAsFunction(_ tx: Transaction) throws {
    try tx.deleteEverywhere("org_id", org)
    try tx.run("DELETE FROM organisation WHERE id = \(org)")
  }
}

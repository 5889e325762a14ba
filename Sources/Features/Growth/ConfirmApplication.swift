import Kit
import Store
import Web

/// Another person says that it happened.
public struct ConfirmApplication: UseCase {
  public var application: ID<Application>

  public init(application: ID<Application>) { self.application = application }

  public func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Decided {
    try Decided.decide(application, .confirmed, tx, viewer, world)
  }
}

/// Another person says that they cannot confirm it.
struct DeclineApplication: UseCase {
  var application: ID<Application>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Decided {
    try Decided.decide(application, .declined, tx, viewer, world)
  }
}

/// Takes back what was decided, within the undo of the page.
struct ReopenApplication: UseCase {
  var application: ID<Application>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Decided {
    let found = try Decided.asked(application, viewer, tx)
    try tx.swap(
      """
      UPDATE application SET state = \(Application.State.asked), decided_by = NULL, decided_at = NULL
      WHERE org_id = \(viewer.org) AND id = \(found.id) AND decided_by = \(viewer.person)
      """, otherwise: .conflict(code: "application_open", detail: "Nothing was decided yet."))
    try tx.record(viewer, "application.reopened", found.id, [:], world)
    return Decided(id: found.id, state: .asked)
  }
}

public struct Decided: Output {
  public let id: ID<Application>
  public let state: Application.State

  /// Evidence that the viewer was asked about. One's own is seen but not decided on.
  fileprivate static func asked(_ id: ID<Application>, _ viewer: Viewer, _ tx: Transaction) throws -> Application {
    let found = try Application.find(id, for: viewer, tx)
    guard found.person != viewer.person else { throw Problem.forbidden("Somebody else has to confirm what you did.") }
    return found
  }

  fileprivate static func decide(
    _ id: ID<Application>, _ state: Application.State, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws -> Decided {
    let found = try asked(id, viewer, tx)
    try tx.swap(
      """
      UPDATE application SET state = \(state), decided_by = \(viewer.person), decided_at = \(world.now())
      WHERE org_id = \(viewer.org) AND id = \(found.id) AND state = \(Application.State.asked)
      """, otherwise: .conflict(code: "application_decided", detail: "This was decided already: \(found.state.words.lowercased())."))
    try tx.record(viewer, "application.\(state.rawValue)", found.id, [:], world)
    return Decided(id: found.id, state: state)
  }
}

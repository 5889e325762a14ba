import Kit
import Store
import Web

/// Ticks an own action off.
struct FinishAction: UseCase {
  var action: ID<ActionItem>
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ActionItem {
    try SettledAction.set(action, .done, tx, viewer, world)
  }
}

/// Gives an own action up.
struct DropAction: UseCase {
  var action: ID<ActionItem>
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ActionItem {
    try SettledAction.set(action, .dropped, tx, viewer, world)
  }
}

/// Takes either back.
struct ReopenAction: UseCase {
  var action: ID<ActionItem>
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ActionItem {
    try SettledAction.set(action, .open, tx, viewer, world)
  }
}

enum SettledAction {
  static func set(_ id: ID<ActionItem>, _ state: ActionItem.State, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ActionItem
  {
    let own: SQL = "org_id = \(viewer.org) AND id = \(id) AND owner_id = \(viewer.person)"
    guard let found: ActionItem = try tx.first("SELECT \(ActionItem.columns) FROM action_item WHERE \(own)") else { throw Problem.notFound }
    if found.state == state { return found }
    try tx.swap(
      "UPDATE action_item SET state = \(state), settled_at = \(state == .open ? nil : world.now()) WHERE \(own) AND state = \(found.state)",
      otherwise: .conflict(code: "action_changed", detail: "This action changed a moment ago. Look at it again."))
    try tx.record(viewer, "action.\(state == .open ? "reopened" : state.rawValue)", id, [:], world)
    guard let now: ActionItem = try tx.first("SELECT \(ActionItem.columns) FROM action_item WHERE \(own)") else { throw Problem.notFound }
    return now
  }
}

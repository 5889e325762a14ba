import Kit
import Store
import Web

/// What the viewer has promised.
struct ListActions: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> ActionsPage {
    let open = try ActionItems.open(viewer.person, org: viewer.org, limit: 100, tx)
    let settled = try ActionItems.settled(viewer.person, org: viewer.org, tx)
    let partners = try Member.named((open + settled).map(\.partner), org: viewer.org, tx)
    let today = viewer.today(world)
    func entry(_ action: ActionItem) -> ActionsPage.Entry {
      ActionsPage.Entry(
        id: action.id, session: action.session, text: action.text, due: action.dueWords(today: today),
        isOver: action.due < today.description,
        isDone: action.state == .done, to: partners[action.partner]?.name ?? "")
    }
    return ActionsPage(open: open.map(entry), settled: settled.map(entry), isEmpty: open.isEmpty && settled.isEmpty)
  }
}

struct ActionsPage: Output {
  struct Entry: Output {
    let id: ID<ActionItem>
    let session: ID<Session>
    let text: String
    let due: String
    let isOver: Bool
    let isDone: Bool
    let to: String
  }

  let open: [Entry]
  let settled: [Entry]
  let isEmpty: Bool
}

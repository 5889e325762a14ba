import Kit
import Store
import Web

/// Whoever asked without a name has none for the mentor until the session is booked.
enum HiddenAsker {
  static let word = "Somebody"

  /// Not booked, and never was.
  private static let unbooked: Set<Session.State> = [.held, .lapsed]

  /// What the mentor reads instead of the asker's name; nil where the name may be read.
  static func name(of session: Session, _ tx: Transaction) throws -> String? {
    guard unbooked.contains(session.state), let ask = session.ask, let found = try Ask.find(ask, org: session.org, tx) else { return nil }
    return found.isAnonymous ? word : nil
  }

  /// Those of some sessions whose mentor the viewer is and whose asker has no name yet.
  static func among(_ sessions: [Session], _ viewer: Viewer, _ tx: Transaction) throws -> Set<ID<Session>> {
    let waiting = sessions.filter { $0.mentor == viewer.person && unbooked.contains($0.state) }
    let asks = waiting.compactMap(\.ask)
    if asks.isEmpty { return [] }
    let hidden = Set(
      try tx.values(
        "SELECT id FROM ask WHERE org_id = \(viewer.org) AND is_anonymous = 1 AND id IN \(SQL.list(asks))", as: ID<Ask>.self))
    return Set(waiting.filter { session in session.ask.map { hidden.contains($0) } ?? false }.map(\.id))
  }
}

extension Member {
  /// Nobody in particular, in the viewer's own zone: a clock would tell where they are.
  init(hiddenFrom viewer: Viewer) {
    id = ID(0)
    name = HiddenAsker.word
    title = ""
    department = ""
    zone = viewer.zone
    languages = []
    isMentor = false
    initials = Avatar.initials(HiddenAsker.word)
    ground = Avatar.ground(ID<Person>(0))
  }

  var isHidden: Bool { id == ID(0) }
}

extension Addressee {
  /// Nobody in particular, in the receiver's own zone.
  init(hiddenFrom receiver: Addressee) {
    org = receiver.org
    id = ID(0)
    email = ""
    name = HiddenAsker.word
    zone = receiver.zone
    isActive = true
    roles = .member
  }
}

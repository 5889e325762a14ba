import Kit
import Scheduling
import Store
import Web

/// Open disputes of the organisation, for those who settle them. Nothing of what the two discuss is shown.
struct ListDisputes: UseCase {
  struct Page: Output {
    let disputes: [Entry]
    let isEmpty: Bool
  }

  struct Entry: Output {
    let session: ID<Session>
    let start: Moment
    let mentor: String
    let mentee: String
    let absent: String
    let raisedBy: String
    let words: String
    /// What became of the reminders to the one who was missing.
    let reminders: String
    let form: Form
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let open: [Dispute] = try tx.all(
      "SELECT \(Dispute.columns) FROM dispute WHERE org_id = \(viewer.org) AND settled_at IS NULL ORDER BY raised_at LIMIT 100")
    let entries = try open.compactMap { try entry($0, viewer, tx, world) }
    return Page(disputes: entries, isEmpty: entries.isEmpty)
  }

  private func entry(_ dispute: Dispute, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> Entry? {
    guard let session = try Session.find(dispute.session, org: viewer.org, tx),
      let absence = try Dispute.absence(session.id, org: viewer.org, tx)
    else { return nil }
    let names = try Member.named(session.people, org: viewer.org, tx).mapValues(\.name)
    let sent = try Reminder.sent(session.id, to: absence.person, org: viewer.org, tx)
    return Entry(
      session: session.id, start: Moment(session.start, viewer, now: world.now()), mentor: names[session.mentor] ?? "",
      mentee: names[session.mentee] ?? "", absent: names[absence.person] ?? "", raisedBy: names[dispute.raisedBy] ?? "",
      words: dispute.words, reminders: sent == 0 ? "No reminder reached the mail server." : "\(counted(sent, "reminder")) sent.",
      form: Form(
        "/sessions/disputes/\(session.id)/settlement", button: "Settle", id: "settle-\(session.id)",
        [
          .choose(
            .radio, "outcome", "What was it?",
            [.init("stands", "A no-show"), .init("met", "They met"), .init("excused", "Nobody is to blame")])
        ]))
  }
}

import Jobs
import Kit
import Store
import Web

/// Meetings with seats: group sessions and office hours. Whoever comes when all seats are taken waits, and the line moves by itself.
extension Feature {
  static let groups = Feature(
    "Groups",
    endpoints: [
      .page("/groups", ListGroups.self, "groups/index", "List group sessions and office hours"),
      .page("/groups/new", NewGroup.self, allow: .mentor, "groups/new", "Show the form for a group session"),
      .act(.post, "/groups", OpenGroup.self, allow: .mentor, "Open a group session", form: "/groups/new", creates: true) {
        Destination("/groups/\($0.id)", say: "Open. Everybody can take a seat.")
      },
      .page("/groups/:group", ShowGroup.self, "groups/show", "Show a group session"),
      .act(.post, "/groups/:group/seat", TakeSeat.self, "Take a seat, or wait for one", form: "/groups/:group") {
        Destination("/groups/\($0.id)", say: $0.seat == .waiting ? "All seats are taken. You are in line." : "The seat is yours.")
      },
      .act(.post, "/groups/:group/seat/release", LeaveGroup.self, "Give a seat or a place in line back", form: "/groups/:group") {
        Destination("/groups/\($0.id)", say: "Given back. The next in line hears of it.")
      },
      .act(.post, "/groups/:group/cancel", CancelGroup.self, allow: .mentor, "Cancel a group session", form: "/groups/:group") {
        Destination("/groups/\($0.id)", say: "Cancelled. We tell everybody who had a seat.")
      },
    ],
    migrations: GroupTables.migrations,
    jobs: { site in
      [
        JobHandler(GroupMail.self) { job, run in try await run.store.write { tx in try job.send(tx, org: run.org(), site) } },
        JobHandler(GroupReminder.self) { job, run in try await run.store.write { tx in try job.send(tx, org: run.org(), site.world) } },
        JobHandler(EndSeatOffer.self) { job, run in try await run.store.write { tx in try job(tx, org: run.org(), run.world) } },
      ]
    },
    checks: GroupTables.checks,
    personalData: GroupTables.personalData)
}

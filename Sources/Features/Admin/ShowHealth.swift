import Jobs
import Kit
import Store
import Web

struct HealthPage: Output {
  let rows: [HealthRow]
  let dead: [DeadLine]
  let summary: String
  let tabs: AdminTabs

  struct DeadLine: Output {
    let id: ID<QueuedJob>
    let kind: String
    let failure: String
    let attempts: String
    let at: Moment?
  }

  static let endpoint = Endpoint.custom(
    .get, "/admin/health", allow: .admin, "How the installation stands", input: NoInput.self, output: .of(HealthPage.self)
  ) { call, _ in
    let site = call.site
    let now = site.world.now()
    let (viewer, dead) = try await call.reading { tx in
      let viewer = try call.admit(tx)
      return (viewer, try DeadJob.list(org: viewer.org, limit: 50, tx))
    }
    let rows = await Health(site: site).rows()
    let bad = rows.filter { $0.state != .good }.count
    let page = HealthPage(
      rows: rows,
      dead: dead.map {
        DeadLine(
          id: $0.id, kind: $0.kind, failure: $0.failure.shortened(to: 300), attempts: counted($0.attempts, "attempt"),
          at: $0.finishedAt.map { Moment($0, viewer, now: now) })
      }, summary: bad == 0 ? "Everything is fine." : "\(counted(bad, "row")) to look at.", tabs: AdminTabs("/admin/health"))
    return try Answer.page("admin/health", page, viewer: viewer)
  }
}

/// Gives a job that was given up another round of attempts.
struct RetryJob: UseCase {
  var job: ID<QueuedJob>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    try DeadJob.retry(job, org: viewer.org, tx, now: world.now())
    try tx.record(viewer, "job.retried", job, [:], world)
    return Done()
  }
}

/// The pages of Admin as tabs.
struct AdminTabs: Output {
  let label: String
  let tabs: [Tab]

  struct Tab: Output {
    let label: String
    let href: String
    let current: Bool
  }

  init(_ path: String) {
    label = "Admin"
    tabs = [
      ("Overview", "/admin"), ("Health", "/admin/health"), ("Members", "/members"), ("Organisation", "/admin/organisation"),
      ("Matching", "/admin/matching"),
      ("Mail", "/admin/mail"), ("Activity", "/admin/audit"), ("Backups", "/admin/backups"),
    ].map { Tab(label: $0.0, href: $0.1, current: $0.1 == path) }
  }
}

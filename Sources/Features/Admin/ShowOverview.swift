import Kit
import Store
import Web

/// What an administrator should look at first.
struct OverviewPage: Output {
  let attention: [HealthRow]
  let calm: Bool
  let figures: [Stat]
  let recent: [AuditLine]
  /// The name of the demo organisation, while there is one.
  let demo: String?
  let tabs: AdminTabs

  struct Stat: Output {
    let label: String
    let value: String
    let href: String
  }

  static let endpoint = Endpoint.custom(
    .get, "/admin", allow: .admin, "What needs an administrator", input: NoInput.self, output: .of(OverviewPage.self)
  ) { call, _ in
    let site = call.site
    let world = site.world
    let (viewer, figures, recent, demo) = try await call.reading { tx in
      let viewer = try call.admit(tx)
      let row = try tx.row(
        """
        SELECT coalesce(sum(CASE WHEN state = 'active' THEN 1 ELSE 0 END), 0) AS active,
          coalesce(sum(CASE WHEN state = 'active' AND (roles & \(Roles.mentor.rawValue)) <> 0 THEN 1 ELSE 0 END), 0) AS mentors,
          coalesce(sum(CASE WHEN state = 'suspended' THEN 1 ELSE 0 END), 0) AS suspended
        FROM person WHERE org_id = \(viewer.org)
        """)
      let invites = try tx.count(
        """
        SELECT count(*) FROM invite WHERE org_id = \(viewer.org) AND revoked_at IS NULL AND uses < most_uses AND expires_at > \(world.now())
        """)
      let figures = [
        Stat(label: "Active members", value: "\(try row?("active", as: Int.self) ?? 0)", href: "/members?state=active"),
        Stat(label: "Mentors", value: "\(try row?("mentors", as: Int.self) ?? 0)", href: "/members?role=mentor&state=active"),
        Stat(label: "Suspended", value: "\(try row?("suspended", as: Int.self) ?? 0)", href: "/members?state=suspended"),
        Stat(label: "Open invitations", value: "\(invites)", href: "/invites"),
      ]
      let demo = try InstalledDemo.of(viewer.org, tx).map { _ in InstalledDemo.name }
      return (viewer, figures, try AuditLine.list(AuditFilter(), limit: 8, viewer, tx, world), demo)
    }
    let attention = await Health(site: site).rows().filter { $0.state != .good }.sorted { $0.state == .bad && $1.state != .bad }
    return try Answer.page(
      "admin/overview",
      OverviewPage(attention: attention, calm: attention.isEmpty, figures: figures, recent: recent, demo: demo, tabs: AdminTabs("/admin")),
      viewer: viewer)
  }
}

/// The second step of the setup, and a page to come back to: mail, address, people.
struct StartPage: Output {
  let mail: MailFacts
  let address: String
  let isLocal: Bool
  let testForm: Form
  let own: OwnSettings
  let version: String

  static let endpoint = Endpoint.custom(
    .get, "/admin/start", allow: .admin, "The next steps after the setup", input: NoInput.self, output: .of(StartPage.self)
  ) { call, _ in
    let site = call.site
    let (viewer, own) = try await call.reading { tx in (try call.admit(tx), try OwnSettings("/admin/start", tx, site)) }
    let url = site.settings.baseURL
    return try Answer.page(
      "admin/start",
      StartPage(
        mail: MailFacts(site), address: url, isLocal: url.contains("://127.0.0.1") || url.contains("://localhost"),
        testForm: SendTestMail.form(back: "/admin/start"), own: own, version: site.settings.version), viewer: viewer)
  }.with { $0.surface = .page }
}

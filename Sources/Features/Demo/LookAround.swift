import Kit
import Store
import Web

/// Lets the administrator who made a demo look around in it as one of its people, and come back.
struct LookAround: Input {
  /// Who to be.
  enum Part: String, Choice {
    case mentee, mentor, manager
  }

  var part: Part

  static let endpoint = Endpoint.custom(
    .post, "/admin/demo/entries", allow: .admin, "Look around in the demo as one of its people", input: LookAround.self
  ) { call, input in
    let site = call.site
    guard let own = call.cookies[site.settings.sessionCookie] else { throw Problem.forbidden("Sign in with a browser to look around.") }
    let token = try await call.writing { tx in
      let viewer = try call.admit(tx)
      guard let installed = try InstalledDemo.of(viewer.org, tx), installed.state == .ready, let demo = installed.demo,
        let person = try person(input.part, demo, tx)
      else { throw InstalledDemo.absent }
      try tx.record(viewer, "demo.entered", viewer.person, ["part": input.part.rawValue], site.world)
      return try SignInSession.open(
        org: demo, person: person.id, roles: person.roles, by: .demo, agent: Agent.coarse(call.headers[.userAgent]), address: call.address,
        tx,
        site.world)
    }
    return try Answer.acted(Done(), Destination("/"))
      .cookie(SignInSession.cookie(token, site.settings))
      .cookie(WayHome.make(own, site))
  }.with {
    $0.surface = .page
    $0.form = "/admin/start/people"
  }

  private static func person(_ part: Part, _ demo: ID<Organisation>, _ tx: Transaction) throws -> (id: ID<Person>, roles: Roles)? {
    guard let lead = DemoCast.northwind.first(where: { $0.key == part.rawValue }) else { return nil }
    let email = Founding.address(lead.name, InstalledDemo.domain)
    let row = try tx.row("SELECT id, roles FROM person WHERE org_id = \(demo) AND email = \(email) AND state = 'active'")
    return try row.map { (try $0("id"), Roles(rawValue: try $0("roles"))) }
  }
}

/// The administrator's own session, kept in the browser while they look around in a demo.
enum WayHome {
  static let cookie = LookingAround.cookie

  static func make(_ token: String, _ site: Site) -> String { SignedCookie.make(cookie, token, seconds: 86_400, site) }

  static func read(_ cookies: [String: String], _ site: Site) -> String? { SignedCookie.read(cookie, cookies, site) }
}

/// Ends the look around and goes back to the own organisation.
enum LeaveDemo {
  static let endpoint = Endpoint.custom(.post, "/demo/leave", allow: .anyone, "Leave the demo", input: NoInput.self) { call, _ in
    let site = call.site
    guard let own = WayHome.read(call.cookies, site) else { return try Answer.acted(Done(), Destination("/")) }
    if case .session(let hash)? = call.credential {
      _ = try await call.writing { tx in
        try tx.run("DELETE FROM sign_in_session WHERE token_hash = \(hash) AND method = \(SignInSession.Method.demo)")
      }
    }
    return try Answer.acted(Done(), Destination("/admin/start/people"))
      .cookie(SignInSession.cookie(own, site.settings))
      .cookie(SignedCookie.expired(WayHome.cookie, site))
  }.with { $0.surface = .page }
}

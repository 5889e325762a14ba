import Features
import Kit
import TandemTesting
import Testing
import Web

/// A scene in which one person of each role calls endpoints.
struct Trial {
  let scene: Scene
  let objects: SceneObjects
  private let extra: [Matrix.Role: Browser]

  init(_ scene: Scene) async throws {
    self.scene = scene
    objects = try await SceneObjects(scene)
    var extra: [Matrix.Role: Browser] = [:]
    for role in [Matrix.Role.editor, .moderator] { extra[role] = try await scene.newcomer(role) }
    self.extra = extra
  }

  /// Whoever owns the objects of this role, and somebody of the same role who does not.
  private func people(_ role: Matrix.Role) -> (owner: Scene.Role?, stranger: Scene.Role?) {
    switch role {
    case .member: (.ben, .ravi)
    case .mentor: (.ada, .cleo)
    case .manager: (nil, .mara)
    case .admin: (nil, .omar)
    case .anon, .editor, .moderator, .other: (nil, nil)
    }
  }

  private func browser(_ role: Matrix.Role, isOwner: Bool) async throws -> Browser? {
    if role == .anon { return isOwner ? nil : scene.stranger }
    if let known = extra[role] { return isOwner ? nil : known }
    let people = people(role)
    guard let person = isOwner ? people.owner : people.stranger else { return nil }
    return try await scene.browser(person)
  }

  /// Those who are refused call first, so that nobody finds the object changed.
  func check(_ endpoint: Endpoint, _ row: Matrix.Row) async throws {
    let missing = objects.missing(endpoint)
    guard missing.isEmpty else {
      Issue.record("The scene has no object for \(missing) of \(endpoint.name).")
      return
    }
    let calls = Matrix.Role.allCases.filter { $0 != .other }.flatMap { role in [(role, false), (role, true)] }
    let refused = calls.filter { !admits(row.cell($0.0), $0.0, isOwner: $0.1, endpoint) }
    let admitted = calls.filter { admits(row.cell($0.0), $0.0, isOwner: $0.1, endpoint) }
    for (role, isOwner) in refused + admitted {
      guard let browser = try await browser(role, isOwner: isOwner) else { continue }
      let isAllowed = admits(row.cell(role), role, isOwner: isOwner, endpoint)
      let answers = try await answers(endpoint, browser)
      // What the first call took away, the second cannot find.
      for answer in isAllowed && endpoint.path.hasSuffix("/remove") ? Array(answers.prefix(1)) : answers {
        if isAllowed, isOwner, Trial.namesMoreInItsBody.contains(endpoint.name), answer.status == 404 { continue }
        let who = "\(endpoint.name) as \(role)\(isOwner ? ", the owner" : ""): \(answer.status) \(answer.body.prefix(300))"
        #expect(isAllowed ? answer.isAdmitted : answer.isRefusal, "\(who)")
      }
    }
  }

  /// Acts whose body names a second object, which the made-up body does not know.
  private static let namesMoreInItsBody: Set<String> = [
    "POST /goals/:goal/levels", "POST /asks/:ask/holds", "POST /asks/:ask/booking",
  ]

  private func admits(_ cell: Matrix.Cell, _ role: Matrix.Role, isOwner: Bool, _ endpoint: Endpoint) -> Bool {
    switch cell {
    case .refused: return false
    case .any, .org: return true
    case .own:
      if endpoint.parameters.isEmpty { return true }
      guard isOwner, let owner = people(role).owner else { return false }
      return objects.parties(endpoint).contains(owner)
    }
  }

  private func answers(_ endpoint: Endpoint, _ browser: Browser) async throws -> [Browser.Answer] {
    let call = RouteCall(endpoint, objects.path(endpoint, of: .north), objects.sample)
    if endpoint.surface == .api {
      let path = "/api/v1" + call.path
      return browser.cookies.isEmpty ? [try await RouteCall(endpoint, path, objects.sample).json(browser)] : []
    }
    return [try await call.json(browser), try await call.page(browser)]
  }

  /// Calls with the id of the other organisation's object and with a random one; says how often that was compared.
  func compareForeign(_ endpoint: Endpoint) async throws -> Int {
    // `:kind` is a word, not an object.
    guard endpoint.surface != .api, objects.missing(endpoint).isEmpty, endpoint.parameters != ["kind"] else { return 0 }
    for person in [Scene.Role.ben, .ada, .omar] {
      let browser = try await scene.browser(person)
      let foreign = RouteCall(endpoint, objects.path(endpoint, of: .south), objects.sample)
      let random = RouteCall(endpoint, objects.randomPath(endpoint), objects.sample)
      for isPage in [false, true] {
        let theirs = isPage ? try await foreign.page(browser) : try await foreign.json(browser)
        let none = isPage ? try await random.page(browser) : try await random.json(browser)
        #expect(theirs.isRefusal || theirs.status == 422, "\(endpoint.name) as \(person): \(theirs.status) \(theirs.body.prefix(200))")
        #expect(theirs.fingerprint == none.fingerprint, "\(endpoint.name) as \(person) tells a foreign id from none")
      }
    }
    return 6
  }
}

extension Scene {
  /// A person of a role that the cast lacks, signed in.
  func newcomer(_ role: Matrix.Role) async throws -> Browser {
    let world = world
    let org = org
    let token = try await store.write { tx in
      var member = CreateMember(email: "\(role.rawValue)@north.example", name: "New \(role.rawValue)", zone: "Europe/Berlin")
      member.roles = role.roles
      let person = try member(tx, org: org, by: nil, origin: "command", world)
      return try SignInSession.open(org: org, person: person, roles: role.roles, agent: "test", address: "127.0.0.1", tx, world)
    }
    return Browser(installation.responder, cookies: [site.settings.sessionCookie: token])
  }
}

import Kit
import Store
import Web

/// What a proven address leads to: a session in its one organisation, or the choice between several.
struct Entry: Sendable {
  let email: String
  /// The token of the new session; nil when an organisation is to be chosen first.
  let token: String?
  /// Those whom a password proved, to choose between; nil when the address itself was proven.
  let people: [ID<Person>]?

  init(email: String, token: String? = nil, people: [ID<Person>]? = nil) {
    self.email = email
    self.token = token
    self.people = people
  }

  static func open(
    _ email: String, _ memberships: [Membership], by method: SignInSession.Method, _ call: Call, _ tx: Transaction
  ) throws -> Entry {
    guard let only = memberships.first, memberships.count == 1 else {
      return Entry(email: email, people: method == .password ? memberships.map(\.person) : nil)
    }
    let world = call.site.world
    // The token before ends with the sign-in, so that a planted one is worth nothing.
    if case .session(let hash)? = call.credential { try tx.run("DELETE FROM sign_in_session WHERE token_hash = \(hash)") }
    let token = try SignInSession.open(
      org: only.org, person: only.person, roles: only.roles, by: method, agent: Agent.coarse(call.headers[.userAgent]),
      address: call.address, tx, world)
    try tx.record(
      org: only.org, actor: only.person, origin: "session", "sign_in.succeeded", only.person, ["method": method.rawValue], world)
    return Entry(email: email, token: token)
  }

  func answer(_ path: String, by method: SignInSession.Method, _ site: Site) throws -> Answer {
    guard let token else {
      return try Answer.acted(Done(), Destination("/sign-in/choose" + OwnPath.query(path))).cookie(
        AddressProof.make(email, by: method, for: people, site))
    }
    return try Answer.acted(Done(), Destination(path))
      .cookie(SignInSession.cookie(token, site.settings))
      .cookie(KnownDevice.make(email, site))
      .cookie(SignedCookie.expired(AddressProof.cookie, site))
  }
}

/// What is kept of a browser's name: enough for its owner to know it again, too little to follow it.
enum Agent {
  static func coarse(_ agent: String?) -> String {
    guard let agent else { return "A program" }
    let browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
    let systems = [
      ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "Chromebook"),
      ("Linux", "Linux"),
    ]
    guard let browser = browsers.first(where: { agent.contains($0.0) })?.1 else { return "A program" }
    return systems.first { agent.contains($0.0) }.map { "\(browser) on \($0.1)" } ?? browser
  }
}

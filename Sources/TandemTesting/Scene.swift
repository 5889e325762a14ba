import Features
import Foundation
import Kit
import Logging
import Outside
import Store
import Synchronization
import Web

/// Two organisations of the same shape, each with marker texts of its own, on a fresh database and a set clock.
///
///     @Test("…", arguments: Databases.each)
///     func rule(_ database: Databases.Kind) async throws {
///       try await Scene.with(database) { scene in
///         let answer = try await scene.browser(.ben).get("/")
///       }
///     }
public struct Scene: Sendable {
  /// The named cast. `Other` people are in the other organisation.
  public enum Role: String, CaseIterable, Sendable {
    /// A vetted mentor in Berlin who knows public speaking and negotiation.
    case ada
    /// A learner in Berlin.
    case ben
    /// A second mentor, in New York.
    case cleo
    /// A program manager.
    case mara
    /// An administrator.
    case omar
    /// A second plain member, in Kolkata.
    case ravi
    /// Of the other organisation: a mentor, a member and an administrator.
    case otto, olga, oskar

    var isOther: Bool { [.otto, .olga, .oskar].contains(self) }
  }

  public let clock: SetClock
  public let installation: Installation
  public let org: ID<Organisation>
  public let other: ID<Organisation>
  public let outbox: Letters
  public let internet: Internet
  private let people: [Role: ID<Person>]

  public var site: Site { installation.site }
  public var store: Store { site.store }
  public var world: World { site.world }

  public func id(_ role: Role) -> ID<Person> { people[role] ?? ID(0) }

  /// Runs a body on a fresh scene of one engine.
  public static func with<Result: Sendable>(
    _ database: Databases.Kind, limits: Limits? = nil, base: String = "http://127.0.0.1:8080",
    _ body: (Scene) async throws -> Result
  ) async throws -> Result {
    try await database.withStore(Features.migrations) { store in try await body(try await Scene(store, limits: limits, base: base)) }
  }

  /// A scene on a database that the caller opened and closes: for tests that open one more than once.
  public static func on(_ store: Store) async throws -> Scene { try await Scene(store, limits: nil, base: "http://127.0.0.1:8080") }

  init(_ store: Store, limits: Limits?, base: String) async throws {
    clock = SetClock()
    outbox = Letters()
    internet = Internet()
    let outbox = outbox
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-scene-\(ProcessInfo.processInfo.processIdentifier)").path
    var settings = Settings(baseURL: base, dataFolder: folder, version: "0.1.0-test")
    settings.limits.requestsPerSecond = 1e6
    settings.limits.requestBurst = 1e6
    settings.limits.writesPerSecond = 1e6
    settings.limits.writeBurst = 1e6
    if let limits { settings.limits = limits }
    installation = try Installation(
      store: store, world: clock.world, mailer: Mailer(summary: "test", send: { try outbox.keep($0) }, probe: {}),
      fetcher: internet.fetcher, settings: settings,
      secret: Array(repeating: 7, count: 32), logger: Databases.quiet)
    let world = clock.world
    (org, other, people) = try await store.write { tx in
      let org = try CreateOrganisation(name: "Northwind", zone: "Europe/Berlin")(tx, world)
      let other = try CreateOrganisation(name: "Southwind", zone: "Europe/London")(tx, world)
      var people: [Role: ID<Person>] = [:]
      for role in Role.allCases {
        people[role] = try Scene.member(role)(tx, org: role.isOther ? other : org, by: nil, origin: "command", world)
      }
      return (org, other, people)
    }
  }

  private static func member(_ role: Role) -> CreateMember {
    let zones: [Role: String] = [.cleo: "America/New_York", .ravi: "Asia/Kolkata", .otto: "Europe/London", .olga: "Europe/London"]
    let names: [Role: String] = [
      .ada: "Ada Mentor", .ben: "Ben Learner", .cleo: "Cleo Mentor", .mara: "Mara Manager", .omar: "Omar Admin", .ravi: "Ravi Member",
      .otto: "Otto Othermarker", .olga: "Olga Othermarker", .oskar: "Oskar Othermarker",
    ]
    var member = CreateMember(
      email: "\(role.rawValue)@\(role.isOther ? "south" : "north").example", name: names[role] ?? role.rawValue,
      zone: zones[role] ?? "Europe/Berlin")
    switch role {
    case .ada, .cleo, .otto: member.roles = [.member, .mentor]
    case .mara: member.roles = [.member, .manager]
    case .omar, .oskar: member.roles = [.member, .admin]
    case .ben, .ravi, .olga: break
    }
    member.department = role == .ada ? "Sales" : "Plant"
    member.seniority = member.roles.contains(.mentor) ? 4 : 2
    return member
  }

  /// A browser in which the person is signed in.
  public func browser(_ role: Role) async throws -> Browser {
    let person = id(role)
    let org = role.isOther ? other : org
    let world = world
    let token = try await store.write { tx in
      let roles = Roles(rawValue: try tx.value("SELECT roles FROM person WHERE org_id = \(org) AND id = \(person)") ?? 1)
      return try SignInSession.open(org: org, person: person, roles: roles, agent: "test", address: "127.0.0.1", tx, world)
    }
    return Browser(installation.responder, cookies: [site.settings.sessionCookie: token])
  }

  /// A browser in which nobody is signed in.
  public var stranger: Browser { Browser(installation.responder) }

  /// The viewer as a use case sees them.
  public func viewer(_ role: Role) async throws -> Viewer {
    let org = role.isOther ? other : org
    let id = id(role)
    guard let addressee = try await store.read({ tx in try Addressee.find(id, org: org, tx) }) else { throw Problem.notFound }
    return addressee.viewer(.command)
  }

  /// Runs a use case as one of the cast.
  @discardableResult
  public func `do`<U: UseCase>(_ role: Role, _ act: U) async throws -> U.Result {
    let viewer = try await viewer(role)
    let world = world
    return try await store.write { tx in try act(tx, viewer, world) }
  }

  /// Works off all jobs that are due.
  @discardableResult
  public func work() async throws -> Int { try await installation.worker.drain() }

  /// How many statements a request costs.
  public func statements(_ body: () async throws -> Void) async throws -> [String] {
    let counter = StatementCounter()
    try await StatementCounter.$current.withValue(counter) { try await body() }
    return counter.statements
  }
}

/// Mails that were sent.
public final class Letters: Sendable {
  private let kept = Mutex<[Mail]>([])
  public var all: [Mail] { kept.withLock { $0 } }
  private let refused = Mutex<Set<String>>([])
  private let isAway = Mutex(false)
  func keep(_ mail: Mail) throws(MailError) {
    let email = mail.to.address.normalised
    if isAway.withLock({ $0 }) { throw .temporary(.init(code: 451, text: "Try again later", step: .recipient)) }
    if refused.withLock({ $0.contains(email) }) { throw .permanent(.init(code: 550, text: "No such user", step: .recipient)) }
    kept.withLock { $0.append(mail) }
  }
  /// Mails to these addresses are refused for good from now on; to others no longer.
  public func refuse(_ emails: Set<String>) { refused.withLock { $0 = emails } }
  /// Whether every mail is put off from now on.
  public func setAway(_ away: Bool) { isAway.withLock { $0 = away } }
  /// Mails to an address, oldest first.
  public func to(_ email: String) -> [Mail] { all.filter { $0.to.address.normalised == email } }
  public func clear() { kept.withLock { $0 = [] } }
}

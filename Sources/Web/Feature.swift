import Jobs
import Kit
import Store

/// One part of the product: a folder, its addresses, tables, jobs and checks. `Features` lists them.
public struct Feature: Sendable {
  /// The name of its folder.
  public let name: String
  public var endpoints: [Endpoint]
  public var migrations: [Migration]
  public var jobs: @Sendable (Site) -> [JobHandler]
  public var schedule: [ScheduledJob]
  /// Rules of the domain as queries that must return no row.
  public var checks: [Check]
  /// What its tables hold about people, a line per column.
  public var personalData: [PersonalColumn]

  public init(
    _ name: String, endpoints: [Endpoint] = [], migrations: [Migration] = [],
    jobs: @escaping @Sendable (Site) -> [JobHandler] = { _ in [] },
    schedule: [ScheduledJob] = [], checks: [Check] = [], personalData: [PersonalColumn] = []
  ) {
    self.name = name
    self.endpoints = endpoints
    self.migrations = migrations
    self.jobs = jobs
    self.schedule = schedule
    self.checks = checks
    self.personalData = personalData
  }
}

/// A rule that the data must keep, as a query for what breaks it.
public struct Check: Sendable {
  public let name: String
  /// What an administrator should do about a row that is found.
  public let remedy: String
  public let breaches: @Sendable (Transaction) throws -> Int

  public init(_ name: String, remedy: String, _ breaches: @escaping @Sendable (Transaction) throws -> Int) {
    self.name = name
    self.remedy = remedy
    self.breaches = breaches
  }
}

/// One column of the register of personal data.
public struct PersonalColumn: Sendable {
  public enum Kind: String, Sendable { case none, identity, contact, content, special, behaviour, secret }
  public enum Erasure: String, Sendable { case keep, delete, replace, pseudonymise }

  public let table: String
  public let columns: [String]
  public let kind: Kind
  public let erasure: Erasure

  public init(_ table: String, _ columns: [String], _ kind: Kind, _ erasure: Erasure) {
    self.table = table
    self.columns = columns
    self.kind = kind
    self.erasure = erasure
  }
}

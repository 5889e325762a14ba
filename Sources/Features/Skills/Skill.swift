import Kit
import Store
import Web

/// Something a person can be good at. The catalogue is the same for all organisations.
public struct Skill: Output, RowDecodable, Hashable {
  public let id: ID<Skill>
  /// The word in addresses of a skill that ships with Tandem.
  public let slug: String?
  public let label: String

  static let columns: SQL = "skill.id, skill.uri, skill.label"
  /// The scheme of the skills that ship with Tandem: `tandem:public-speaking`.
  static let scheme = "tandem:"

  public init(row: Row) throws {
    id = try row("id")
    let uri: String = try row("uri")
    slug = uri.hasPrefix(Skill.scheme) ? String(uri.dropFirst(Skill.scheme.count)) : nil
    label = try row("label")
  }

  /// The address of its page.
  public var href: String { "/skills/\(slug ?? id.description)" }

  public static func find(_ ids: some Collection<ID<Skill>>, _ tx: Transaction) throws -> [Skill] {
    if ids.isEmpty { return [] }
    return try tx.all("SELECT \(columns) FROM skill WHERE id IN \(SQL.list(Array(Set(ids))))")
  }

  /// Skills by their ids; an unknown id has no entry.
  public static func named(_ ids: some Collection<ID<Skill>>, _ tx: Transaction) throws -> [ID<Skill>: Skill] {
    Dictionary(try find(ids, tx).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The id of a skill that ships with Tandem: `Skill.slug("public-speaking", tx)`.
  public static func slug(_ slug: String, _ tx: Transaction) throws -> ID<Skill>? {
    try tx.value("SELECT id FROM skill WHERE uri = \(scheme + slug)")
  }

  /// The ids of several skills that ship with Tandem, by their slugs, in one statement.
  public static func slugs(_ slugs: some Collection<String>, _ tx: Transaction) throws -> [String: ID<Skill>] {
    if slugs.isEmpty { return [:] }
    let found: [Skill] = try tx.all("SELECT \(columns) FROM skill WHERE uri IN \(SQL.list(slugs.map { scheme + $0 }))")
    return Dictionary(found.compactMap { skill in skill.slug.map { ($0, skill.id) } }, uniquingKeysWith: { first, _ in first })
  }

  /// The skill of a path: its slug or its id.
  static func named(in path: String, _ tx: Transaction) throws -> Skill {
    let found: Skill?
    if let id = ID<Skill>(path), let skill = try find([id], tx).first {
      found = skill
    } else {
      found = try tx.first("SELECT \(columns) FROM skill WHERE uri = \(scheme + path)")
    }
    guard let found else { throw Problem.notFound }
    return found
  }
}

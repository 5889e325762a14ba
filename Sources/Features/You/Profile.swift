import Kit
import Store
import Web

/// What a person says about themselves; only they read it as a whole.
public struct Profile: Output, RowDecodable {
  /// How they like to meet.
  enum Channel: String, Choice {
    case video, phone, chat, mail

    var name: String {
      switch self {
      case .video: "Video call"
      case .phone: "Phone"
      case .chat: "Chat"
      case .mail: "E-mail"
      }
    }
  }

  enum Theme: String, Choice {
    case system, light, dark

    var name: String {
      switch self {
      case .system: "As the device"
      case .light: "Light"
      case .dark: "Dark"
      }
    }
  }

  public let email: String
  public let name: String
  public let title: String
  public let department: String
  public let managerId: ID<Person>?
  public let seniority: Int
  public let languages: [String]
  public let zone: String
  public let channel: String
  public let bio: String
  public let theme: String
  /// Rises with every change; a form that was opened before another change is recognised by it.
  public let version: Int

  public init(row: Row) throws {
    email = try row("email")
    name = try row("name")
    title = try row("title")
    department = try row("department")
    managerId = try row.optional("manager_id")
    seniority = try row("seniority")
    languages = try row("languages", as: String.self).split(separator: ",").map(String.init)
    zone = try row("zone")
    channel = try row("channel")
    bio = try row("bio")
    theme = try row("theme")
    version = try row("version")
  }

  static func of(_ viewer: Viewer, _ tx: Transaction) throws -> Profile {
    let found: Profile? = try tx.first(
      """
      SELECT email, name, title, department, manager_id, seniority, languages, zone, channel, bio, theme, version FROM person
      WHERE org_id = \(viewer.org) AND id = \(viewer.person)
      """)
    guard let found else { throw Problem.notFound }
    return found
  }

  /// How far somebody is at work, the first for 0.
  static let seniorities = [
    "Not said", "Just starting", "Junior", "Experienced", "Senior", "Lead", "Head of a team", "Head of a department", "Director",
    "Executive",
    "Board",
  ]
}

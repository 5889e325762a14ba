import Kit
import Store
import Web

/// Saves the profile, unless it changed since the form was opened.
struct SaveProfile: UseCase {
  static let rules: [String: Rule] = [
    "name": .text(1...120), "title": .text(0...120), "department": .text(0...120), "seniority": .number(0...10), "zone": .zone,
    "bio": .text(0...2000), "version": .number(0...1_000_000_000),
  ]

  var name: String
  var title: String?
  var department: String?
  /// An id, or a name or address typed out; the last one counts. None for no manager.
  var manager: [String]?
  var seniority: Int
  var languages: [String]
  var zone: String
  var channel: Profile.Channel
  var bio: String?
  var theme: Profile.Theme
  var version: Int

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Profile {
    try Zones.check(zone)
    let tags = try Language.tags(languages, field: "languages")
    let managerID = try FindColleague.resolve(manager ?? [], viewer, tx)
    try tx.swap(
      """
      UPDATE person SET name = \(name.trimmed), title = \((title ?? "").trimmed), department = \((department ?? "").trimmed),
        manager_id = \(managerID), seniority = \(seniority), languages = \(tags.joined(separator: ",")), zone = \(zone),
        channel = \(channel.rawValue), bio = \((bio ?? "").trimmed), theme = \(theme.rawValue), version = version + 1
      WHERE org_id = \(viewer.org) AND id = \(viewer.person) AND version = \(version)
      """, otherwise: .conflict(code: "profile_changed", detail: SaveProfile.changed))
    if zone != viewer.zone { try ChangedZone.follow(viewer.person, org: viewer.org, tx, world) }
    try tx.record(viewer, "person.profile_saved", viewer.person, [:], world)
    return try Profile.of(viewer, tx)
  }

  static let changed = "Your profile was changed in another place meanwhile. Compare both texts, then save again."
}

import Kit
import Store
import Web

/// The profile as a form. When somebody else's change came between, what is saved and what was typed stand side by side.
struct ShowProfile: UseCase {
  // What was typed in a form that was refused; the page compares it with what is saved.
  var name: String?
  var title: String?
  var department: String?
  var manager: [String]?
  var bio: String?
  var languages: [String]?
  var zone: String?
  var version: String?

  struct Difference: Output {
    let label: String
    let saved: String
    let yours: String
  }

  struct Page: Output {
    let profile: Profile
    let manager: Member?
    let differences: [Difference]
    let form: Form
    let back: Form.Link
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let profile = try Profile.of(viewer, tx)
    let saved = try profile.managerId.flatMap { try Member.find([$0], org: viewer.org, tx).first }
    return Page(
      profile: profile, manager: saved, differences: differences(profile),
      form: ProfileForm.make(profile, manager: saved, near: try near(viewer, tx)),
      back: Form.Link("You", "/you"))
  }

  /// Colleagues whom a name that was refused may have meant.
  private func near(_ viewer: Viewer, _ tx: Transaction) throws -> [Form.Combo.Choice] {
    guard let typed = manager?.last(where: { !$0.isEmpty }), ID<Person>(typed) == nil else { return [] }
    return try FindColleague(q: typed.shortened(to: 100)).found(viewer, tx).prefix(5).map { .init($0.id.description, $0.label) }
  }

  private func differences(_ saved: Profile) -> [Difference] {
    guard let version, version != "\(saved.version)" else { return [] }
    let texts: [(String, String, String?)] = [
      ("Name", saved.name, name), ("Role", saved.title, title), ("Department", saved.department, department), ("About you", saved.bio, bio),
      ("Languages", saved.languages.map(Language.name).joined(separator: ", "), languages?.joined(separator: ", ")),
      ("Time zone", saved.zone, zone),
    ]
    return texts.compactMap { label, saved, yours in
      guard let yours, yours.trimmed != saved else { return nil }
      return Difference(label: label, saved: saved, yours: yours.trimmed)
    }
  }
}

enum ProfileForm {
  static func make(_ profile: Profile, manager: Member?, near: [Form.Combo.Choice]) -> Form {
    Form(
      "/you/profile", button: "Save profile",
      [
        .hidden("version", "\(profile.version)"),
        .text("name", "Name", value: profile.name, autocomplete: "name", max: 120),
        .text(
          "title", "Role", value: profile.title, help: "As in Plant engineer", autocomplete: "organization-title", optional: true, max: 120),
        .text("department", "Department", value: profile.department, optional: true, max: 120),
        .combo(
          "manager", "Your manager",
          Form.Combo("/you/managers/search", chosen: manager.map { [Form.Combo.Choice($0.id.description, $0.name)] } ?? [], near: near),
          help: "You are never matched with your own manager. Type the beginning of the name.", optional: true),
        .choose(
          .select, "seniority", "How far you are at work",
          Profile.seniorities.enumerated().map { Form.Option("\($0)", $1, chosen: $0 == profile.seniority) }),
        .text(
          "languages", "Languages", value: profile.languages.map(Language.name).joined(separator: ", "),
          help: "The best one first, with commas between: German, English"),
        .choose(
          .select, "zone", "Time zone", zones(profile.zone),
          help: "Your hours keep their clock times when you change the zone: 09:00 stays 09:00."),
        .choose(
          .chips, "channel", "How you like to meet",
          Profile.Channel.allCases.map { Form.Option($0.rawValue, $0.name, chosen: $0.rawValue == profile.channel) }),
        .area(
          "bio", "About you", value: profile.bio, help: "Two or three sentences that others read on your card.", optional: true, max: 2000),
        .choose(
          .chips, "theme", "Appearance",
          Profile.Theme.allCases.map { Form.Option($0.rawValue, $0.name, chosen: $0.rawValue == profile.theme) }),
      ])
  }

  private static let zoneNames = Zones.names.filter { $0.contains("/") && !$0.hasPrefix("Etc/") } + ["UTC"]

  private static func zones(_ current: String) -> [Form.Option] {
    let names = zoneNames.contains(current) ? zoneNames : [current] + zoneNames
    return names.map { Form.Option($0, $0.replacing("_", with: " "), chosen: $0 == current) }
  }
}

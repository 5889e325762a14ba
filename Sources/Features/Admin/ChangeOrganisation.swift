import Kit
import Store
import Web

/// Name and zone of the organisation.
struct ChangeOrganisation: UseCase {
  var name: String
  var zone: String
  static let rules: [String: Rule] = ["name": .text(1...120), "zone": .zone]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    guard Zones.isKnown(zone) else {
      throw Problem.invalid("zone", "This machine does not know that zone. Choose one such as Europe/Berlin.")
    }
    try tx.swap("UPDATE organisation SET name = \(name.trimmed), zone = \(zone) WHERE id = \(viewer.org)", otherwise: .notFound)
    try tx.record(viewer, "organisation.changed", viewer.org, ["zone": zone], world)
    return Done()
  }
}

struct OrganisationPage: Output {
  let name: String
  let slug: String
  let since: Moment
  let form: Form
  let tabs: AdminTabs

  static let endpoint = Endpoint.page("/admin/organisation", allow: .admin, "admin/organisation", "Name and zone of the organisation") {
    (tx, viewer, world, input: NoInput) in
    let row = try tx.row("SELECT name, slug, zone, created_at FROM organisation WHERE id = \(viewer.org)")
    guard let row else { throw Problem.notFound }
    let name: String = try row("name")
    let zone: String = try row("zone")
    return OrganisationPage(
      name: name, slug: try row("slug"), since: Moment(try row("created_at"), viewer, now: world.now()),
      form: Form(
        "/admin/organisation", button: "Save",
        [
          .text("name", "Name", value: name, autocomplete: "organization", max: 120),
          .choose(
            .select, "zone", "Time zone", Zones.names.map { Form.Option($0, $0.replacing("_", with: " "), chosen: $0 == zone) },
            help: "For new members and for times that belong to nobody. Everybody chooses their own."),
        ]), tabs: AdminTabs("/admin/organisation"))
  }
}

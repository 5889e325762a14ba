import Kit
import Store
import Web

/// Name, zone and rules of the organisation.
struct ChangeOrganisation: UseCase {
  var name: String
  var zone: String
  /// Hours before the start within which a cancellation counts as late.
  var lateCancelHours: Int?
  static let rules: [String: Rule] = ["name": .text(1...120), "zone": .zone, "late_cancel_hours": .number(0...168)]

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    try Zones.check(zone)
    var settings = try OrganisationSettings.find(viewer.org, tx)
    if let lateCancelHours { settings.lateCancelHours = lateCancelHours }
    try tx.swap(
      "UPDATE organisation SET name = \(name.trimmed), zone = \(zone), settings = \(settings.text) WHERE id = \(viewer.org)",
      otherwise: .notFound)
    try tx.record(viewer, "organisation.changed", viewer.org, ["zone": zone, "late_cancel_hours": "\(settings.lateCancelHours)"], world)
    return Done()
  }
}

struct OrganisationPage: Output {
  let name: String
  let slug: String
  let since: Moment
  let form: Form
  let tabs: AdminTabs

  static let endpoint = Endpoint.page(
    "/admin/organisation", allow: .admin, "admin/organisation", "Name, zone and rules of the organisation"
  ) {
    (tx, viewer, world, input: NoInput) in
    let row = try tx.row("SELECT name, slug, zone, created_at FROM organisation WHERE id = \(viewer.org)")
    guard let row else { throw Problem.notFound }
    let settings = try OrganisationSettings.find(viewer.org, tx)
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
          .stepper(
            "late_cancel_hours", "Hours before the start from which a cancellation is late", value: settings.lateCancelHours, 0...168,
            help: "Late cancellations are counted in the figures. 0 counts none."),
        ]), tabs: AdminTabs("/admin/organisation"))
  }
}

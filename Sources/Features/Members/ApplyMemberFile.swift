import Kit
import Store
import Web

/// Adds and changes the members of a checked file: all of them or none.
struct ApplyMemberFile: UseCase {
  var file: ID<ReadMemberFile>

  struct Result: Output {
    let added: Int
    let changed: Int
    let unchanged: Int
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let kept = try KeptFile.find(file, viewer, tx)
    try tx.swap(
      "UPDATE member_import SET applied_at = \(world.now()) WHERE org_id = \(viewer.org) AND id = \(file) AND applied_at IS NULL",
      otherwise: .conflict(code: "imported_already", detail: "This file was imported already."))
    let members = try MemberFile(kept.content, viewer, tx)
    guard members.faults.isEmpty else {
      throw Problem.conflict(
        code: "file_has_faults", detail: "\(counted(members.faults.count, "row")) of this file must be mended first. Nothing was changed.")
    }
    let zone = try tx.value("SELECT zone FROM organisation WHERE id = \(viewer.org)", as: String.self) ?? viewer.zone
    let ids = try add(members.added, zone: zone, tx, viewer, world)
    let changed = members.changed
    for entry in changed { try change(entry, tx, viewer, world) }
    try setManagers(members.added + changed, ids, tx, viewer)
    try tx.record(org: viewer.org, actor: viewer.person, origin: viewer.origin.word, "person.created", Array(ids.values), world)
    try tx.record(
      viewer, "members.imported", file, ["added": "\(members.added.count)", "changed": "\(changed.count)"], world)
    return Result(added: members.added.count, changed: changed.count, unchanged: members.unchanged.count)
  }

  /// Many rows a statement: thousands of members take no longer than a page may.
  private func add(
    _ entries: [MemberFile.Entry], zone: String, _ tx: Transaction, _ viewer: Viewer, _ world: World
  ) throws -> [String: ID<Person>] {
    var ids: [String: ID<Person>] = Dictionary(minimumCapacity: entries.count)
    let now = world.now()
    for start in stride(from: 0, to: entries.count, by: 200) {
      let rows = entries[start..<min(start + 200, entries.count)].map { entry -> SQL in
        let id: ID<Person> = world.id()
        ids[entry.email] = id
        return """
          (\(viewer.org), \(id), \(entry.email), \(entry.name), 'active', \((entry.roles ?? .member).union(.member).rawValue), \(entry.zone ?? zone),
          \(entry.title ?? ""), \(entry.department ?? ""), \(entry.seniority ?? 0), \((entry.languages ?? ["en"]).joined(separator: ",")),
          'mail', '', 'system', \(now), \(now), 1)
          """
      }
      try tx.run(
        """
        INSERT INTO person (org_id, id, email, name, state, roles, zone, title, department, seniority, languages, channel, bio, theme,
          created_at, joined_at, version) VALUES \(SQL.joined(rows, by: ", "))
        """)
    }
    return ids
  }

  /// Fields that are empty in the file stay as they are; roles and state are changed on the member's own page only.
  private func change(_ entry: MemberFile.Entry, _ tx: Transaction, _ viewer: Viewer, _ world: World) throws {
    guard let person = entry.known else { return }
    var fields: [SQL] = ["name = \(entry.name)"]
    if let title = entry.title { fields.append("title = \(title)") }
    if let department = entry.department { fields.append("department = \(department)") }
    if let seniority = entry.seniority { fields.append("seniority = \(seniority)") }
    if let languages = entry.languages { fields.append("languages = \(languages.joined(separator: ","))") }
    if let zone = entry.zone { fields.append("zone = \(zone)") }
    try tx.run(
      "UPDATE person SET \(SQL.joined(fields, by: ", ")), version = version + 1 WHERE org_id = \(viewer.org) AND id = \(person)")
    try tx.record(viewer, "person.changed", person, ["fields": entry.changes.map(\.column).joined(separator: " ")], world)
    if entry.changes.contains(where: { $0.column == "zone" }) { try ChangedZone.follow(person, org: viewer.org, tx, world) }
  }

  private func setManagers(
    _ entries: [MemberFile.Entry], _ new: [String: ID<Person>], _ tx: Transaction, _ viewer: Viewer
  ) throws {
    let named = entries.filter { $0.managerEmail != nil }
    if named.isEmpty { return }
    var ids = new
    for row in try tx.rows("SELECT id, email FROM person WHERE org_id = \(viewer.org)") {
      ids[try row("email")] = try row("id", as: ID<Person>.self)
    }
    // One statement for each manager and two hundred of their people.
    let groups = Dictionary(grouping: named) { $0.managerEmail ?? "" }
    for (email, people) in groups.sorted(by: { $0.key < $1.key }) {
      let own = people.compactMap { ids[$0.email] }
      for start in stride(from: 0, to: own.count, by: 200) {
        let part = Array(own[start..<min(start + 200, own.count)])
        try tx.run("UPDATE person SET manager_id = \(ids[email]) WHERE org_id = \(viewer.org) AND id IN \(SQL.list(part))")
      }
    }
  }
}

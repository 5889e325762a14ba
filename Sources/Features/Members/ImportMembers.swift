import Interchange
import Kit
import Store
import Web

/// Reads a file of members and shows what it would do. Nothing is changed before somebody says yes.
struct ReadMemberFile: Input {
  var file: Upload?
  /// The text of the file, for those who paste instead.
  var text: String?

  struct Result: Output {
    let id: ID<ReadMemberFile>
  }

  static let page = Endpoint.page("/members/import", allow: .admin, "members/import", "Import members") {
    (tx, viewer, world, input: NoInput) in
    MemberForm(
      form: Form(
        "/members/import", button: "Check the file", multipart: true, cancel: Form.Link("Cancel", "/members"),
        [
          {
            var field = Form.Field.file("file", "CSV file", help: "At most 50 MB. Separators , ; and tab are recognised.", optional: true)
            field.accept = ".csv,text/csv,text/plain"
            return field
          }(),
          .area(
            "text", "Or paste the rows", help: "With the header row.", rows: 6, optional: true,
            placeholder: "name,email,department\nAda Park,ada@example.org,Sales"),
        ]))
  }

  static let endpoint = Endpoint.custom(
    .post, "/members/import", allow: .admin, "Check a file of members", input: ReadMemberFile.self, output: .of(Result.self)
  ) { call, input in
    let content = input.file?.bytes ?? Array((input.text ?? "").utf8)
    let name = input.file?.name.shortened(to: 120) ?? "pasted rows"
    let id = try await call.writing { tx in
      let viewer = try call.admit(tx)
      if content.isEmpty { throw Problem.invalid("file", "Choose a file, or paste rows below.") }
      let id: ID<ReadMemberFile> = call.site.world.id()
      try tx.run(
        """
        INSERT INTO member_import (org_id, id, person_id, file_name, content, created_at)
        VALUES (\(viewer.org), \(id), \(viewer.person), \(name), \(content), \(call.site.world.now()))
        """)
      return id
    }
    return try Answer.acted(Result(id: id), Destination("/members/imports/\(id)"), status: 201)
  }.with {
    $0.takesFiles = true
    $0.form = "/members/import"
    $0.alsoAnswers.insert(201)
  }
}

/// What a file would do, row by row where it has to be mended.
struct ShowMemberFile: UseCase {
  static let shownRows = 10
  /// Rows further down that change a member.
  static let shownChanges = 40

  var file: ID<ReadMemberFile>

  struct Result: Output {
    let fileName: String
    let added: Int
    let changed: Int
    let unchanged: Int
    let faultCount: Int
    let faults: [MemberFile.Fault]
    let faultsTable: TableView?
    let moreFaults: Int?
    let unknownColumns: String?
    /// What a file does not do, though its rows may seem to say it.
    let stayOut: String?
    let rolesStay: String?
    let sample: TableView?
    let summary: String
    let isApplied: Bool
    let form: Form?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Result {
    let kept = try KeptFile.find(file, viewer, tx)
    let members = try MemberFile(kept.content, viewer, tx)
    let shown = Array(members.faults.prefix(MemberFile.shownFaults))
    let ready = members.entries.count
    let (added, changed) = (members.added.count, members.changed.count)
    let isReady = members.faults.isEmpty && added + changed > 0 && !kept.isApplied
    let button = [
      added == 0 ? nil : "Add \(counted(added, "member"))", changed == 0 ? nil : "\(added == 0 ? "Change" : "change") \(changed)",
    ].compactMap { $0 }.joined(separator: ", ")
    let out = members.entries.count(where: \.staysOut)
    let others = members.entries.dropFirst(Self.shownRows).filter(\.isChange).prefix(Self.shownChanges)
    return Result(
      fileName: kept.name, added: added, changed: changed, unchanged: members.unchanged.count, faultCount: members.faults.count,
      faults: shown,
      faultsTable: shown.isEmpty
        ? nil
        : TableView(
          "faults", caption: "What to mend, by row of the file", columns: ["Row", "What is wrong"],
          rows: shown.map { [.init("\($0.row)"), .init($0.text)] }),
      moreFaults: members.faults.count > shown.count ? members.faults.count - shown.count : nil,
      unknownColumns: members.unknownColumns.isEmpty ? nil : listed(members.unknownColumns.prefix(10).map { $0.shortened(to: 40) }),
      stayOut: out == 0 ? nil : "\(counted(out, "row")) of people who left or are suspended. They stay out until you reactivate them.",
      rolesStay: members.entries.contains(where: \.hasOtherRoles)
        ? "Who is a member already keeps their roles. Change those on the member's own page." : nil,
      sample: members.entries.isEmpty
        ? nil
        : TableView(
          "sample",
          caption: others.isEmpty
            ? "The first rows as they are understood" : "The first rows, and others that change, as they are understood",
          columns: ["Name", "E-mail", "Department", "Manager", "Roles", "What happens", "What changes"],
          rows: (members.entries.prefix(Self.shownRows) + others).map(\.cells)),
      summary: "\(ready) ready, \(members.faults.count) to fix.", isApplied: kept.isApplied,
      form: isReady
        ? Form("/members/imports/\(file)/apply", button: button, cancel: Form.Link("Choose another file", "/members/import"), []) : nil)
  }
}

extension MemberFile.Entry {
  /// The row as the member is afterwards: what it does not mention stays.
  fileprivate var cells: [TableView.Cell] {
    let held: Roles = stored?.roleSet ?? roles ?? .member
    return [
      TableView.Cell(name), TableView.Cell(email), TableView.Cell(department ?? stored?.department ?? ""),
      TableView.Cell(managerEmail ?? storedManager ?? ""), TableView.Cell(RoleWords.list(held)), TableView.Cell(outcome, chip: chip),
      TableView.Cell(changes.map(\.words).joined(separator: ", ")),
    ]
  }

  private var outcome: String {
    if known == nil { return "New" }
    var words = isChange ? "Changed" : "As before"
    if staysOut { words += ", stays out" }
    if hasOtherRoles { words += ", roles stay" }
    return words
  }

  private var chip: String {
    if known == nil { return "good" }
    return isChange ? "info" : "plain"
  }
}

/// A file as it was kept.
struct KeptFile {
  let name: String
  let content: [UInt8]
  let isApplied: Bool

  static func find(_ id: ID<ReadMemberFile>, _ viewer: Viewer, _ tx: Transaction) throws -> KeptFile {
    let row = try tx.row("SELECT file_name, content, applied_at FROM member_import WHERE org_id = \(viewer.org) AND id = \(id)")
    guard let row else { throw Problem.notFound }
    return KeptFile(
      name: try row("file_name"), content: try row("content"), isApplied: try row.optional("applied_at", as: Instant.self) != nil)
  }
}

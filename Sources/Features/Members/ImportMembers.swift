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
  var file: ID<ReadMemberFile>

  struct Result: Output {
    let fileName: String
    let added: Int
    let changed: Int
    let faultCount: Int
    let faults: [MemberFile.Fault]
    let faultsTable: TableView?
    let moreFaults: Int?
    let unknownColumns: String?
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
    let isReady = members.faults.isEmpty && ready > 0 && !kept.isApplied
    let button = [
      members.added.isEmpty ? nil : "Add \(counted(members.added.count, "member"))",
      members.changed.isEmpty ? nil : "\(members.added.isEmpty ? "Change" : "change") \(members.changed.count)",
    ].compactMap { $0 }.joined(separator: ", ")
    return Result(
      fileName: kept.name, added: members.added.count, changed: members.changed.count, faultCount: members.faults.count, faults: shown,
      faultsTable: shown.isEmpty
        ? nil
        : TableView(
          "faults", caption: "What to mend, by row of the file", columns: ["Row", "What is wrong"],
          rows: shown.map { [.init("\($0.row)"), .init($0.text)] }),
      moreFaults: members.faults.count > shown.count ? members.faults.count - shown.count : nil,
      unknownColumns: members.unknownColumns.isEmpty ? nil : listed(members.unknownColumns.prefix(10).map { $0.shortened(to: 40) }),
      sample: members.entries.isEmpty
        ? nil
        : TableView(
          "sample", caption: "The first rows as they are understood",
          columns: ["Name", "E-mail", "Department", "Manager", "Roles", "What happens"],
          rows: members.entries.prefix(10).map { entry in
            [
              .init(entry.name), .init(entry.email), .init(entry.department ?? ""), .init(entry.managerEmail ?? ""),
              .init(RoleWords.list(entry.roles ?? .member)),
              .init(entry.known == nil ? "New" : "Changed", chip: entry.known == nil ? "good" : "info"),
            ]
          }),
      summary: "\(ready) ready, \(members.faults.count) to fix.", isApplied: kept.isApplied,
      form: isReady
        ? Form("/members/imports/\(file)/apply", button: button, cancel: Form.Link("Choose another file", "/members/import"), []) : nil)
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
